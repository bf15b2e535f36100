// For simulations and tests alone: the inner parts of a running server, to be composed over sockets,
// links and a clock that the simulation turns. Not a public interface: it changes when they do.

export { Counters } from "./base/counters.ts";
export type { Connection } from "./connection/connection.ts";
export type { ConnectionSocket } from "./connection/connection-socket.ts";
export type { DownlinkBatch } from "./link/downlink.ts";
export { fromPosted, type PostedUplinkBatch, toPosted } from "./link/uplink.ts";
export { ServiceHost } from "./service/host.ts";
export { Admission, clearAdmission, createAdmissionMemory } from "./shard/admission.ts";
export { Shard, type ShardOptions } from "./shard/shard.ts";
