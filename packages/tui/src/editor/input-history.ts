// What was sent before, to be had again: by stepping back and forth, and by searching. Pure.
// Owns which entry is shown and what stood in the editor before; the editor itself is another's.

/** Entries kept; the oldest go. */
export const historyMax = 1000;
/** UTF-16 units that all entries hold together. */
export const historyUnitsMax = 1_048_576;

export interface InputHistory {
  /** The oldest first; no entry equals the one before it. */
  readonly entries: readonly string[];
  /** The entry that is shown; null: none. */
  readonly at: number | null;
  /** What stood in the editor before the first entry was shown or the search began. */
  readonly stash: string;
  /** The search under way; `at`: the entry found, null: none. */
  readonly search: { readonly query: string; readonly at: number | null } | null;
}

export interface Recalled {
  readonly history: InputHistory;
  /** The text to show; null: what is shown stays. */
  readonly text: string | null;
}

/** A history of `entries`, the oldest first, with none shown. */
export function emptyHistory(entries: readonly string[] = []): InputHistory {
  const kept = entries.filter((text, at) => text.trim() !== "" && text !== entries[at - 1]);
  return { entries: bounded(kept), at: null, stash: "", search: null };
}

/** The newest entries that are not too many and not too much. */
function bounded(entries: readonly string[]): readonly string[] {
  let units = 0;
  let first = entries.length;
  while (first > 0 && entries.length - first < historyMax) {
    units += entries[first - 1]?.length ?? 0;
    if (units > historyUnitsMax) break;
    first -= 1;
  }
  return entries.slice(first);
}

/** The history with what was sent, and none shown. What was put aside for it stands before it. */
export function remember(history: InputHistory, text: string): InputHistory {
  const entries = withEntry(withEntry(history.entries, history.stash), text);
  return { entries, at: null, stash: "", search: null };
}

function withEntry(entries: readonly string[], text: string): readonly string[] {
  const isNew = text.trim() !== "" && text !== entries.at(-1);
  return isNew ? bounded([...entries, text]) : entries;
}

/** The entry before the one shown; `current` is kept for the way back. */
export function older(history: InputHistory, current: string): Recalled {
  const at = (history.at ?? history.entries.length) - 1;
  const text = history.entries[at];
  if (text === undefined) return { history, text: null };
  const stash = history.at === null ? current : history.stash;
  return { history: { ...history, at, stash }, text };
}

/** The entry after the one shown; after the last, what stood there before. */
export function newer(history: InputHistory): Recalled {
  if (history.at === null) return { history, text: null };
  const at = history.at + 1;
  const text = history.entries[at];
  if (text !== undefined) return { history: { ...history, at }, text };
  return { history: { ...history, at: null, stash: "" }, text: history.stash };
}

/** What draws nothing, as an emoji's selector, makes no difference to who looks for it. */
const undrawn = /\p{Default_Ignorable_Code_Point}/gu;
const folded = (text: string) => text.normalize("NFC").replace(undrawn, "").toLowerCase();

/** The nearest entry that holds `query`, from `from` on in steps of `step`; null: none does. */
function find(history: InputHistory, query: string, from: number, step: -1 | 1): number | null {
  if (query === "") return null;
  const wanted = folded(query);
  for (let at = from; at >= 0 && at < history.entries.length; at += step) {
    if (folded(history.entries[at] ?? "").includes(wanted)) return at;
  }
  return null;
}

export function beginSearch(history: InputHistory, current: string): InputHistory {
  return { ...history, at: null, stash: current, search: { query: "", at: null } };
}

/** The query changed: what is found stays if it still fits, else the next older one that does. */
export function searchFor(history: InputHistory, query: string): InputHistory {
  if (history.search === null) return history;
  const last = history.entries.length - 1;
  const from = query.startsWith(history.search.query) ? (history.search.at ?? last) : last;
  return { ...history, search: { query, at: find(history, query, from, -1) } };
}

/** The next older entry that fits; the same history where there is none. */
export function searchOlder(history: InputHistory): InputHistory {
  return searchOn(history, -1);
}

export function searchNewer(history: InputHistory): InputHistory {
  return searchOn(history, 1);
}

function searchOn(history: InputHistory, step: -1 | 1): InputHistory {
  const { search } = history;
  if (search === null || search.at === null) return history;
  const at = find(history, search.query, search.at + step, step);
  return at === null ? history : { ...history, search: { ...search, at } };
}

/** The entry that the search has found; null: none. */
export function foundText(history: InputHistory): string | null {
  const at = history.search?.at ?? null;
  return at === null ? null : (history.entries[at] ?? null);
}

/** Ends the search with what it found; older and newer go on from there. */
export function acceptSearch(history: InputHistory): Recalled {
  const text = foundText(history);
  const at = text === null ? null : (history.search?.at ?? null);
  return { history: { ...history, at, search: null }, text };
}

/** Ends the search with what stood there before. */
export function cancelSearch(history: InputHistory): Recalled {
  const text = history.search === null ? null : history.stash;
  return { history: { ...history, at: null, stash: "", search: null }, text };
}
