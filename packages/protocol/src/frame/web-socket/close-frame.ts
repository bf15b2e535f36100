// The frame that ends a WebSocket (RFC 6455, 5.5.1 and 7.4): its codes, how it is written, and how a
// peer's is judged. Owns which of our closes has which code.

import type { CloseReason } from "../../system-messages.ts";
import { controlBytesMax, controlFrame, opcode, payloadOf } from "./server-frames.ts";

/** What the framing itself closes with; the standard's codes. */
export const closeCode = {
  normal: 1000,
  protocolError: 1002,
  /** Something other than text. */
  unsupportedData: 1003,
  /** Text that is not UTF-8. */
  invalidText: 1007,
  tooBig: 1009,
} as const;

/** What the protocol's own closes have, by what they say of coming back; codes for private use. */
export const closeCodeOf: Readonly<Record<CloseReason["reconnect"], number>> = {
  never: 4000,
  backoff: 4001,
  now: 4002,
};

const codeBytes = 2;
const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The whole frame; without a code it says nothing. A reason of more than 123 bytes is cut at a
 * character, since a control frame holds no more.
 */
export function closeFrame(code: number | null, reason = ""): Uint8Array {
  if (code === null) return controlFrame(opcode.close, new Uint8Array(0));
  const payload = new Uint8Array(controlBytesMax);
  payload[0] = code >>> 8;
  payload[1] = code;
  // encodeInto never writes a part of a character.
  const { written } = textEncoder.encodeInto(reason, payload.subarray(codeBytes));
  return controlFrame(opcode.close, payload.subarray(0, codeBytes + written));
}

/** What the protocol's `close` says, for words of another form. */
export interface SaidClose {
  /** For a close frame. */
  readonly code: number;
  readonly text: string;
  /** One sentence for a person; null where the protocol has said nothing. */
  readonly reason: string | null;
  /** The peer was too slow to say something. */
  readonly isTimeout: boolean;
}

/** `frame` is a server's frame with the protocol's `close`, or empty. */
export function saidBy(frame: Uint8Array): SaidClose {
  const { code, reason, reconnect } = readClose(frame);
  if (code === undefined || reason === undefined || reconnect === undefined) {
    return { code: closeCode.normal, text: "", reason: null, isTimeout: false };
  }
  return {
    code: closeCodeOf[reconnect] ?? closeCode.normal,
    text: `${code}: ${reason}`,
    reason,
    isTimeout: code.endsWith("_timeout"),
  };
}

function readClose(frame: Uint8Array): Partial<CloseReason> {
  if (frame.length === 0) return {};
  try {
    return JSON.parse(textDecoder.decode(payloadOf(frame))) as CloseReason;
  } catch {
    // A protocol whose messages are not JSON says it in its own words alone.
    return {};
  }
}

/** What a peer's close frame says: its code (null: none); or why it is none, and the code for that. */
export interface PeerClose {
  readonly code: number | null;
  readonly fault: string | null;
}

export function readPeerClose(payload: Uint8Array): PeerClose {
  if (payload.length === 0) return { code: null, fault: null };
  const code = ((payload[0] as number) << 8) | (payload[1] ?? 0);
  if (payload.length < codeBytes || !mayBeSent(code)) {
    return { code: closeCode.protocolError, fault: "a close frame has no valid code" };
  }
  try {
    textDecoder.decode(payload.subarray(codeBytes));
  } catch {
    return { code: closeCode.invalidText, fault: "a close frame's reason is not UTF-8" };
  }
  return { code, fault: null };
}

/** Those that are defined and not reserved, and those that are free to use. */
function mayBeSent(code: number): boolean {
  if (code >= 3000) return code <= 4999;
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
}
