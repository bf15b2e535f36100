// What a shard lets be seen of the connection that is explained. Until the service has chosen, a little
// is kept of each that has not been welcomed, so that a story can begin with its first byte.

import type { ObservedConnection, ShardObserver } from "@maru/core";
import type { Chosen } from "./chosen.ts";
import { clockMs, type Observation, type Seen, type Tell } from "./observation.ts";
import { ReadFrames, saidIn } from "./seen-frames.ts";

/** Connections that may become the one; of more the oldest is forgotten. What is kept of each. */
const candidatesMax = 32;
const keptMax = 8;

interface Candidate {
  readonly frames: ReadFrames;
  readonly kept: Observation[];
}

interface Own {
  readonly id: number;
  readonly frames: ReadFrames;
  readonly groups: Set<number>;
  /** Bytes of it that the socket had not taken after the last write. */
  waiting: number;
  /** Something of it is told in this tick. */
  isConcerned: boolean;
}

/** `by`: what the shard is called. */
export function watchShard(by: string, chosen: Chosen, tell: Tell): ShardObserver {
  return new ShardWatch(by, chosen, tell);
}

class ShardWatch implements ShardObserver {
  readonly #by: string;
  readonly #chosen: Chosen;
  readonly #tell: Tell;
  readonly #candidates = new Map<number, Candidate>();
  #own: Own | null = null;
  #writes = 0;
  #bytes = 0;
  /** Bytes that wait, by connection; only those for which any did when they were last looked at. */
  readonly #waiting = new Map<number, ObservedConnection>();

  constructor(by: string, chosen: Chosen, tell: Tell) {
    this.#by = by;
    this.#chosen = chosen;
    this.#tell = tell;
  }

  opened({ id, address }: ObservedConnection): void {
    if (this.#candidates.size >= candidatesMax) {
      this.#candidates.delete(this.#candidates.keys().next().value as number);
    }
    const opened = this.#observation({ what: "opened", address });
    this.#candidates.set(id, { frames: new ReadFrames(), kept: [opened] });
  }

  read({ id }: ObservedConnection, bytes: Uint8Array): void {
    if (this.#own?.id === id) return this.#say(this.#own.frames.read(bytes));
    const candidate = this.#candidates.get(id);
    if (candidate !== undefined) this.#keep(candidate, candidate.frames.read(bytes));
  }

  batch({ commands, bytes, isPosted }: Parameters<ShardObserver["batch"]>[0]): void {
    const seen = (id: number): Seen => {
      const own = commands.filter((of) => of === id).length;
      return { what: "batch", commands: commands.length, own, bytes, isPosted };
    };
    const own = this.#own;
    if (own !== null && commands.includes(own.id)) this.#say(seen(own.id));
    for (const id of new Set(commands)) {
      const candidate = this.#candidates.get(id);
      if (candidate !== undefined) this.#keep(candidate, seen(id));
    }
  }

  answered(id: number, answers: number, bytes: Uint8Array): void {
    this.#choose(id, bytes);
    if (this.#own?.id === id) this.#say({ what: "answer", answers, bytes: bytes.length });
  }

  published(group: number, messages: number, bytes: Uint8Array): void {
    if (this.#own?.groups.has(group) !== true) return;
    this.#say({ what: "fan-out", messages, bytes: bytes.length });
  }

  joined(id: number, group: number): void {
    if (this.#own?.id === id) this.#own.groups.add(group);
  }

  left(id: number, group: number): void {
    if (this.#own?.id === id) this.#own.groups.delete(group);
  }

  closing(id: number): void {
    if (this.#own?.id === id) this.#say({ what: "closing" });
  }

  wrote(connection: ObservedConnection, bytes: Uint8Array, taken: number): void {
    const rest = taken < 0 ? 0 : bytes.length - taken;
    this.#writes += 1;
    this.#bytes += Math.max(0, taken);
    if (rest > 0) this.#waiting.set(connection.id, connection);
    const own = this.#own;
    if (own?.id !== connection.id) return;
    // After a short write what is written next begins inside a frame.
    const types = own.waiting > 0 ? null : saidIn(bytes).map(({ type }) => type);
    own.waiting = rest;
    this.#say({ what: "wrote", bytes: bytes.length, taken, types });
  }

  flushed(): void {
    const own = this.#own;
    for (const [id, { queue }] of this.#waiting) if (queue.bytes === 0) this.#waiting.delete(id);
    if (own?.isConcerned === true) {
      const waits = this.#waiting.get(own.id)?.queue.bytes ?? 0;
      const [writes, bytes, waiting] = [this.#writes, this.#bytes, this.#waiting.size];
      this.#say({ what: "queues", writes, bytes, own: waits, waiting });
      own.isConcerned = false;
    }
    this.#writes = 0;
    this.#bytes = 0;
  }

  closed({ id }: ObservedConnection): void {
    this.#candidates.delete(id);
    this.#waiting.delete(id);
    if (this.#own?.id !== id) return;
    this.#say({ what: "gone" });
    this.#own = null;
  }

  /** Whom the service has chosen is known by the `welcome` that passes here. */
  #choose(id: number, bytes: Uint8Array): void {
    const candidate = this.#candidates.get(id);
    if (candidate === undefined) return;
    const welcome = saidIn(bytes).find(({ type }) => type === "welcome");
    if (welcome === undefined) return;
    this.#candidates.delete(id);
    if (welcome.nick !== this.#chosen.nick) return;
    const { frames, kept } = candidate;
    for (const observation of kept) this.#tell(observation);
    this.#own = { id, frames, groups: new Set(), waiting: 0, isConcerned: false };
  }

  #keep({ kept }: Candidate, seen: Seen): void {
    if (kept.length < keptMax) kept.push(this.#observation(seen));
  }

  #say(seen: Seen): void {
    if (this.#own !== null) this.#own.isConcerned = true;
    this.#tell(this.#observation(seen));
  }

  #observation(seen: Seen): Observation {
    return { atMs: clockMs(), by: this.#by, seen };
  }
}
