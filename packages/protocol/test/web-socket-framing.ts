// The WebSocket framing as the tests of this package have it: one path, one origin, one subprotocol.

import type { Framing, PayloadDecoder } from "../src/frame/framing.ts";
import { upgradeRequestBytesMax, webSocketFraming } from "../src/frame/web-socket/web-socket.ts";
import { bytesOf } from "./bytes.ts";
import { upgradeRequest } from "./web-socket-client.ts";

export const createWebSocket = (requestBytesMax = upgradeRequestBytesMax): Framing =>
  webSocketFraming({
    path: "/ws",
    origins: ["https://chat.example"],
    subprotocol: "chat.v1",
    requestBytesMax,
    sha1Base64: (text) => new Bun.CryptoHasher("sha1").update(text).digest("base64"),
  });

/** A decoder whose upgrade is done, and its answer taken. */
export function openDecoder(
  payloadBytesMax: number,
  { keepReply = false }: { keepReply?: boolean } = {},
): PayloadDecoder {
  const decoder = createWebSocket().createDecoder(payloadBytesMax);
  decoder.push(bytesOf(upgradeRequest()));
  decoder.next();
  if (!keepReply) decoder.takeReply();
  return decoder;
}
