// The chapter's first server as a service: print what came, send it back, as often as it comes.

import type { CreateService } from "@maru/core";
import type { BytesMessage, ClientMessage, ServerMessage } from "@maru/protocol";
import type { echoProtocol } from "./echo-protocol.ts";

type Echo = typeof echoProtocol;

export const createEcho: CreateService<ClientMessage<Echo>, ServerMessage<Echo>> = (port) => ({
  open: () => {},
  close: () => {},
  message(session, message) {
    const { id: re } = message;
    if (message.type === "ping") return port.reply(session, { type: "pong", re });
    process.stdout.write(`${printable(message.text)}\n`);
    port.reply(session, { type: "said", re, text: message.text });
  },
});

/** The same without frames: bytes in, the same bytes out. */
export const createRawEcho: CreateService<BytesMessage, BytesMessage> = (port) => ({
  open: () => {},
  close: () => {},
  message(session, { bytes }) {
    process.stdout.write(printable(new TextDecoder().decode(bytes)));
    port.reply(session, { type: "bytes", bytes });
  },
});

/** A stranger's text must not steer the terminal that it is printed on. */
function printable(text: string): string {
  return text.replace(/[^\n\t\P{Cc}]/gu, "\ufffd");
}
