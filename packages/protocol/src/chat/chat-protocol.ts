// The chat protocol, version 1: commands with their replies, and events, put together.

import type {
  CommandMessage,
  CommandName,
  EventMessage,
  ReplyMessage,
  ReplyName,
} from "../define/definition.ts";
import {
  type ClientMessage,
  type DefinitionOf,
  defineProtocol,
  type ServerMessage,
} from "../define-protocol.ts";
import type { PingCommand, PongReply } from "../system-messages.ts";
import * as commands from "./commands.ts";
import { eventsByType } from "./events.ts";
import * as replies from "./replies.ts";

export const chatVersion = 1;

export const chatProtocol = defineProtocol({
  name: "maru-chat",
  version: chatVersion,
  greeting: "hello",
  commands: {
    hello: { in: commands.Hello, reply: "welcome", out: replies.Welcome },
    join: { in: commands.Join, reply: "joined", out: replies.Joined },
    leave: { in: commands.Leave, reply: "left", out: replies.Left },
    send: { in: commands.Send, reply: "sent", out: replies.Sent },
    edit: { in: commands.Edit, reply: "sent", out: replies.Sent },
    redact: { in: commands.Redact, reply: "sent", out: replies.Sent },
    react: { in: commands.React, reply: "sent", out: replies.Sent },
    nick: { in: commands.Nickname, reply: "renamed", out: replies.Renamed },
    topic: { in: commands.Topic, reply: "sent", out: replies.Sent },
    who: { in: commands.Who, reply: "members", out: replies.Members },
    rooms: { in: commands.Rooms, reply: "directory", out: replies.Directory },
    history: { in: commands.History, reply: "page", out: replies.Page },
    search: { in: commands.Search, reply: "page", out: replies.Page },
    mark: { in: commands.Mark, reply: "marked", out: replies.Marked },
    inbox: { in: commands.Inbox, reply: "conversations", out: replies.Conversations },
    typing: { in: commands.Typing, reply: "noted", out: replies.Noted },
  },
  events: eventsByType,
});
export type ChatProtocol = typeof chatProtocol;
export type ChatDefinition = DefinitionOf<ChatProtocol>;
export type ChatClientMessage = ClientMessage<ChatProtocol>;
export type ChatServerMessage = ServerMessage<ChatProtocol>;

type Named = CommandName<ChatDefinition>;
/** Types of what a client may ask, `ping` included. */
export type CommandType = Named | "ping";
/** The command of one type: `CommandOf<"send">`. */
export type CommandOf<T extends CommandType> =
  | (T extends Named ? CommandMessage<ChatDefinition, T> : never)
  | (T extends "ping" ? PingCommand : never);
export type Command = CommandOf<CommandType>;

/** Types of what answers a command that succeeded, `pong` included. */
export type ReplyType = ReplyName<ChatDefinition, Named> | "pong";
export type Reply = ReplyMessage<ChatDefinition, Named> | PongReply;
export type ReplyOf<T extends ReplyType> = Extract<Reply, { type: T }>;

export type ChatEvent = EventMessage<ChatDefinition>;
