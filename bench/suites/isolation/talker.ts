// One hostile session: keeps as many commands unanswered as it may and asks on whatever it is told,
// refusals too. Counts answers and understands none of them but their kind.

import { type Message, openWire, type Wire } from "../../harness/wire-client.ts";

export interface Told {
  readonly taken: number;
  /** By code. */
  readonly refused: Readonly<Record<string, number>>;
}

/** Gives the commands one after the other, then null. */
export function inTurn(commands: readonly Message[]): () => Message | null {
  const left = commands.values();
  return () => left.next().value ?? null;
}

const textDecoder = new TextDecoder();

export class Talker {
  #wire: Wire | undefined;
  #id = 0;
  #unanswered = 0;
  #next: (() => Message | null) | null = null;
  #window = 1;
  #taken = 0;
  #refused: Record<string, number> = {};
  #onIdle: (() => void) | null = null;

  static async connect(port: number): Promise<Talker> {
    const talker = new Talker();
    talker.#wire = await openWire(port, {
      frame: (payload) => talker.#hear(payload),
      chunkEnded: () => talker.#fill(),
      ended: () => talker.#end(),
    });
    return talker;
  }

  /** Connected and welcomed. */
  static async greet(port: number, nick: string): Promise<Talker> {
    const talker = await Talker.connect(port);
    await talker.talk(inTurn([{ type: "hello", versions: [1], client: "bench", nick }]), 1);
    return talker;
  }

  /** Asks `next` for commands, `window` unanswered at a time, until it gives null and all is answered. */
  async talk(next: () => Message | null, window: number): Promise<Told> {
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.#taken, this.#refused] = [0, {}];
    [this.#next, this.#window, this.#onIdle] = [next, window, resolve];
    this.#fill();
    await promise;
    return { taken: this.#taken, refused: this.#refused };
  }

  close(): void {
    this.#wire?.close();
  }

  #hear(payload: Uint8Array): void {
    // Long answers need not be read: what they are stands at their beginning.
    const head = textDecoder.decode(payload.subarray(0, 200));
    if (!head.includes('"re":')) return;
    this.#unanswered -= 1;
    if (!head.startsWith('{"type":"error"')) {
      this.#taken += 1;
      return;
    }
    const code = /"code":"([a-z_]+)"/.exec(head)?.[1] ?? "?";
    this.#refused[code] = (this.#refused[code] ?? 0) + 1;
  }

  /** What it still asks is answered no more: it counts as refused. */
  #end(): void {
    if (this.#unanswered > 0) this.#refused.closed = this.#unanswered;
    [this.#unanswered, this.#next] = [0, null];
    this.#onIdle?.();
  }

  #fill(): void {
    const commands: Message[] = [];
    while (this.#next !== null && this.#unanswered < this.#window) {
      const command = this.#next();
      if (command === null) {
        this.#next = null;
        break;
      }
      this.#id += 1;
      this.#unanswered += 1;
      commands.push({ ...command, id: this.#id });
    }
    if (commands.length > 0) this.#wire?.send(...commands);
    if (this.#next === null && this.#unanswered === 0) this.#onIdle?.();
  }
}
