// The standard streams of a program, the signals that end it, what it runs, and its memory.

export {
  type BriefCommand,
  type BriefCommandOptions,
  createBriefCommand,
} from "./brief-command.ts";
export { IdleCollector } from "./idle-collector.ts";
export { type Io, processIo } from "./io.ts";
export { Output } from "./output.ts";
