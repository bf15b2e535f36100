// What a span's role looks like.

export { type Colour, parseStyle, type Style, type StyleWords } from "./style-string.ts";
