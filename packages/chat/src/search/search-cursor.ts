// A place of a search as it stands in `next` and comes back as `cursor`: opaque to clients, so that it
// may change; with a version, and with what was asked, so that it is refused where it means nothing.
// It names only rooms that the account it is given to was in. Pure.

import type { CommandOf, NameKey } from "@maru/protocol/chat";
import type { Position, SearchPlace } from "./search-place.ts";

const version = 1;

export type ParsedCursor =
  | { readonly ok: true; readonly place: SearchPlace }
  | { readonly ok: false; readonly problem: string };

type Asked = Pick<CommandOf<"search">, "query" | "room" | "from" | "since" | "until" | "before">;

/** The number of a search: those of two that ask for different things differ, but by chance. */
export function searchDigest({ query, room, from, since, until, before }: Asked): number {
  return Bun.hash.crc32(JSON.stringify([query, room, from, since, until, before]));
}

export function formatCursor({ below, scan }: SearchPlace, digest: number): string {
  const fields = [
    version,
    digest,
    below && fieldsOf(below),
    scan && [scan.room, scan.before, scan.to && fieldsOf(scan.to)],
  ];
  return Buffer.from(JSON.stringify(fields), "utf8").toString("base64url");
}

/** The problem reads after "the cursor: …". */
export function parseCursor(cursor: string, digest: number): ParsedCursor {
  const fields = decoded(cursor);
  if (fields?.[0] !== version || fields.length !== 4) {
    return { ok: false, problem: "it is no `next` of this server; search without one" };
  }
  if (fields[1] !== digest) {
    return { ok: false, problem: "it belongs to another search; search without one" };
  }
  const below = fields[2] === null ? null : positionOf(fields[2]);
  const scan = fields[3] === null ? null : scanOf(fields[3]);
  if (below === undefined || scan === undefined) {
    return { ok: false, problem: "it is damaged; search without one" };
  }
  return { ok: true, place: { below, scan } };
}

const fieldsOf = ({ at, room, seq }: Position) => [at, room, seq];

function decoded(cursor: string): unknown[] | null {
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(fields) ? fields : null;
  } catch {
    return null;
  }
}

/** Undefined: it is none. */
function positionOf(fields: unknown): Position | undefined {
  if (!Array.isArray(fields) || fields.length !== 3) return undefined;
  const [at, room, seq] = fields as unknown[];
  if (!isCount(at) || typeof room !== "string" || !isCount(seq)) return undefined;
  return { at, room: room as NameKey, seq };
}

function scanOf(fields: unknown): SearchPlace["scan"] | undefined {
  if (!Array.isArray(fields) || fields.length !== 3) return undefined;
  const [room, before, to] = fields as unknown[];
  if (typeof room !== "string" || !isCount(before)) return undefined;
  const end = to === null ? null : positionOf(to);
  return end === undefined ? undefined : { room: room as NameKey, before, to: end };
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
