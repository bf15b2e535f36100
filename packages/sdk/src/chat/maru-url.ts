// The address of a server and room, as people write it: maru://host:port/room.
// Owns its syntax only; whether the room's name is allowed is the protocol's to judge.

import { localError } from "../base/maru-error.ts";
import { checkPort } from "../transport/dialer-of.ts";

export const defaultPort = 7667;

export interface MaruAddress {
  readonly host: string;
  readonly port: number;
  /** Absent when the address ends at the host. */
  readonly room?: string;
}

const formText = "This is not an address of the form maru://host:port/room.";

/**
 * Parses `maru://host[:port][/room]`; the room may be written plainly or percent-encoded.
 *
 * Throws MaruError `invalid_url` saying which part is wrong.
 */
export function parseMaruUrl(url: string): MaruAddress {
  const match = /^maru:\/\/(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+)(?::(\d+))?(?:\/([^?#\s]*))?$/i.exec(
    url,
  );
  if (match === null) throw localError("invalid_url", formText, url);
  const [, host = "", portText, roomText = ""] = match;
  const port = portText === undefined ? defaultPort : Number(portText);
  checkPort(port, url);
  const room = decodeRoom(roomText.replace(/\/$/, ""));
  const bare = host.startsWith("[") ? host.slice(1, -1) : host;
  return { host: bare, port, ...(room !== "" && { room }) };
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
