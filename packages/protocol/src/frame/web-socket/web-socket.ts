// WebSocket as a framing, a server's side: what a page in a browser can speak. A message is a text
// frame; the connection begins with a request of HTTP and ends with a close frame behind the protocol's
// own `close`. Compression is left out: its memory for one connection would hold a hundred idle ones.

import type { Framing } from "../framing.ts";
import {
  encodeServerFrame,
  nextServerBoundary,
  serverFrameBytesBound,
  serverHeaderBytesMax,
} from "./server-frames.ts";
import type { UpgradeSettings } from "./upgrade.ts";
import { WebSocketDecoder } from "./web-socket-decoder.ts";

export type { UpgradeSettings } from "./upgrade.ts";

/** Bytes of a request for an upgrade, unless it is given: what servers of HTTP allow. */
export const upgradeRequestBytesMax = 8_192;

/**
 * The framing for one place (`path`) and the pages that may come there (`origins`). Payloads are text in
 * UTF-8. Closes have the standard's code where the framing was broken; else 4000, 4001 or 4002, for
 * `reconnect` "never", "backoff" and "now", and the close's code and sentence as their reason.
 */
export function webSocketFraming(settings: UpgradeSettings): Framing {
  return {
    headerBytesMax: serverHeaderBytesMax,
    createDecoder: (payloadBytesMax) => new WebSocketDecoder(payloadBytesMax, settings),
    bytesBound: serverFrameBytesBound,
    encodeInto: encodeServerFrame,
    nextBoundary: nextServerBoundary,
  };
}
