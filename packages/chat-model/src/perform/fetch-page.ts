// A part of a room's log, as it is asked of the server: one page, or the place of a time in it.

import { type ChatClient, MaruError } from "@maru/sdk/chat";
import { itemsOfPage } from "../model/conversation.ts";
import type { Ignored } from "../model/ignoring.ts";
import type { NotPaged, Paged, PageWish, Wanted } from "../model/page.ts";

/** Entries of one page. */
export const pageEntries = 100;

/** What is asked of a room's log. */
export type Log = Pick<ChatClient, "history">;

/** `ignored`: keys of nicks of whom nothing is shown. */
export async function performPage(
  client: ChatClient,
  { room, wanted }: PageWish,
  ignored: Ignored,
): Promise<Paged | NotPaged> {
  try {
    return await fetchPage(client, room, wanted, ignored);
  } catch (error) {
    if (!(error instanceof MaruError)) throw error;
    return { type: "not-paged", room, wanted, message: error.message };
  }
}

/** Rejects with MaruError. */
async function fetchPage(
  client: ChatClient,
  room: string,
  wanted: Wanted,
  ignored: Ignored,
): Promise<Paged> {
  const at = await seqWanted(client, room, wanted);
  const page = await client.history(room, { ...rangeOf(wanted, at), limit: pageEntries });
  const { entries, more, head = 0 } = page;
  const first = entries[0]?.seq;
  const last = entries.at(-1)?.seq;
  const items = itemsOfPage(entries, ignored);
  const ends = first === undefined || last === undefined ? null : { first, last };
  return { type: "paged", room, wanted, items, more, ends, head, at };
}

function rangeOf(wanted: Wanted, at: number | null) {
  switch (wanted.part) {
    case "newest":
      return {};
    case "older":
      return { before: wanted.before };
    case "newer":
      return { after: wanted.after };
    case "around":
    case "at":
      return at === null ? {} : { around: at };
  }
}

function seqWanted(client: ChatClient, room: string, wanted: Wanted): Promise<number | null> {
  if (wanted.part === "around") return Promise.resolve(wanted.seq);
  return wanted.part === "at" ? seqAt(client, room, wanted.atMs) : Promise.resolve(null);
}

/**
 * The first entry that was not before `atMs`, null if there is none. A log is in order of time as far
 * as the server's clock was: where it was set back, the first such entry is found if a quarter of the
 * log, or the last hundred entries that were looked through, has it; else a later one.
 */
export async function seqAt(client: Log, room: string, atMs: number): Promise<number | null> {
  const newest = await client.history(room, { limit: 1 });
  let high = newest.entries.at(-1)?.seq ?? 0;
  // What is looked for is in (low, high], if `found` is not it.
  let low = 0;
  let found: number | null = null;
  while (high - low > pageEntries) {
    const entries = await entriesAt(client, room, quarters(low, high));
    const place = entries.findIndex((entry) => entry !== undefined && entry.at >= atMs);
    const entry = entries[place];
    if (entry === undefined) return found;
    found = entry.seq;
    [low, high] = [entries[place - 1]?.seq ?? low, quarters(low, high)[place] as number];
  }
  while (low < high) {
    const { entries } = await client.history(room, { after: low, limit: high - low });
    const entry = entries.find(({ at }) => at >= atMs);
    if (entry !== undefined && entry.seq <= high) return entry.seq;
    low = entries.at(-1)?.seq ?? high;
  }
  return found;
}

/** The last seq of each quarter of (low, high]. */
function quarters(low: number, high: number): number[] {
  return [1, 2, 3, 4].map((quarter) => low + Math.ceil(((high - low) * quarter) / 4));
}

/** Of each seq the entry, or the first one behind it. */
async function entriesAt(client: Log, room: string, seqs: readonly number[]) {
  const asked = seqs.map((seq) => client.history(room, { after: seq - 1, limit: 1 }));
  return (await Promise.all(asked)).map(({ entries }) => entries[0]);
}
