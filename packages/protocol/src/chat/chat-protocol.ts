// The chat protocol, version 1: the schemas of commands, replies and events put together.

import { type ClientMessage, defineProtocol, type ServerMessage } from "../define-protocol.ts";
import { commandSchemas } from "./commands.ts";
import { eventSchemas } from "./events.ts";
import { replySchemas } from "./replies.ts";

export const chatVersion = 1;

export const chatProtocol = defineProtocol({
  name: "maru-chat",
  version: chatVersion,
  greeting: "hello",
  client: commandSchemas,
  server: [...replySchemas, ...eventSchemas],
});
export type ChatProtocol = typeof chatProtocol;
export type ChatClientMessage = ClientMessage<ChatProtocol>;
export type ChatServerMessage = ServerMessage<ChatProtocol>;
