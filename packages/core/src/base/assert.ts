// The bug channel, as protocol has it: core's files take it from here.

export { assert, assertNever } from "@maru/protocol";
