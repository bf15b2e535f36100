// The outbox and the refused sends on disk, one line a change: `outbox.jsonl`.
// Owns what waits, what was refused, and which change is not written yet. Ten thousand that wait
// cost a change no more than one. What comes to be is written before what goes: see store.ts.

import { Edit, React, Redact, Send, Topic } from "@maru/protocol/chat";
import type { Unsent } from "@maru/sdk/chat";
import type { Disk } from "@maru/tui/files";
import { Journal } from "@maru/tui/files";
import * as z from "zod";
import { type FailedSend, failedMax, reasonUnitsMax } from "./stored.ts";

const cid = z.string().min(1).max(64);

/**
 * A command as the protocol has it, without the number of its connection; nothing else comes from the
 * file to the wire.
 */
const UnsentSchema = z.discriminatedUnion("type", [
  Send.extend({ type: z.literal("send"), cid }).strict(),
  Edit.extend({ type: z.literal("edit"), cid }).strict(),
  Redact.extend({ type: z.literal("redact"), cid }).strict(),
  React.extend({ type: z.literal("react"), cid }).strict(),
  Topic.extend({ type: z.literal("topic"), cid }).strict(),
]) satisfies z.ZodType<Unsent>;

const Line = z.union([
  z.strictObject({ put: UnsentSchema }),
  z.strictObject({ fail: z.string(), reason: z.string(), atMs: z.number() }),
  z.strictObject({ settle: z.string() }),
]);
type Line = z.infer<typeof Line>;

/**
 * Changes that wait for a disk that takes none. With more, the file is written anew once it does,
 * and what is done with is forgotten at once.
 */
export const pendingChangesMax = 10_000;

interface Entry {
  readonly unsent: Unsent;
  readonly failure: { readonly reason: string; readonly atMs: number } | null;
  readonly bytes: number;
}

export class OutboxFile {
  readonly name = "outbox.jsonl";
  readonly #journal: Journal<Line>;
  /** By cid, in order; also what was settled until that is written. */
  readonly #entries = new Map<string, Entry>();
  /** What came to be and is not written: puts and failures, as they happened. */
  #lines: Line[] = [];
  /** Too many of them: the entries themselves are what is to be written. */
  #isOverfull = false;
  /** Cids that are done with, which is not written. */
  readonly #settled = new Set<string>();
  readonly #failed = new Set<string>();
  #liveBytes = 0;

  constructor(disk: Disk, directory: string) {
    this.#journal = new Journal({ disk, directory, name: this.name, schema: Line });
  }

  get outbox(): Unsent[] {
    return this.#current().flatMap(({ unsent, failure }) => (failure === null ? [unsent] : []));
  }

