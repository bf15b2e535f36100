// Judges a command before it is written, by the very schemas that the server uses.
// A bad one fails here, with the same code and field, and never costs the connection.

import type { Protocol } from "@maru/protocol";
import { MaruError } from "../base/maru-error.ts";
import type { CommandBody } from "../base/message.ts";

export type CheckedCommand =
  /** `bytes`: of its payload, about. */
  { readonly bytes: number; readonly problem: null } | { readonly problem: MaruError };

const textEncoder = new TextEncoder();

/**
 * What is wrong with the command, or null; a server may refuse more. A command of a type that the
 * protocol does not know is the server's to judge, which may be newer.
 */
export function checkCommand(
  protocol: Protocol,
  body: CommandBody,
  payloadBytesMax: number,
): CheckedCommand {
  return checkMessage(protocol, { ...body, id: 1 }, payloadBytesMax);
}

/** The same of a notice, or of a command with its id. */
export function checkMessage(
  protocol: Protocol,
  message: CommandBody,
  payloadBytesMax: number,
): CheckedCommand {
  // JSON keeps an unpaired surrogate as an escape, so the check sees what the server would.
  const encoded = protocol.client.encode(message);
  const payload = typeof encoded === "string" ? textEncoder.encode(encoded) : encoded;
  if (payload.length > payloadBytesMax) {
    return broken(undefined, `the command is longer than a frame of ${payloadBytesMax} bytes`);
  }
  const decoded = protocol.client.decode(payload);
  if (decoded.ok || decoded.fault.code === "unknown_type") {
    return { bytes: payload.length, problem: null };
  }
  return broken(decoded.fault.field, decoded.fault.message);
}

/** Refused as the server would. */
export function broken(field: string | undefined, message: string): { problem: MaruError } {
  return {
    problem: new MaruError({ code: "invalid_message", message, retryable: false, field }),
  };
}
