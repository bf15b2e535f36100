// The one client of Maru's wire in the bench, without an SDK between the clock and the socket:
// frames in and out (`openWire`), and a client that asks and is answered, and times it. Not testkit's,
// which keeps all that it hears: here what the client costs is part of the figure.

import { encodeFrame, FrameDecoder } from "@maru/protocol";

/** A command before it has an id, or a reply. */
export type Message = { readonly type: string; readonly [field: string]: unknown };

const payloadBytesMax = 16 * 1024 * 1024;
const textDecoder = new TextDecoder();

export interface Wire {
  /** In one write where the socket takes it; the rest follows when it drains. */
  send(...messages: readonly Message[]): void;
  close(): void;
}

export interface WireListener {
  /** The bytes are the listener's until it returns. */
  frame(payload: Uint8Array): void;
  /** After it, nothing is heard. `why` in words. */
  ended?(why: string): void;
  /** After the frames of a chunk. */
  chunkEnded?(): void;
}

/** Rejects where no server listens. `first` goes out as soon as the connection stands. */
export async function openWire(
  port: number,
  listener: WireListener,
  first: readonly Message[] = [],
): Promise<Wire> {
  const decoder = new FrameDecoder(payloadBytesMax);
  let waiting = new Uint8Array(0);
  const write = (socket: { write(bytes: Uint8Array): number }) => {
    if (waiting.length > 0) waiting = waiting.subarray(Math.max(0, socket.write(waiting)));
  };
  const queue = (messages: readonly Message[]) => {
    const frames = messages.map((message) => encodeFrame(JSON.stringify(message)));
    waiting = Buffer.concat([waiting, ...frames]);
  };
  queue(first);
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      open: write,
      drain: write,
      data(_, chunk) {
        decoder.push(chunk);
        for (let next = decoder.next(); next !== null; next = decoder.next()) listener.frame(next);
        listener.chunkEnded?.();
      },
      close: () => listener.ended?.("the connection ended"),
      error: (_, { message }) => listener.ended?.(message),
    },
  });
  return {
    send(...messages) {
      queue(messages);
      write(socket);
    },
    close: () => socket.terminate(),
  };
}

export interface Answer {
  readonly reply: Message;
  /** From the write of the command to the last byte of the reply, by this process's clock. */
  readonly ms: number;
}

interface Question {
  readonly askedAtMs: number;
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

const answerMsMax = 60_000;

/** Owns its connection and the questions under way; events are let go. */
export class WireClient {
  readonly #asked = new Map<number, Question>();
  #wire: Wire | undefined;
  #id = 0;

  /** Connected and welcomed. */
  static async greet(port: number, nick: string): Promise<WireClient> {
    const client = new WireClient();
    client.#wire = await openWire(port, {
      frame: (payload) => client.#hear(payload),
      ended: (why) => client.#end(why),
    });
    await client.ask({ type: "hello", versions: [1], client: "bench", nick });
    return client;
  }

  /** Rejects with the code of an `error`, at the end of the connection, and after a minute. */
  async ask(command: Message): Promise<Answer> {
    if (this.#wire === undefined) throw new Error(`${command.type}: the connection has ended`);
    this.#id += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const late = () => reject(new Error(`${command.type}: no answer within ${answerMsMax} ms`));
    const deadline = setTimeout(late, answerMsMax);
    this.#asked.set(this.#id, { askedAtMs: performance.now(), settle: resolve, fail: reject });
    this.#wire.send({ ...command, id: this.#id });
    const answer = await promise.finally(() => clearTimeout(deadline));
    if (answer.reply.type !== "error") return answer;
    throw new Error(`${command.type}: ${answer.reply.code}`);
  }

  close(): void {
    this.#wire?.close();
  }

  #hear(payload: Uint8Array): void {
    const heardAtMs = performance.now();
    const reply = JSON.parse(textDecoder.decode(payload)) as Message;
    const question = this.#asked.get(Number(reply.re));
    if (question === undefined) return;
    this.#asked.delete(Number(reply.re));
    question.settle({ reply, ms: heardAtMs - question.askedAtMs });
  }

  #end(why: string): void {
    this.#wire = undefined;
    for (const { fail } of this.#asked.values()) fail(new Error(why));
    this.#asked.clear();
  }
}
