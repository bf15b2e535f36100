// The standard streams of a program, the signals that end it, and its memory when it is idle.

export { IdleCollector } from "./idle-collector.ts";
export { type Io, processIo } from "./io.ts";
export { Output } from "./output.ts";
