// The test kit's public surface.

export { BytePeer, type BytePeerEvents, type BytePeerOptions, type PeerEnd } from "./byte-peer.ts";
export { Changes } from "./changes.ts";
export { deadlineMsDefault, processTestMs, withDeadline } from "./deadline.ts";
export {
  type FaultProxy,
  type FaultProxyOptions,
  startFaultProxy,
} from "./fault-proxy/fault-proxy.ts";
export { type Direction, type Faults, noFaults } from "./fault-proxy/faults.ts";
export { type ProxyClock, realClock } from "./fault-proxy/pipe-ports.ts";
export type { ProxiedConnection } from "./fault-proxy/proxied-connection.ts";
export {
  FramePeer,
  type FramePeerEvents,
  type FramePeerOptions,
  type Numbered,
  type PeerMessage,
  type ReadFrames,
  readFrames,
  type Wanted,
} from "./frame-peer.ts";
export { FrameServer, type FrameServerOptions } from "./frame-server.ts";
export { type CheckOptions, checkPromises } from "./invariants/check-promises.ts";
export {
  type Acknowledged,
  type Asked,
  type LoggedEntry,
  messageKey,
  type ObserverRecord,
  type ObserverStep,
  type PublisherRecord,
  type RoomLogRecord,
  type RunRecord,
} from "./invariants/run-record.ts";
export {
  describeViolations,
  type Evidence,
  type Violation,
  type ViolationCode,
  violationCodes,
} from "./invariants/violation.ts";
export { type LoggedEvent, LogWatch } from "./log-watch.ts";
export {
  runServerProcess,
  type ServerProcess,
  type ServerProcessOptions,
} from "./run-server-process.ts";
export {
  isGone,
  ScriptedSocket,
  takesAll,
  takesEach,
  takesNothing,
  takesUpTo,
  type WriteScript,
} from "./scripted-socket.ts";
export { announceSeed, SeededRandom } from "./seeded-random.ts";
export { VirtualClock } from "./virtual-clock.ts";
export { WireClient } from "./wire-client.ts";
