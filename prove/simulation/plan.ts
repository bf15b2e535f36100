// What kind of world a seed makes: how many people, which server, which network, how many faults.
// Pure; everything that differs between two runs by design is drawn here.

import type { SeededRandom } from "@maru/testkit";

export type Durability = "fsync" | "os" | "replicated";

export interface Plan {
  readonly clients: number;
  readonly rooms: readonly string[];
  /** How long people talk and things go wrong, in virtual milliseconds. */
  readonly talkMs: number;
  /** Mean milliseconds between two messages of one client. */
  readonly sayEveryMs: number;
  /** Mean milliseconds between two faults. */
  readonly faultEveryMs: number;
  /** 0: one shard on the hub's thread; else shards behind links. */
  readonly shards: number;
  /** `replicated` stores and answers later, out of step with the ticks. */
  readonly durability: Durability;
  /** Probability that a read is answered later than it is asked. */
  readonly lateReads: number;
  readonly replayEntries: number;
  readonly historyPage: number;
  readonly inflight: number;
  /** Messages per second that the server takes from one connection; 0 = no limit. */
  readonly sendRate: number;
  /** Bytes of commands that a shard may have on their way to the hub. */
  readonly uplinkBytes: number;
  /** Frames of one connection that are handled in one turn. */
  readonly framesPerTurn: number;
  /** Events that a client holds for a slow reader. */
  readonly eventsBuffered: number;
  readonly network: {
    /** A byte takes 0 to so many milliseconds. */
    readonly delayMs: number;
    /** Probability that what is written arrives in several pieces. */
    readonly slices: number;
    /** Probability that a socket takes less than it could. */
    readonly shortWrites: number;
    /** Bytes that one direction holds. */
    readonly kernelBytes: number;
  };
}

export const roomNames = ["lobby", "ops", "마루"] as const;

export function drawPlan(random: SeededRandom): Plan {
  return {
    clients: random.between(3, 6),
    rooms: roomNames.slice(0, random.between(1, roomNames.length)),
    talkMs: random.between(15_000, 45_000),
    sayEveryMs: random.pick([300, 800, 2_000]),
    faultEveryMs: random.pick([400, 1_000, 3_000]),
    shards: random.pick([0, 2]),
    durability: random.pick(["fsync", "fsync", "os", "os", "replicated"] as const),
    lateReads: random.pick([0, 0.5, 1]),
    replayEntries: random.pick([2, 10, 100]),
    historyPage: random.pick([2, 7, 50]),
    inflight: random.pick([1, 4, 256]),
    sendRate: random.pick([0, 0, 10]),
    uplinkBytes: random.pick([32_768, 2_097_152]),
    framesPerTurn: random.pick([1, 64]),
    eventsBuffered: random.pick([4, 64, 1024]),
    network: {
      delayMs: random.pick([1, 10, 80]),
      slices: random.pick([0, 0.2, 0.8]),
      shortWrites: random.pick([0, 0.2]),
      kernelBytes: random.pick([1_500, 16_384, 200_000]),
    },
  };
}
