// The drafts on disk, one line a change: `drafts.jsonl`.
// Owns which draft of which room counts, and what of it is not written yet. A journal, because keys
// are pressed often: each costs the one draft that it changed, not all of them.

import type { NameKey } from "@maru/protocol/chat";
import type { Disk } from "@maru/tui/files";
import { Journal } from "@maru/tui/files";
import * as z from "zod";
import { type Draft, draftsMax, draftUnitsMax } from "./stored.ts";

/** UTF-16 units of what the server calls a log; a longer name is none of its. */
const epochUnitsMax = 256;

const Compose = z.strictObject({
  kind: z.enum(["reply", "edit"]),
  seq: z.int().min(1),
  epoch: z.string().max(epochUnitsMax).nullable(),
});
/** As this client wrote it. */
const Key = z.string().transform((key) => key as NameKey);
const Line = z.union([
  z.strictObject({
    room: Key,
    text: z.string().max(draftUnitsMax),
    caret: z.int().min(0),
    // Absent in files of before, and in most lines.
    compose: Compose.optional(),
  }),
  z.strictObject({ clear: Key }),
]);

interface Entry {
  readonly draft: Draft;
  readonly bytes: number;
}

export class DraftFile {
  readonly name = "drafts.jsonl";
  readonly #journal: Journal<z.infer<typeof Line>>;
  /** By room key, the one that was changed last at the end. */
  readonly #entries = new Map<NameKey, Entry>();
  /** Rooms whose change is not written, with what they became; a room counts once. */
  readonly #changes = new Map<NameKey, Draft | null>();
  #liveBytes = 0;

  constructor(disk: Disk, directory: string) {
    this.#journal = new Journal({ disk, directory, name: this.name, schema: Line });
  }

  get drafts(): ReadonlyMap<NameKey, Draft> {
    return new Map([...this.#entries].map(([room, { draft }]) => [room, draft]));
  }

  /** Reads the file, and puts what was changed meanwhile on top of it. */
  load(isOwner: boolean): { isBroken: boolean } {
    const { lines, isBroken } = this.#journal.read(isOwner);
    this.#entries.clear();
    this.#liveBytes = 0;
    for (const line of lines) {
      if ("clear" in line) this.#set(line.clear, null);
      else this.#set(line.room, bounded(line));
    }
    for (const [room, draft] of this.#changes) this.#set(room, draft);
    return { isBroken };
  }

  /** Returns the room whose draft had to go for this one, if any. */
  change(room: NameKey, draft: Draft | null): NameKey | null {
    const wanted = draft === null || draft.text === "" ? null : bounded(draft);
    const former = this.#entries.get(room)?.draft ?? null;
    if (isSame(former, wanted)) return null;
    this.#note(room, wanted);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size <= draftsMax || oldest === undefined) return null;
    this.#note(oldest, null);
    return oldest;
  }

  write(): void {
    if (this.#changes.size === 0 && !this.#journal.isForeign) return;
    const lines = [...this.#changes].map(([room, draft]) => lineOf(room, draft));
    this.#journal.append(lines, () => this.#lines());
    this.#changes.clear();
  }

  /** Where much of the file is no longer true; `isLast`: where anything is. */
  tidy(isLast = false): void {
    // What waits to be written may wait for another file: a cleared draft for the outbox.
    if (this.#changes.size > 0) return;
    const bytes = this.#liveBytes;
    const isDue = isLast ? this.#journal.isStale(bytes) : this.#journal.isWasteful(bytes);
    if (isDue) this.#journal.tidy(this.#lines());
  }

  #note(room: NameKey, draft: Draft | null): void {
    // Behind the others: where one had to go for another, the lines keep that order.
    this.#changes.delete(room);
    this.#changes.set(room, draft);
    this.#set(room, draft);
  }

  #set(room: NameKey, draft: Draft | null): void {
    this.#liveBytes -= this.#entries.get(room)?.bytes ?? 0;
    this.#entries.delete(room);
    if (draft === null) return;
    const bytes = Buffer.byteLength(lineOf(room, draft)) + 1;
    this.#entries.set(room, { draft, bytes });
    this.#liveBytes += bytes;
  }

  *#lines(): Iterable<string> {
    for (const [room, { draft }] of this.#entries) yield lineOf(room, draft);
  }
}

function lineOf(room: NameKey, draft: Draft | null): string {
  return JSON.stringify(draft === null ? { clear: room } : { room, ...draft });
}

function isSame(one: Draft | null, other: Draft | null): boolean {
  const [before, after] = [one?.compose, other?.compose];
  const isText = one?.text === other?.text && one?.caret === other?.caret;
  const isPlace = before?.seq === after?.seq && before?.epoch === after?.epoch;
  return isText && isPlace && before?.kind === after?.kind;
}

/** Never cut between the halves of a character. */
function bounded({ text, caret, compose }: Draft): Draft {
  const cut = text.length > draftUnitsMax ? text.slice(0, draftUnitsMax) : text;
  const isSplit = cut.length < text.length && /[\ud800-\udbff]$/.test(cut);
  const stored = isSplit ? cut.slice(0, -1) : cut;
  const place = { text: stored, caret: Math.max(0, Math.min(caret, stored.length)) };
  return compose === undefined ? place : { ...place, compose };
}
