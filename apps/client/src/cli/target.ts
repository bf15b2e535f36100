// Which server and which room a command line means.
// Pure; an address that can't be read is a UsageError, in words for the person who typed it.

import { isIPv6 } from "node:net";
import { UsageError } from "@maru/command-line";
import { parseNick, parseRoom } from "@maru/protocol/chat";
import { defaultPort, MaruError, parseMaruUrl } from "@maru/sdk/chat";
import { withScheme } from "../settings/name-settings.ts";

export interface Target {
  readonly host: string;
  readonly port: number;
  /** As typed; null when neither the address nor --room names one. */
  readonly room: string | null;
  /** What named the address, for messages: `--server`, `MARU_SERVER`. */
  readonly source?: string;
}

/** Whether it is a nick with an @ before it, and no room's name: the conversation with that person. */
export function isPerson(room: string): boolean {
  return /^@[^+]*$/.test(room);
}

/**
 * Reads `maru://host:port/room`, `host:port` or `host`; `room` wins over the address's own.
 * `mayBePerson`: the room may be `@nick`.
 */
export function parseTarget(
  address: string,
  room: string | undefined,
  source: string,
  mayBePerson = false,
): Target {
  try {
    const parsed = parseMaruUrl(withScheme(address));
    const read = (name: string, from: string) => checkRoom(name, from, mayBePerson);
    if (room !== undefined) return { ...parsed, room: read(room, "--room"), source };
    const named = parsed.room ?? null;
    return { ...parsed, room: named === null ? null : read(named, "the room"), source };
  } catch (error) {
    if (!(error instanceof MaruError)) throw error;
    throw new UsageError(`${source} "${address}": ${error.message}${adviceOn(address)}`);
  }
}

/** Colons without brackets are the address of IPv6 alone. */
function adviceOn(address: string): string {
  const bare = withScheme(address).slice("maru://".length);
  return isIPv6(bare) ? ` Write IPv6 in brackets: [${bare}]:${defaultPort}.` : "";
}

function checkRoom(room: string, source: string, mayBePerson: boolean): string {
  if (mayBePerson && isPerson(room)) return checkPerson(room, source);
  const parsed = parseRoom(room.replace(/^#/, ""));
  if (!parsed.ok) throw new UsageError(`${source} "${room}": ${parsed.problem}`);
  return parsed.name;
}

function checkPerson(room: string, source: string): string {
  const parsed = parseNick(room.slice(1));
  if (!parsed.ok) throw new UsageError(`${source} "${room}": ${parsed.problem}`);
  return `@${parsed.name}`;
}

/** Behind a sentence on a connection that was none: where its address is from, and what to do. */
export function addressAdvice({ source }: Target): string {
  if (source === undefined) return "";
  return ` The address is from ${source}: check it, or start a server there.`;
}
