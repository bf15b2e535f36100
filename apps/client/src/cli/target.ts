// Which server and which room a command line means.
// Pure; an address that can't be read is a UsageError, in words for whoever typed it.

import { parseNick, parseRoom } from "@maru/protocol/chat";
import { ChatError, parseMaruUrl } from "@maru/sdk";
import { withScheme } from "../config/name-settings.ts";

export interface Target {
  readonly host: string;
  readonly port: number;
  /** As typed; null when neither the address nor --room names one. */
  readonly room: string | null;
}

/** Whether it is a nick with an @ before it, and no room's name: the conversation with that person. */
export function isPerson(room: string): boolean {
  return /^@[^+]*$/.test(room);
}

/** The command line asks for something that can't be. */
export class UsageError extends Error {}

/**
 * Reads `maru://host:port/room`, `host:port` or `host`; `room` wins over the address's own.
 * `mayBePerson`: the room may be `@nick`.
 */
export function parseTarget(
  address: string,
  room: string | undefined,
  mayBePerson = false,
): Target {
  try {
    const parsed = parseMaruUrl(withScheme(address));
    return { ...parsed, room: checkRoom(room ?? parsed.room ?? null, mayBePerson) };
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    throw new UsageError(`"${address}": ${error.message}`);
  }
}

function checkRoom(room: string | null, mayBePerson: boolean): string | null {
  if (room === null) return null;
  if (mayBePerson && isPerson(room)) return checkPerson(room);
  const bare = room.replace(/^#/, "");
  const parsed = parseRoom(bare);
  if (!parsed.ok) throw new UsageError(`the room "${room}": ${parsed.problem}`);
  return parsed.name;
}

function checkPerson(room: string): string {
  const parsed = parseNick(room.slice(1));
  if (!parsed.ok) throw new UsageError(`the nick "${room.slice(1)}": ${parsed.problem}`);
  return `@${parsed.name}`;
}
