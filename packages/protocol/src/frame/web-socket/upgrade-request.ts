// The HTTP request that a WebSocket begins with (RFC 6455, 4.2.1), judged as a whole: what is asked
// for, by whom, and whether it may be had. Owns the rules; the bytes are gathered and bounded elsewhere.

import type { UpgradeRefusal } from "./upgrade-answer.ts";

export interface UpgradeRules {
  /** Where the WebSocket is; a query behind it is let pass. */
  readonly path: string;
  /**
   * Pages that may connect, as a browser names them: `https://chat.example`. Who names none is no
   * page, and is not asked.
   */
  readonly origins: readonly string[] | "any";
  /** Chosen if it is among those that the client offers; null: none is. */
  readonly subprotocol: string | null;
}

export interface UpgradeRequest {
  readonly key: string;
  readonly subprotocol: string | null;
}

/** `head` is all up to the empty line, with its line ends, one character a byte. */
export function judgeUpgrade(head: string, rules: UpgradeRules): UpgradeRequest | UpgradeRefusal {
  const [requestLine = "", ...fields] = head.split("\r\n").slice(0, -2);
  const target = /^GET (\/[^\s]*) HTTP\/1\.1$/.exec(requestLine)?.[1];
  if (target === undefined) return refusal(400, "This is no request of HTTP/1.1.");
  const headers = readHeaders(fields);
  if (headers === null) return refusal(400, "A header is broken.");
  if (target.split("?", 1)[0] !== rules.path) return refusal(404, "There is nothing here.");
  return judgeHeaders(headers, rules);
}

/** Values by lower-case name, in order. */
type Headers = ReadonlyMap<string, readonly string[]>;

/** A name, a colon at once, and no control character but tabs: what else is there may hide something. */
const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)$/;

function readHeaders(lines: readonly string[]): Headers | null {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const [, name, value] = headerLine.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    const values = headers.get(name.toLowerCase());
    if (values === undefined) headers.set(name.toLowerCase(), [value.trim()]);
    else values.push(value.trim());
  }
  return headers;
}

function judgeHeaders(headers: Headers, rules: UpgradeRules): UpgradeRequest | UpgradeRefusal {
  if (onlyOf(headers, "host") === null) return refusal(400, "There must be one Host.");
  // The bytes behind the head are frames; a body would be taken for them.
  const lengths = headers.get("content-length") ?? [];
  if (headers.has("transfer-encoding") || lengths.some((length) => length !== "0")) {
    return refusal(400, "This request has no body.");
  }
  const asks =
    listOf(headers, "upgrade").includes("websocket") &&
    listOf(headers, "connection").includes("upgrade");
  if (!asks) return refusal(426, "This is the place of a WebSocket.");
  if (onlyOf(headers, "sec-websocket-version") !== "13") {
    return refusal(426, "The version of WebSocket is 13.");
  }
  const key = onlyOf(headers, "sec-websocket-key");
  if (key === null || !isKey.test(key)) return refusal(400, "The key of a WebSocket is 16 bytes.");
  if (!isWelcome(headers, rules.origins)) return refusal(403, "This origin may not connect.");
  const offered = headers.get("sec-websocket-protocol") ?? [];
  const isOffered = namesIn(offered).includes(rules.subprotocol ?? "");
  return { key, subprotocol: isOffered ? rules.subprotocol : null };
}

/** 16 bytes in base64. */
const isKey = /^[A-Za-z0-9+/]{22}==$/;

function isWelcome(headers: Headers, origins: UpgradeRules["origins"]): boolean {
  if (origins === "any" || !headers.has("origin")) return true;
  return origins.includes(onlyOf(headers, "origin") ?? "");
}

/** Null where there is none, or more than one. */
function onlyOf(headers: Headers, name: string): string | null {
  const [first, ...more] = headers.get(name) ?? [];
  return first === undefined || more.length > 0 ? null : first;
}

const namesIn = (values: readonly string[]) =>
  values.flatMap((value) => value.split(",").map((name) => name.trim()));

const listOf = (headers: Headers, name: string) =>
  namesIn(headers.get(name) ?? []).map((value) => value.toLowerCase());

const refusal = (status: UpgradeRefusal["status"], sentence: string): UpgradeRefusal => ({
  status,
  sentence,
});
