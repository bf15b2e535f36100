// The address of a server and room, as people write it: maru://host:port/room.
// Owns its syntax only; whether the room's name is allowed is the protocol's to judge.

import { localError } from "../base/maru-error.ts";

export const defaultPort = 7667;

export interface MaruAddress {
  readonly host: string;
  readonly port: number;
  /** Absent when the address ends at the host. */
  readonly room?: string;
}

/**
 * Parses `maru://host[:port][/room]`; the room may be written plainly or percent-encoded.
 *
 * Throws MaruError `invalid_url` saying which part is wrong.
 */
export function parseMaruUrl(url: string): MaruAddress {
  const match = /^maru:\/\/(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+)(?::(\d+))?(?:\/([^?#\s]*))?$/i.exec(
    url,
  );
  if (match === null) throw localError("invalid_url", undefined, url);
  const [, host = "", portText, roomText = ""] = match;
  const port = portText === undefined ? defaultPort : Number(portText);
  checkPort(port, url);
  const room = decodeRoom(roomText.replace(/\/$/, ""));
  const bare = host.startsWith("[") ? host.slice(1, -1) : host;
  return { host: bare, port, ...(room !== "" && { room }) };
}

/** Throws MaruError `invalid_url` for a number that is no port; `cause` is what named it. */
export function checkPort(port: number, cause: unknown): void {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return;
  throw localError("invalid_url", "A port is 1 to 65535.", cause);
}

function decodeRoom(text: string): string {
  try {
    return decodeURIComponent(text).normalize("NFC");
  } catch (cause) {
    throw localError("invalid_url", "The room's name is badly percent-encoded.", cause);
  }
}

/** The address as text; `parseMaruUrl` reads it back. */
export function formatMaruUrl({ host, port, room }: MaruAddress): string {
  const authority = host.includes(":") ? `[${host}]` : host;
  return `maru://${authority}:${port}${room === undefined ? "" : `/${room}`}`;
}
