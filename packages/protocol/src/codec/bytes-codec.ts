// The codec of a protocol without messages: every payload is a chunk of bytes.
// For `nc` and for teaching; error and close have no wire form there and encode to nothing.

import type { Codec, WireMessage } from "./codec.ts";

export interface BytesMessage extends WireMessage {
  readonly type: "bytes";
  /** Valid until the handler returns; copy it to keep it. */
  readonly bytes: Uint8Array;
}

const nothing = new Uint8Array(0);

export const bytesCodec: Codec<BytesMessage> = {
  isText: false,
  decode: (bytes) => ({ ok: true, message: { type: "bytes", bytes }, text: "" }),
  encode: (message) => (message.type === "bytes" ? message.bytes : nothing),
  parse: (value) => value as BytesMessage,
};
