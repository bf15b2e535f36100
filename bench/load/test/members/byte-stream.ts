// A connection that is read by asking for the next bytes or the next line, however they arrive.
// Small volumes only: it never looks at what the socket accepts.

import type { Socket } from "bun";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Throws where the bytes are not exactly some text: equal texts have equal bytes. */
export function textOf(bytes: Uint8Array): string {
  return strictUtf8.decode(bytes);
}

export class ByteStream {
  #socket: Socket | undefined;
  #unread = Buffer.alloc(0);
  #isEnded = false;
  #wake = () => {};

  static async open(port: number): Promise<ByteStream> {
    const stream = new ByteStream();
    const end = () => {
      stream.#isEnded = true;
      stream.#wake();
    };
    stream.#socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data(_, chunk) {
          stream.#unread = Buffer.concat([stream.#unread, chunk]);
          stream.#wake();
        },
        close: end,
        error: end,
      },
    });
    return stream;
  }

  write(...parts: readonly (string | Uint8Array)[]): void {
    this.#socket?.write(Buffer.concat(parts.map((part) => Buffer.from(part))));
  }

  async take(bytes: number): Promise<Buffer> {
    while (this.#unread.length < bytes) await this.#more();
    const taken = this.#unread.subarray(0, bytes);
    this.#unread = this.#unread.subarray(bytes);
    return taken;
  }

  /** Without its `\r\n`. */
  async line(): Promise<string> {
    let end = this.#unread.indexOf("\r\n");
    for (; end < 0; end = this.#unread.indexOf("\r\n")) await this.#more();
    return textOf((await this.take(end + 2)).subarray(0, end));
  }

  close(): void {
    this.#socket?.terminate();
  }

  async #more(): Promise<void> {
    if (this.#isEnded) throw new Error("the connection has ended");
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    await promise;
  }
}
