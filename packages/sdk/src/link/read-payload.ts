// A payload of the server, read: a message of the protocol, one that a newer server says, or nothing
// that could be read. Owns no bytes, throws for nothing that a server can send.

import type { Protocol } from "@maru/protocol";
import type { ServerSaid } from "../base/message.ts";

export type ReadPayload =
  /** `isKnown` false: the protocol has no such type, and the message is as it came. */
  | { readonly message: ServerSaid; readonly isKnown: boolean; readonly problem?: undefined }
  /** `isKnown`: it has a type of the protocol, and breaks its rule; `problem` in words. */
  | { readonly message: null; readonly isKnown: boolean; readonly problem: string };

const textDecoder = new TextDecoder();

/** A newer server may say more than the protocol knows; what is known must be well-formed. */
export function readPayload(protocol: Protocol, payload: Uint8Array): ReadPayload {
  const decoded = protocol.server.decode(payload);
  if (decoded.ok) return { message: decoded.message, isKnown: true };
  const { code, field, message } = decoded.fault;
  if (code === "malformed") return { message: null, isKnown: false, problem: message };
  if (code === "unknown_type") {
    return { message: JSON.parse(textDecoder.decode(payload)) as ServerSaid, isKnown: false };
  }
  const problem = field === undefined ? message : `${field}: ${message}`;
  return { message: null, isKnown: true, problem };
}
