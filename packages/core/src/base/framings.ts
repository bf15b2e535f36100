// What a port speaks: the protocol's own framing, and WebSocket where that is switched on. Made where a
// shard or a service starts, of settings that can be posted to a thread.

import { createHash } from "node:crypto";
import {
  type Framing,
  type Protocol,
  upgradeRequestBytesMax,
  webSocketFraming,
} from "@maru/protocol";

/** WebSocket on a listener's own port, for pages in browsers. */
export interface WebSocketOptions {
  /** Where it is; "/ws" unless it is given. */
  readonly path?: string;
  /**
   * The pages that may connect, each as a browser names it (`https://app.example`, with the port where
   * it is not the scheme's); "any": all. Who is no page names none, and may always connect.
   */
  readonly origins: readonly string[] | "any";
  /** Bytes of a request for an upgrade; 8,192 unless given. */
  readonly requestBytes?: number;
}

/** The protocol's own framing first. All threads of a server count them in this order. */
export type Framings = readonly [Framing, ...Framing[]];

/** Throws a TypeError for options that could let no page in, or the wrong ones. */
export function framingsOf(protocol: Protocol, webSocket: WebSocketOptions | null): Framings {
  if (webSocket === null) return [protocol.framing];
  const { path = "/ws", origins, requestBytes = upgradeRequestBytesMax } = webSocket;
  demand(protocol.client.isText, "needs a protocol of text: a WebSocket carries no other");
  demand(/^\/[^\s?#]*$/.test(path), `path "${path}" must begin with "/" and have no query`);
  demand(requestBytes >= requestBytesMin, `requestBytes must be at least ${requestBytesMin}`);
  for (const origin of origins === "any" ? [] : origins) {
    demand(isOrigin(origin), `origins: "${origin}" is none, as https://app.example is`);
  }
  const sha1Base64 = (text: string) => createHash("sha1").update(text).digest("base64");
  const subprotocol = subprotocolOf(protocol);
  const settings = { path, origins, subprotocol, requestBytesMax: requestBytes, sha1Base64 };
  return [protocol.framing, webSocketFraming(settings)];
}

/** What the shortest request of a browser needs, and a little. */
const requestBytesMin = 512;

function demand(holds: boolean, what: string): void {
  if (!holds) throw new TypeError(`listen.webSocket: ${what}`);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** `board.v1`; null where the name has characters that a header's may not have. */
function subprotocolOf({ name, version }: Protocol): string | null {
  const subprotocol = `${name}.v${version}`;
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(subprotocol) ? subprotocol : null;
}
