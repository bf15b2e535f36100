// The engine's public surface: start a server, write a service, be a shard, hand out tasks.

export { type CounterName, type CounterValues, counterNames } from "./counters.ts";
export { defaultLimits, type EngineLimits, type RateLimit, resolveLimits } from "./limits.ts";
export type { Log, LogFields, LogLevel } from "./log.ts";
export { runShard } from "./pool/run-shard.ts";
export { outputFailedCode, print } from "./print.ts";
export { type Server, type ServerOptions, startServer } from "./server.ts";
export type { Group } from "./service/group.ts";
export type { CreateService, Service, ServicePort } from "./service/service-port.ts";
export type { Session } from "./service/session.ts";
export { stopAtSignals } from "./stop-at-signals.ts";
export { runTasks, type TaskRunner } from "./tasks/run-tasks.ts";
export { TaskBusy, TaskFailed } from "./tasks/task-errors.ts";
export { startTaskPool, type TaskPool, type TaskPoolOptions } from "./tasks/task-pool.ts";
export type { TaskTurn } from "./tasks/task-queue.ts";