  get failed(): FailedSend[] {
    return this.#current().flatMap(({ unsent, failure }) =>
      failure === null ? [] : [{ unsent, ...failure }],
    );
  }

  /** Reads the file, and puts what was changed meanwhile on top of it. */
  load(isOwner: boolean): { isBroken: boolean } {
    const { lines, isBroken } = this.#journal.read(isOwner);
    const changes = this.#isOverfull ? [...this.#entries.values()].flatMap(linesOf) : this.#lines;
    this.#entries.clear();
    this.#failed.clear();
    this.#liveBytes = 0;
    for (const line of [...lines, ...changes]) this.#apply(line);
    return { isBroken };
  }

  /** One that waits already is there once; one that was refused waits again, behind the others. */
  put(unsent: Unsent): void {
    const { cid } = unsent;
    const isWaiting = this.#entries.has(cid) && !this.#failed.has(cid) && !this.#settled.has(cid);
    if (!isWaiting) this.#note({ put: unsent });
  }

  /** Returns a refused send that had to go for this one, if any. One that is not there is no matter. */
  fail(cid: string, reason: string, atMs: number): FailedSend | null {
    if (!this.#entries.has(cid) || this.#settled.has(cid)) return null;
    this.#note({ fail: cid, reason: reason.slice(0, reasonUnitsMax), atMs });
    if (this.#failed.size - this.#settledFailures() <= failedMax) return null;
    const oldest = this.failed[0];
    if (oldest === undefined) return null;
    this.settle(oldest.unsent.cid);
    return oldest;
  }

  /** Stored, or dropped: it is done with. */
  settle(cid: string): void {
    if (!this.#entries.has(cid)) return;
    this.#settled.add(cid);
    if (this.#settled.size > pendingChangesMax) this.#overflow();
  }

  /** Writes what came to be. */
  writeNew(): void {
    if (this.#isOverfull) this.#journal.rewrite(this.#texts());
    else if (this.#lines.length > 0 || this.#journal.isForeign) {
      this.#journal.append(this.#lines.map(textOf), () => this.#texts());
    }
    this.#lines = [];
    this.#isOverfull = false;
  }

  /** Writes what is done with. Call it when what that became elsewhere is written. */
  writeSettled(): void {
    if (this.#settled.size === 0) return;
    const lines = [...this.#settled].map((settle) => textOf({ settle }));
    this.#journal.append(lines, () => this.#texts(this.#settled));
    for (const settle of this.#settled) this.#apply({ settle });
    this.#settled.clear();
  }

  /** Where much of the file is no longer true; `isLast`: where anything is. */
  tidy(isLast = false): void {
    if (this.#lines.length > 0 || this.#isOverfull) return;
    const bytes = this.#liveBytes;
    const isDue = isLast ? this.#journal.isStale(bytes) : this.#journal.isWasteful(bytes);
    if (isDue) this.#journal.tidy(this.#texts());
  }

  #settledFailures(): number {
    return this.#settled.intersection(this.#failed).size;
  }

  #current(): Entry[] {
    return [...this.#entries].flatMap(([cid, entry]) => (this.#settled.has(cid) ? [] : [entry]));
  }

  #note(line: Line): void {
    if ("put" in line) this.#settled.delete(line.put.cid);
    if (!this.#isOverfull) this.#lines.push(line);
    this.#apply(line);
    if (this.#lines.length > pendingChangesMax) this.#overflow();
  }

  #overflow(): void {
    this.#isOverfull = true;
    this.#lines = [];
    for (const cid of this.#settled) this.#remove(cid);
    this.#settled.clear();
  }

  #apply(line: Line): void {
    if ("put" in line) {
      this.#remove(line.put.cid);
      this.#add({ unsent: line.put, failure: null });
    } else if ("fail" in line) {
      const entry = this.#remove(line.fail);
      const { reason, atMs } = line;
      if (entry !== undefined) this.#add({ unsent: entry.unsent, failure: { reason, atMs } });
    } else this.#remove(line.settle);
  }

  #add(entry: Omit<Entry, "bytes">): void {
    const { cid } = entry.unsent;
    const bytes = linesOf(entry).reduce(
      (sum, line) => sum + Buffer.byteLength(textOf(line)) + 1,
      0,
    );
    this.#entries.set(cid, { ...entry, bytes });
    if (entry.failure !== null) this.#failed.add(cid);
    this.#liveBytes += bytes;
  }

  #remove(cid: string): Entry | undefined {
    const entry = this.#entries.get(cid);
    this.#entries.delete(cid);
    this.#failed.delete(cid);
    this.#liveBytes -= entry?.bytes ?? 0;
    return entry;
  }

  *#texts(without: ReadonlySet<string> = new Set()): Iterable<string> {
    for (const [cid, entry] of this.#entries)
      if (!without.has(cid)) yield* linesOf(entry).map(textOf);
  }
}

function linesOf({ unsent, failure }: Omit<Entry, "bytes">): Line[] {
  const put = { put: unsent };
  return failure === null ? [put] : [put, { fail: unsent.cid, ...failure }];
}

function textOf(line: Line): string {
  return JSON.stringify(line);
}
