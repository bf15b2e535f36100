// A part of a room's log, as it is asked of the server: one page, or the place of a time in it.

import { ChatError, type Client } from "@maru/sdk";
import { itemsOfPage } from "../model/conversation.ts";
import type { Ignored } from "../model/ignoring.ts";
import type { NotPaged, Paged, PageWish, Wanted } from "../model/page.ts";

/** Entries of one page. */
export const pageEntries = 100;
/** Halvings of a log until its entry of a time is found: of 2^53 entries, the largest seq. */
const questionsMax = 53;

/** What is asked of a room's log. */
export type Log = Pick<Client, "history">;

/** `ignored`: keys of nicks of whom nothing is shown. */
export async function performPage(
  client: Client,
  { room, wanted }: PageWish,
  ignored: Ignored,
): Promise<Paged | NotPaged> {
  try {
    return await fetchPage(client, room, wanted, ignored);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    return { type: "not-paged", room, wanted, message: error.message };
  }
}

/** Rejects with ChatError. */
async function fetchPage(
  client: Client,
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

function seqWanted(client: Client, room: string, wanted: Wanted): Promise<number | null> {
  if (wanted.part === "around") return Promise.resolve(wanted.seq);
  return wanted.part === "at" ? seqAt(client, room, wanted.atMs) : Promise.resolve(null);
}

/**
 * The first entry that was not before `atMs`, null if there is none: halving, for the log is in order
 * of time as far as the server's clock was. One entry a question, at most `questionsMax` of them.
 */
export async function seqAt(client: Log, room: string, atMs: number): Promise<number | null> {
  const newest = await client.history(room, { limit: 1 });
  const last = newest.entries.at(-1);
  if (last === undefined) return null;
  // Up to `low` everything was before; behind `high` nothing comes before `found`.
  let low = 0;
  let high = last.seq - 1;
  let found = last.at < atMs ? null : last.seq;
  for (let asked = 0; asked < questionsMax && low < high; asked += 1) {
    const middle = Math.floor((low + high) / 2);
    const { entries } = await client.history(room, { after: middle, limit: 1 });
    const [entry] = entries;
    if (entry === undefined || entry.seq > high) high = middle;
    else if (entry.at < atMs) low = entry.seq;
    else {
      found = entry.seq;
      high = middle;
    }
  }
  return found;
}
