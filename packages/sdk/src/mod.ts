// The SDK's public surface for any protocol.

export { type AnyCode, type LocalErrorCode, localErrors, MaruError } from "./base/maru-error.ts";
export { dialTcp, type TcpPlace } from "./transport/tcp.ts";
export type { Dialer, Transport, TransportHandlers } from "./transport/transport.ts";
