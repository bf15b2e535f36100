// The SDK's public surface for any protocol: connect, the client, its errors, the ways to a server.
// What is the chat's is `@maru/sdk/chat`.

export { dialTcp } from "#tcp";
export { type AnyCode, type LocalErrorCode, localErrors, MaruError } from "./base/maru-error.ts";
export type { CommandBody } from "./base/message.ts";
export type {
  AnyReply,
  CallName,
  CallOptions,
  Client,
  ClientEvent,
  StateEvent,
  UnknownEvent,
  Welcome,
} from "./client.ts";
export { connect } from "./connect.ts";
export type {
  AnyConnectOptions,
  ConnectOptions,
  Greeting,
  GreetingFields,
} from "./connect-options.ts";
export type { BackoffPolicy } from "./link/backoff.ts";
export type { LinkState } from "./link/lifecycle.ts";
export type { ClientOptions } from "./settings.ts";
export type { Address } from "./transport/dialer-of.ts";
export type { TcpPlace } from "./transport/tcp.ts";
export type { Dialer, Transport, TransportHandlers } from "./transport/transport.ts";
export {
  dialWebSocket,
  type WebSocketClass,
  type WebSocketOptions,
} from "./transport/web-socket.ts";
