// The standard streams of a program, and the signals that end it.

export { type Io, processIo } from "./io.ts";
export { Output } from "./output.ts";
