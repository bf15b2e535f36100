// The engine's public surface: start a server, write a service, be a shard, hand out tasks.

export { type CounterName, type CounterValues, counterNames } from "./base/counters.ts";
export {
  defaultLimits,
  type EngineLimits,
  outboundBytesMin,
  type RateLimit,
  resolveLimits,
} from "./base/limits.ts";
export type { Log, LogFields, LogLevel } from "./base/log.ts";
export { outputFailedCode, print } from "./base/print.ts";
export { type Server, type ServerOptions, startServer } from "./server.ts";
export type { CreateService, Service, ServicePort } from "./service/port.ts";
export type { Group, Session } from "./service/session.ts";
export { stopAtSignals } from "./stop-at-signals.ts";
export { runShard } from "./threads/run-shard.ts";
export { runTasks, type TaskRunner } from "./threads/run-tasks.ts";
export { TaskBusy, TaskFailed } from "./threads/task-errors.ts";
export { startTaskPool, type TaskPool, type TaskPoolOptions } from "./threads/task-pool.ts";
export type { TaskTurn } from "./threads/task-queue.ts";
