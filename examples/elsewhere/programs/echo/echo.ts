// A stranger's service: what it speaks, and what it does.

import type { CreateService } from "@maru/core";
import { type ClientMessage, defineProtocol, type ServerMessage } from "@maru/protocol";
import * as z from "zod";

const text = z.string().max(8192);

export const protocol = defineProtocol({
  name: "echo",
  version: 1,
  commands: { say: { in: { text }, reply: "said", out: { text } } },
});

type Echo = typeof protocol;

export const service: CreateService<ClientMessage<Echo>, ServerMessage<Echo>> = (port) => ({
  open: () => {},
  close: () => {},
  message(session, message) {
    const { id: re } = message;
    if (message.type === "ping") return port.reply(session, { type: "pong", re });
    port.reply(session, { type: "said", re, text: message.text });
  },
});
