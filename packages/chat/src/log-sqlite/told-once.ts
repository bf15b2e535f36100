// What the operator is told of once when it begins, however often it is seen after that.

import type { LogTaskKind, LogTaskOutcome } from "./log-tasks.ts";

type Report = (
  level: "info" | "warn" | "error",
  event: string,
  fields: Record<string, string | number>,
) => void;
type Failure = Extract<LogTaskOutcome, { ok: false }>;

/** Which kinds of tasks fail: when one begins to, and when it works again. */
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

/** Of a hundred; at the last one no other room can begin. */
const marks = [50, 80, 95, 100] as const;

/** A database that fills up with rooms, of which it can't have any number: at each mark. */
export class RoomsFilling {
  readonly #report: Report;
  #told = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  note({ rooms, max }: { readonly rooms: number; readonly max: number }): void {
    const percent = marks.findLast((mark) => rooms * 100 >= max * mark) ?? 0;
    if (percent <= this.#told) return;
    this.#told = percent;
    if (percent === 100) this.#report("error", "storage.rooms-full", { rooms, max });
    else this.#report("warn", "storage.rooms-filling", { percent, rooms, max });
  }
}
