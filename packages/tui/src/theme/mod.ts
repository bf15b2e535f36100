// What a span's role looks like.

export { builtInThemes } from "./built-in-themes.ts";
export { type OwnTheme, themeNamed } from "./named-theme.ts";
export { roleNotes } from "./role-notes.ts";
export {
  attributes,
  type Colour,
  colourNames,
  parseStyle,
  type Style,
  type StyleWords,
} from "./style-string.ts";
