// Which kinds of tasks fail: told once when one begins to, and once when it works again, however
// often it is tried in between.

import type { LogTaskKind, LogTaskOutcome } from "./log-tasks.ts";

type Failure = Extract<LogTaskOutcome, { ok: false }>;
type Report = (level: "info" | "error", event: string, fields: Record<string, string>) => void;

export class TaskHealth {
  readonly #report: Report;
  readonly #failing = new Set<LogTaskKind>();

  constructor(report: Report) {
    this.#report = report;
  }

  failed(task: LogTaskKind, { code, why }: Pick<Failure, "code" | "why">): void {
    if (this.#failing.has(task)) return;
    this.#failing.add(task);
    this.#report("error", "storage.task-failed", { task, code, why });
  }

  answered(task: LogTaskKind): void {
    if (this.#failing.delete(task)) this.#report("info", "storage.task-recovered", { task });
  }
}
