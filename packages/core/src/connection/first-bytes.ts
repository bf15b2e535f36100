// A connection's first bytes, at a port where they tell what is spoken: "GET " is a request of HTTP, of
// which a WebSocket may come, and anything else the protocol's own framing (as a length those four
// would be 1.2 GB). Stands in a decoder's place until that is known, and holds at most three bytes.

import type { PayloadDecoder } from "@maru/protocol";

const request = Uint8Array.from("GET ", (letter) => letter.charCodeAt(0));

/** A length-prefixed frame of so many bytes would begin as a request does. */
export const requestAsLength = 0x47455420;

export class FirstBytes implements PayloadDecoder {
  payloadBytesMax: number;
  readonly fault = null;
  readonly ended = false;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(payloadBytesMax: number) {
    this.payloadBytesMax = payloadBytesMax;
  }

  get bufferedBytes(): number {
    return this.#bytes.length;
  }

  push(chunk: Uint8Array): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
  }

  /** Whether a request has begun; null while either may follow. */
  get isRequest(): boolean | null {
    const begun = this.#bytes.subarray(0, request.length);
    if (begun.some((byte, at) => byte !== request[at])) return false;
    return begun.length === request.length ? true : null;
  }

  /** All that has come, for the decoder that takes over. */
  take(): Uint8Array {
    const bytes = this.#bytes;
    this.clear();
    return bytes;
  }

  next(): null {
    return null;
  }

  clear(): void {
    this.#bytes = new Uint8Array(0);
  }

  takeReply(): null {
    return null;
  }

  takeControlBytes(): number {
    return 0;
  }

  farewell(close: Uint8Array): Uint8Array {
    return close;
  }
}
