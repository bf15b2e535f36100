// The judge is worth something only if it finds a log that breaks its word: each of these breaks one
// part of it, and must be found within a few worlds, with the name of what was broken.

import { expect, test } from "bun:test";
import { Disk } from "./log/disk.ts";
import { type FailureCode, type Plan, simulate } from "./mod.ts";

type Read = Parameters<Disk["read"]>[0];
type Append = Parameters<Disk["append"]>[0];

interface Mutation {
  readonly name: string;
  readonly disk: typeof Disk;
  /** All of these are found, among others that follow from them. */
  readonly found: readonly FailureCode[];
  readonly plan?: Partial<Plan>;
}

/** Says that it is stored when it isn't written through; the process takes the rest with it. */
class HastyDisk extends Disk {
  override crash(): void {
    this.loseUnsynced();
    this.unsynced = [];
  }
}

/** The same, but the seqs go on: what was acknowledged is simply not there. */
class HollowDisk extends Disk {
  override crash(): void {
    const heads = new Map(this.roomKeys.map((key) => [key, this.roomOf(key).head]));
    this.loseUnsynced();
    this.unsynced = [];
    for (const [key, head] of heads) this.roomOf(key).head = head;
  }
}

/** Keeps its entries, and counts on from too low a seq when it is opened again. */
class RepeatingDisk extends Disk {
  override crash(): void {
    for (const key of this.roomKeys) {
      const room = this.roomOf(key);
      room.head = Math.max(0, room.head - 1);
    }
  }
}

/** Loses the tail with the power, and calls it the same room. */
class SilentDisk extends Disk {
  override losePower(mayLose: boolean): number {
    const { generation } = this;
    const lost = super.losePower(mayLose);
    this.generation = generation;
    return lost;
  }
}

/** Knows no cid. */
class ForgetfulDisk extends Disk {
  override append<T>(request: Append & { tag: T }) {
    this.byCid.clear();
    return super.append<T>(request);
  }
}

/** Leaves out the first entry that was missed. */
class SkippingDisk extends Disk {
  override read<T>(request: Read & { tag: T }) {
    const { range } = request;
    if (!("after" in range)) return super.read<T>(request);
    return { ...super.read<T>({ ...request, range: { after: range.after + 1 } }), gap: false };
  }
}

/** Is off by one: what was missed is told, each under the seq of the next. */
class StaleDisk extends Disk {
  override read<T>(request: Read & { tag: T }) {
    const page = super.read<T>(request);
    if (!("after" in request.range)) return page;
    const entries = page.entries.map((entry) => ({ ...entry, seq: entry.seq + 1 }));
    return { ...page, entries };
  }
}

/** Tells the last entry that was seen once more; the SDK would never notice. */
class StammeringDisk extends Disk {
  override read<T>(request: Read & { tag: T }) {
    const { range } = request;
    if (!("after" in range)) return super.read<T>(request);
    return super.read<T>({ ...request, range: { after: Math.max(0, range.after - 1) } });
  }
}

/** Lets go of the oldest without a word. */
class DiscreetDisk extends Disk {
  override read<T>(request: Read & { tag: T }) {
    const page = super.read<T>(request);
    // Nor does it tell that nothing is left of what the reader knew.
    const isEmpty = page.entries.length === 0 && "before" in request.range;
    const last = isEmpty ? super.read<T>({ ...request, range: { after: 0 } }).entries : [];
    return { ...page, gap: false, entries: isEmpty ? last.slice(0, 1) : page.entries };
  }
}

const mutations: readonly Mutation[] = [
  {
    name: "acknowledges before it has written through",
    disk: HastyDisk,
    found: ["acknowledged_overwritten", "two_messages_at_one_seq"],
    plan: { durability: "fsync" },
  },
  {
    name: "loses what it acknowledged, at a crash",
    disk: HollowDisk,
    found: ["acknowledged_lost"],
    plan: { durability: "fsync" },
  },
  {
    name: "gives a seq twice after a crash",
    disk: RepeatingDisk,
    found: ["two_messages_at_one_seq"],
  },
  {
    name: "loses the unsynced tail without a new epoch",
    disk: SilentDisk,
    found: ["acknowledged_overwritten"],
    plan: { durability: "os" },
  },
  { name: "stores a repeated cid again", disk: ForgetfulDisk, found: ["two_seqs_for_one_message"] },
  { name: "skips one entry of what was missed", disk: SkippingDisk, found: ["gap"] },
  { name: "repeats one entry of what was seen", disk: StammeringDisk, found: ["bug"] },
  {
    name: "tells wrong seqs of what was missed",
    disk: StaleDisk,
    found: ["two_seqs_for_one_message"],
  },
  { name: "keeps silent about what retention took", disk: DiscreetDisk, found: ["gap"] },
];

const seeds = 10;
const timeLimitMs = 60_000;

for (const { name, disk, found, plan } of mutations) {
  test(
    `finds a log that ${name}`,
    async () => {
      const { failed } = await simulate({
        firstSeed: 1,
        seeds,
        plan,
        createDisk: (keyOf) => new disk(keyOf),
      });
      const codes = new Set(failed.flatMap(({ failures }) => failures.map(({ code }) => code)));
      expect([...codes]).toEqual(expect.arrayContaining([...found]));
    },
    timeLimitMs,
  );
}
