// One of the crowd: greets, joins, counts what it missed. Comes again when it is turned away.
// Owns its socket and what it knows between two connections: session, epoch, last seq.

import { encodeFrame, FrameDecoder } from "@maru/protocol";
import type { Socket } from "bun";

/** What the crowd counts over all clients. */
export interface CrowdTally {
  unexpected: number;
  unrecovered: number;
  retries: number;
  readonly failures: Record<string, number>;
  readonly welcomedMs: number[];
  readonly joinedMs: number[];
  readonly completedMs: number[];
}

/** What is going on: one for all clients, a new one with each order. */
export interface Gathering {
  readonly port: number;
  readonly beganMs: number;
  readonly tally: CrowdTally;
}

const payloadBytesMax = 16 * 1024 * 1024;
/** The pause of a client that failed: from this on, up to twice as long. */
const retryMs = 250;
/** Wherever it stands: within a text, JSON would put a backslash before each quote. */
const messageSeq = /^\{"type":"message".*"seq":(\d+)/;
const firstOfPresence = '{"type":"p'.length - 1;

export class CrowdClient {
  readonly #nick: string;
  readonly #room: string;
  #session: string | undefined;
  #epoch: string | undefined;
  #lastSeq = 0;
  #missed: readonly number[] = [];
  #got = 0;
  #isIn = false;
  #isComing = false;
  #decoder = new FrameDecoder(payloadBytesMax);
  #socket: Socket | null = null;
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
    this.#socket?.terminate();
    this.#socket = null;
  }

  get missing(): number {
    return this.#missed.length - this.#got;
  }

  get isComplete(): boolean {
    return this.#isIn && this.missing === 0;
  }

  async #connect(gathering: Gathering): Promise<void> {
    this.#decoder = new FrameDecoder(payloadBytesMax);
    try {
      this.#socket = await Bun.connect({
        hostname: "127.0.0.1",
        port: gathering.port,
        socket: {
          open: (socket) => void socket.write(this.#greeting()),
          data: (_, chunk) => this.#hear(chunk, gathering),
          close: () => this.#again(gathering, "the connection ended"),
          error: (_, { message }) => this.#again(gathering, message),
        },
      });
    } catch {
      this.#again(gathering, "no connection");
    }
  }

  /** Hello and join in one piece: the server reads the second when the first has succeeded. */
  #greeting(): Uint8Array {
    const nick = this.#nick;
    const resume = this.#session !== undefined && { resume: this.#session };
    const hello = { type: "hello", id: 1, versions: [1], client: "crowd", nick, ...resume };
    const after = this.#epoch !== undefined && { after: this.#lastSeq, epoch: this.#epoch };
    const join = { type: "join", id: 2, room: this.#room, ...after };
    return Buffer.concat([hello, join].map((each) => encodeFrame(JSON.stringify(each))));
  }

  #hear(chunk: Uint8Array, gathering: Gathering): void {
    this.#decoder.push(chunk);
    for (let bytes = this.#decoder.next(); bytes !== null; bytes = this.#decoder.next()) {
      if (bytes[firstOfPresence] === 0x70) continue;
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const seq = messageSeq.exec(text.toString("latin1"))?.[1];
      if (seq !== undefined) this.#hearMessage(Number(seq), gathering);
      else this.#hearOther(JSON.parse(text.toString()), gathering);
    }
  }

  #hearMessage(seq: number, gathering: Gathering): void {
    if (seq !== this.#missed[this.#got]) {
      gathering.tally.unexpected += 1;
      return;
    }
    this.#got += 1;
    this.#lastSeq = seq;
    this.#settle(gathering);
  }

  #hearOther(message: Readonly<Record<string, unknown>>, gathering: Gathering): void {
    const { tally, beganMs } = gathering;
    switch (message.type) {
      case "welcome":
        this.#session = String(message.session);
        tally.welcomedMs.push(performance.now() - beganMs);
        return;
      case "joined":
        if (this.#epoch === undefined) this.#lastSeq = Number(message.head);
        else if (message.recovered !== true) tally.unrecovered += 1;
        this.#epoch = String(message.epoch);
        this.#isIn = true;
        tally.joinedMs.push(performance.now() - beganMs);
        this.#settle(gathering);
        return;
      case "error":
      case "close":
        return this.#again(gathering, String(message.code));
    }
  }

  #settle({ tally, beganMs }: Gathering): void {
    if (!this.isComplete) return;
    tally.completedMs.push(performance.now() - beganMs);
    this.#done.resolve();
  }

  #again(gathering: Gathering, why: string): void {
    if (!this.#isComing) return;
    this.drop();
    gathering.tally.retries += 1;
    gathering.tally.failures[why] = (gathering.tally.failures[why] ?? 0) + 1;
    // What was got before the connection ended is not asked for again.
    this.#missed = this.#missed.slice(this.#got);
    this.#got = 0;
    this.#isComing = true;
    setTimeout(() => void this.#connect(gathering), retryMs * (1 + Math.random()));
  }
}
