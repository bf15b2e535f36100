// One hostile session: keeps as many commands unanswered as it may and asks on whatever it is told,
// refusals too. Owns its socket; counts answers and understands none of them but their kind.

import { encodeFrame, FrameDecoder } from "@maru/protocol";
import type { Socket } from "bun";

export type Command = { readonly type: string; readonly [field: string]: unknown };

export interface Told {
  readonly taken: number;
  /** By code. */
  readonly refused: Readonly<Record<string, number>>;
}

/** Gives the commands one after the other, then null. */
export function inTurn(commands: readonly Command[]): () => Command | null {
  let index = -1;
  return () => {
    index += 1;
    return commands[index] ?? null;
  };
}

const payloadBytesMax = 16 * 1024 * 1024;
const textDecoder = new TextDecoder();

export class Talker {
  readonly #decoder = new FrameDecoder(payloadBytesMax);
  readonly #socket: Socket;
  #waiting: Uint8Array = new Uint8Array(0);
  #id = 0;
  #unanswered = 0;
  #next: (() => Command | null) | null = null;
  #window = 1;
  #taken = 0;
  #refused: Record<string, number> = {};
  #onIdle: (() => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async connect(port: number): Promise<Talker> {
    let talker: Talker | null = null;
    const socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data: (_, chunk) => talker?.hear(chunk),
        drain: () => talker?.write(),
        close: () => talker?.end(),
      },
    });
    talker = new Talker(socket);
    return talker;
  }

  /** Asks `next` for commands, `window` unanswered at a time, until it gives null and all is answered. */
  async talk(next: () => Command | null, window: number): Promise<Told> {
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.#taken, this.#refused] = [0, {}];
    [this.#next, this.#window, this.#onIdle] = [next, window, resolve];
    this.#fill();
    this.write();
    await promise;
    return { taken: this.#taken, refused: this.#refused };
  }

  close(): void {
    this.#socket.terminate();
  }

  write(): void {
    if (this.#waiting.length === 0) return;
    const written = Math.max(0, this.#socket.write(this.#waiting));
    this.#waiting = this.#waiting.subarray(written);
  }

  hear(chunk: Uint8Array): void {
    this.#decoder.push(chunk);
    for (let bytes = this.#decoder.next(); bytes !== null; bytes = this.#decoder.next()) {
      // Long answers need not be read: what they are stands at their beginning.
      const head = textDecoder.decode(bytes.subarray(0, 200));
      if (head.includes('"re":')) this.#answered(head);
    }
    this.#fill();
    this.write();
  }

  /** What it still asks is answered by nobody: it counts as refused. */
  end(): void {
    if (this.#unanswered > 0) this.#refused.closed = this.#unanswered;
    [this.#unanswered, this.#next] = [0, null];
    this.#onIdle?.();
  }

  #answered(head: string): void {
    this.#unanswered -= 1;
    if (!head.startsWith('{"type":"error"')) {
      this.#taken += 1;
      return;
    }
    const code = /"code":"([a-z_]+)"/.exec(head)?.[1] ?? "?";
    this.#refused[code] = (this.#refused[code] ?? 0) + 1;
  }

  #fill(): void {
    const frames: Uint8Array[] = this.#waiting.length > 0 ? [this.#waiting] : [];
    while (this.#next !== null && this.#unanswered < this.#window) {
      const command = this.#next();
      if (command === null) {
        this.#next = null;
        break;
      }
      this.#id += 1;
      this.#unanswered += 1;
      frames.push(encodeFrame(JSON.stringify({ ...command, id: this.#id })));
    }
    if (frames.length > 0) this.#waiting = Buffer.concat(frames);
    if (this.#next === null && this.#unanswered === 0) this.#onIdle?.();
  }
}
