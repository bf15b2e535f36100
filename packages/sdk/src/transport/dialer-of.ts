// Which way leads to a server, by what the program was told of it. Pure.

import { dialTcp } from "#tcp";
import { localError } from "../base/maru-error.ts";
import type { Dialer } from "./transport.ts";
import { dialWebSocket } from "./web-socket.ts";

export interface Address {
  /** `ws://…`, `wss://…`, or `tcp://host:port`. Wins over `host` and `port`. */
  readonly url?: string | undefined;
  /** TCP, in Bun and Node; default 127.0.0.1. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Another way; wins over all of these. */
  readonly dialer?: Dialer | undefined;
}

/** Throws MaruError `invalid_url` for what is no address, and in a browser for TCP. */
export function dialerOf({ url, host = "127.0.0.1", port, dialer }: Address): Dialer {
  if (dialer !== undefined) return dialer;
  if (url !== undefined) return isWebSocketUrl(url) ? dialWebSocket(url) : dialTcp(tcpPlace(url));
  if (port === undefined) throw localError("invalid_url", "There is no url and no port.");
  checkPort(port, port);
  return dialTcp({ host, port });
}

export function isWebSocketUrl(url: string): boolean {
  return /^wss?:\/\//i.test(url);
}

/** Throws MaruError `invalid_url` for a number that is no port; `cause` is what named it. */
export function checkPort(port: number, cause: unknown): void {
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return;
  throw localError("invalid_url", "A port is 1 to 65535.", cause);
}

function tcpPlace(url: string): { host: string; port: number } {
  const match = /^tcp:\/\/(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+):(\d+)\/?$/i.exec(url);
  if (match === null) {
    throw localError("invalid_url", "An address is ws://…, wss://… or tcp://host:port.", url);
  }
  const [, host = "", portText] = match;
  const port = Number(portText);
  checkPort(port, url);
  return { host: host.startsWith("[") ? host.slice(1, -1) : host, port };
}
