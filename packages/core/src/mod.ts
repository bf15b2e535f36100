// The engine's public surface: start a server, write a service, hand out tasks. What a thread runs
// stands apart (`@maru/core/shard`, `@maru/core/tasks`), so that it loads no more than it needs.

export { type CounterName, type CounterValues, counterNames } from "./base/counters.ts";
export type { WebSocketOptions } from "./base/framings.ts";
export {
  defaultLimits,
  type EngineLimits,
  outboundBytesMin,
  type RateLimit,
  resolveLimits,
} from "./base/limits.ts";
export type { Log, LogFields, LogLevel } from "./base/log.ts";
export { outputFailedCode, print } from "./base/print.ts";
export type { Handlers, ServiceContext } from "./serve/handlers.ts";
export type { Peer, Room } from "./serve/peer-and-room.ts";
export { Refusal, type RefusalDetails, refuse } from "./serve/refuse.ts";
export { type ServiceOf, serve } from "./serve/serve.ts";
export { type Server, type ServerOptions, type ServerStopOptions, startServer } from "./server.ts";
export type { CreateService, Service, ServicePort, WhenServiceThrows } from "./service/port.ts";
export type { Group, Session } from "./service/session.ts";
export { stopAtSignals } from "./stop-at-signals.ts";
export type {
  ObservedBatch,
  ObservedConnection,
  ShardObserver,
} from "./threads/observed-shard.ts";
export { TaskBusy, TaskFailed, type TaskFailedCode } from "./threads/task-errors.ts";
export {
  startTaskPool,
  type TaskOptions,
  type TaskPool,
  type TaskPoolOptions,
} from "./threads/task-pool.ts";
export type { TaskTurn } from "./threads/task-queue.ts";
