// The SDK's public surface: connect and open, the client, its events and errors.

export type { Clock } from "@maru/protocol";
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
export { type AnyCode, ChatError, type LocalErrorCode, localErrors } from "./chat-error.ts";
export type { Client } from "./client.ts";
export { createCids } from "./command/cid.ts";
export type { ReplyTo, Unsent } from "./command/request.ts";
export type { InboxRoom, Sent } from "./commands.ts";
export { connect } from "./connect.ts";
export type {
  ClientEvent,
  JoinedEvent,
  LeftEvent,
  ResetEvent,
  StateEvent,
} from "./event/events.ts";
export type { BackoffPolicy } from "./link/backoff.ts";
export type { Welcome } from "./link/greeting.ts";
export type { ClientState } from "./link/lifecycle.ts";
export { type Dial, dialTcp, type Transport, type TransportHandlers } from "./link/transport.ts";
export { defaultPort, formatMaruUrl, type MaruAddress, parseMaruUrl } from "./maru-url.ts";
export { open } from "./open.ts";
export type { ConnectOptions } from "./options.ts";
export { roomKey } from "./room/rooms.ts";
