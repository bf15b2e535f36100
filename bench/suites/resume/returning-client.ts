// One of those who lose their connection: greets, joins, counts what it missed. Comes again when it
// is turned away. Owns its connection and what it knows between two: session, epoch, last seq.
// Also what the process of all of them is told, and what it reports.

import type { Latencies } from "../../harness/statistics.ts";
import { type Message, openWire, type Wire } from "../../harness/wire-client.ts";

/** A line of JSON each. */
export type ClientsTask =
  /** Come in for the first time, some at a time. */
  | { readonly do: "gather"; readonly port: number }
  /** Reset every connection, at once. */
  | { readonly do: "drop" }
  /** Come back, all at once; `missed` are the seqs that each room's members must get, in order. */
  | { readonly do: "return"; readonly port: number; readonly missed: readonly number[][] };

/** After each task. */
export interface ClientsReport {
  /** Clients that are in their room, and have all that they missed. */
  readonly complete: number;
  /** Entries that a client should have got and didn't, and such as were not next in line. */
  readonly missing: number;
  readonly unexpected: number;
  /** Joins that the server did not replay. */
  readonly unrecovered: number;
  /** Attempts beyond the first of each client, and what they failed of. */
  readonly retries: number;
  readonly failures: Readonly<Record<string, number>>;
  /** From the task on: until welcomed, until in the room, until everything was there. */
  readonly welcomed: Latencies;
  readonly joined: Latencies;
  readonly completed: Latencies;
  /** Of this process since the task. */
  readonly cpuSeconds: number;
}

export const roomOf = (index: number): string => `hall-${index}`;

/** What is going on: one for all clients, a new one with each task. */
export class Gathering {
  readonly beganMs = performance.now();
  readonly port: number;
  unexpected = 0;
  unrecovered = 0;
  retries = 0;
  readonly failures: Record<string, number> = {};
  readonly welcomedMs: number[] = [];
  readonly joinedMs: number[] = [];
  readonly completedMs: number[] = [];

  constructor(port: number) {
    this.port = port;
  }

  get elapsedMs(): number {
    return performance.now() - this.beganMs;
  }
}

/** The pause of a client that failed: from this on, up to twice as long. */
const retryMs = 250;
/** Wherever it stands: within a text, JSON would put a backslash before each quote. */
const messageSeq = /^\{"type":"message".*"seq":(\d+)/;
const firstOfPresence = '{"type":"p'.length - 1;

export class ReturningClient {
  readonly #nick: string;
  readonly #room: string;
  #session: string | undefined;
  #epoch: string | undefined;
  #lastSeq = 0;
  #missed: readonly number[] = [];
  #got = 0;
  #isIn = false;
  #isComing = false;
  #wire: Wire | null = null;
  #done = Promise.withResolvers<void>();

  constructor(nick: string, room: string) {
    this.#nick = nick;
    this.#room = room;
  }

  /** Resolves when it is in its room and has got the `missed` seqs. */
  come(gathering: Gathering, missed: readonly number[]): Promise<void> {
    this.#missed = missed;
    this.#got = 0;
    this.#isComing = true;
    this.#done = Promise.withResolvers();
    void this.#connect(gathering);
    return this.#done.promise;
  }

  drop(): void {
    this.#isComing = false;
    this.#isIn = false;
    this.#wire?.close();
    this.#wire = null;
  }

  get missing(): number {
    return this.#missed.length - this.#got;
  }

  get isComplete(): boolean {
    return this.#isIn && this.missing === 0;
  }

  async #connect(gathering: Gathering): Promise<void> {
    const listener = {
      frame: (payload: Uint8Array) => this.#hear(payload, gathering),
      ended: (why: string) => this.#again(gathering, why),
    };
    try {
      this.#wire = await openWire(gathering.port, listener, this.#greeting());
    } catch {
      this.#again(gathering, "no connection");
    }
  }

  /** Hello and join in one piece: the server reads the second when the first has succeeded. */
  #greeting(): Message[] {
    const nick = this.#nick;
    const resume = this.#session !== undefined && { resume: this.#session };
    const after = this.#epoch !== undefined && { after: this.#lastSeq, epoch: this.#epoch };
    return [
      { type: "hello", id: 1, versions: [1], client: "bench", nick, ...resume },
      { type: "join", id: 2, room: this.#room, ...after },
    ];
  }

  #hear(payload: Uint8Array, gathering: Gathering): void {
    if (payload[firstOfPresence] === 0x70) return;
    const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
    const seq = messageSeq.exec(text.toString("latin1"))?.[1];
    if (seq !== undefined) this.#hearMessage(Number(seq), gathering);
    else this.#hearOther(JSON.parse(text.toString()), gathering);
  }

  #hearMessage(seq: number, gathering: Gathering): void {
    if (seq !== this.#missed[this.#got]) {
      gathering.unexpected += 1;
      return;
    }
    this.#got += 1;
    this.#lastSeq = seq;
    this.#settle(gathering);
  }

  #hearOther(message: Message, gathering: Gathering): void {
    switch (message.type) {
      case "welcome":
        this.#session = String(message.session);
        gathering.welcomedMs.push(gathering.elapsedMs);
        return;
      case "joined":
        if (this.#epoch === undefined) this.#lastSeq = Number(message.head);
        else if (message.recovered !== true) gathering.unrecovered += 1;
        this.#epoch = String(message.epoch);
        this.#isIn = true;
        gathering.joinedMs.push(gathering.elapsedMs);
        this.#settle(gathering);
        return;
      case "error":
      case "close":
        return this.#again(gathering, String(message.code));
    }
  }

  #settle(gathering: Gathering): void {
    if (!this.isComplete) return;
    gathering.completedMs.push(gathering.elapsedMs);
    this.#done.resolve();
  }

  #again(gathering: Gathering, why: string): void {
    if (!this.#isComing) return;
    this.drop();
    gathering.retries += 1;
    gathering.failures[why] = (gathering.failures[why] ?? 0) + 1;
    // What was got before the connection ended is not asked for again.
    this.#missed = this.#missed.slice(this.#got);
    this.#got = 0;
    this.#isComing = true;
    setTimeout(() => void this.#connect(gathering), retryMs * (1 + Math.random()));
  }
}
