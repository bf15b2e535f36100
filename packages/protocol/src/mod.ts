// The package's public surface: frames, codecs, and what a protocol is defined with.

export * from "./assert.ts";
export * from "./codec/bytes-codec.ts";
export * from "./codec/codec.ts";
export * from "./codec/peer-number.ts";
export * from "./define/definition.ts";
export type { Fields } from "./define/fields.ts";
export * from "./define-protocol.ts";
export * from "./frame/frame.ts";
export * from "./frame/frame-decoder.ts";
export * from "./frame/framing.ts";
export * from "./frame/length-prefixed.ts";
export * from "./frame/raw-bytes.ts";
export * from "./frame/web-socket/web-socket.ts";
export * from "./system-messages.ts";
export * from "./time/clock.ts";
export * from "./time/duration.ts";
export * from "./time/stop-signals.ts";
export * from "./time/timer.ts";
