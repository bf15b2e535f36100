// The chat's side of the SDK: connectChat and openChat, the client, its events and errors.

export type { Clock } from "@maru/protocol";
export { type AnyCode, type LocalErrorCode, localErrors, MaruError } from "../base/maru-error.ts";
export type { BackoffPolicy } from "../link/backoff.ts";
export type {
  CallOptions,
  EntryOptions,
  HistoryOptions,
  JoinOptions,
  PageOptions,
  ReactOptions,
  RedactOptions,
  SearchQuery,
  SendOptions,
  TypingOptions,
} from "./call-options.ts";
export type { ChatClient } from "./chat-client.ts";
export type {
  ChatClientEvent,
  ChatClientState,
  JoinedEvent,
  LeftEvent,
  ResetEvent,
  StateEvent,
} from "./chat-client-events.ts";
export type { Welcome } from "./chat-greeter.ts";
export type { ChatClientOptions } from "./chat-options.ts";
export { createCids } from "./cid.ts";
export type { ReplyTo, Unsent } from "./command-rules.ts";
export type { InboxRoom, Sent } from "./commands.ts";
export { connectChat, openChat } from "./connect-chat.ts";
export { defaultPort, formatMaruUrl, type MaruAddress, parseMaruUrl } from "./maru-url.ts";
export { roomKey } from "./room/rooms.ts";
