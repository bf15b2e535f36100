// The test kit's public surface.

export { BytePeer, type BytePeerEvents, type BytePeerOptions, type PeerEnd } from "./byte-peer.ts";
export { withDeadline } from "./deadline.ts";
export { FramePeer, type FramePeerOptions, type PeerMessage, type Wanted } from "./frame-peer.ts";
export { type LoggedEvent, LogWatch } from "./log-watch.ts";
export { type ReadFrames, readFrames } from "./read-frames.ts";
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
