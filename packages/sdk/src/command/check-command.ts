// Judges a command before it is written, by the very schemas that the server uses.
// A bad one fails here, with the same code and field, and never costs the connection.

import {
  type ChatClientMessage,
  chatProtocol,
  fitsUtf8,
  type Limits,
  textBytesMax,
} from "@maru/protocol/chat";
import { ChatError } from "../chat-error.ts";
import type { CommandBody } from "./request.ts";

type FrameLimits = Pick<Limits, "textBytes" | "frameBytes">;

/** Of a server that has not told its own yet: what the schemas let pass is far below any frame. */
const protocolLimits: FrameLimits = {
  textBytes: textBytesMax,
  frameBytes: Number.POSITIVE_INFINITY,
};

/** What is wrong with the command, or null; a server may refuse more than it had told by now. */
export function checkCommand(
  body: CommandBody,
  limits: FrameLimits = protocolLimits,
): ChatError | null {
  if ((body.type === "send" || body.type === "edit") && !fitsUtf8(body.text, limits.textBytes)) {
    return invalid("text", `a text is at most ${limits.textBytes} bytes of UTF-8`);
  }
  // JSON keeps an unpaired surrogate as an escape, so the check sees what the server would.
  const payload = Buffer.from(chatProtocol.client.encode({ ...body, id: 1 } as ChatClientMessage));
  if (payload.length > limits.frameBytes) {
    return invalid("text", `the command is longer than a frame of ${limits.frameBytes} bytes`);
  }
  const decoded = chatProtocol.client.decode(payload);
  return decoded.ok ? null : invalid(decoded.fault.field, decoded.fault.message);
}

function invalid(field: string | undefined, message: string): ChatError {
  return new ChatError({ code: "invalid_message", message, retryable: false, field });
}
