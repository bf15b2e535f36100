// A client of Maru that asks and is answered, and times it: no SDK between the clock and the wire.
// Owns its socket and the questions under way; events that nobody asked for are let go.

import { encodeFrame, FrameDecoder } from "@maru/protocol";
import type { Socket } from "bun";

export type Reply = { readonly type: string; readonly [field: string]: unknown };

export interface Answer {
  readonly reply: Reply;
  /** From the write of the command to the last byte of the reply, by this process's clock. */
  readonly ms: number;
}

interface Question {
  readonly askedAtMs: number;
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

const answerMsMax = 60_000;
const payloadBytesMax = 16 * 1024 * 1024;
const textDecoder = new TextDecoder();

export class WireClient {
  readonly #decoder = new FrameDecoder(payloadBytesMax);
  readonly #asked = new Map<number, Question>();
  readonly #socket: Promise<Socket>;
  #id = 0;
  #isClosed = false;

  private constructor(port: number) {
    this.#socket = Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data: (_, chunk) => this.#hear(chunk),
        close: () => this.#end(),
        error: () => this.#end(),
      },
    });
  }

  /** Connected and welcomed. */
  static async greet(port: number, nick: string): Promise<WireClient> {
    const client = new WireClient(port);
    await client.ask({ type: "hello", versions: [1], client: "bench", nick });
    return client;
  }

  /** Rejects with the code of an `error`, at the end of the connection, and after a minute. */
  async ask(command: Reply): Promise<Answer> {
    const socket = await this.#socket;
    if (this.#isClosed) throw new Error(`${command.type}: the connection has ended`);
    this.#id += 1;
    const frame = encodeFrame(JSON.stringify({ ...command, id: this.#id }));
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const late = () => reject(new Error(`${command.type}: no answer within ${answerMsMax} ms`));
    const deadline = setTimeout(late, answerMsMax);
    this.#asked.set(this.#id, { askedAtMs: performance.now(), settle: resolve, fail: reject });
    // A command is far smaller than a socket's buffer; if not, the figures are worth nothing.
    if (socket.write(frame) !== frame.length) reject(new Error("the socket took half a command"));
    const answer = await promise.finally(() => clearTimeout(deadline));
    if (answer.reply.type !== "error") return answer;
    throw new Error(`${command.type}: ${answer.reply.code}`);
  }

  async close(): Promise<void> {
    (await this.#socket).terminate();
  }

  #hear(chunk: Uint8Array): void {
    this.#decoder.push(chunk);
    for (let bytes = this.#decoder.next(); bytes !== null; bytes = this.#decoder.next()) {
      const heardAtMs = performance.now();
      const reply = JSON.parse(textDecoder.decode(bytes)) as Reply;
      const question = this.#asked.get(Number(reply.re));
      if (question === undefined) continue;
      this.#asked.delete(Number(reply.re));
      question.settle({ reply, ms: heardAtMs - question.askedAtMs });
    }
  }

  #end(): void {
    this.#isClosed = true;
    for (const { fail } of this.#asked.values()) fail(new Error("the connection has ended"));
    this.#asked.clear();
  }
}
