// The chapter's first server as a service: print what came, send it back, as often as it comes.

import type { CreateService } from "@maru/core";
import type { BytesMessage, ClientMessage, ServerMessage } from "@maru/protocol";
import type { echoProtocol } from "./echo-protocol.ts";

type Echo = typeof echoProtocol;

export const createEcho: CreateService<ClientMessage<Echo>, ServerMessage<Echo>> = (port) => ({
  open: () => {},
  close: () => {},
  message(session, { id, text }) {
    process.stdout.write(`${text}\n`);
    port.reply(session, { type: "said", re: id, text });
  },
});

/** The same without frames: bytes in, the same bytes out. */
export const createRawEcho: CreateService<BytesMessage, BytesMessage> = (port) => ({
  open: () => {},
  close: () => {},
  message(session, { bytes }) {
    process.stdout.write(bytes);
    port.reply(session, { type: "bytes", bytes });
  },
});
