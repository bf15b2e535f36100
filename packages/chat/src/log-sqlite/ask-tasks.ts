// Asking the other threads, and what becomes of it when they can't answer.

import type { RefusalCode } from "../room-log.ts";
import type { LogTask, LogTaskKind, LogTaskOutcome, LogTaskTypes } from "./log-tasks.ts";

/** Why there is no answer, and when to ask again; milliseconds. */
export interface Unanswered {
  readonly code: RefusalCode;
  readonly retryAfterMs: number;
}

/** Until the queue is expected to have moved on. */
const busyRetryMs = 250;
const failedRetryMs = 1_000;

export type Answered<K extends LogTaskKind> =
  | { readonly ok: true; readonly answer: LogTaskTypes[K]["answer"] }
  | ({ readonly ok: false } & Unanswered);

/** `onDamage` is told of damage; the asker is only told that there is no answer. */
export async function ask<K extends LogTaskKind>(
  run: (task: LogTask) => Promise<LogTaskOutcome>,
  kind: K,
  question: LogTaskTypes[K]["question"],
  onFailure: (failure: Extract<LogTaskOutcome, { ok: false }>) => void,
): Promise<Answered<K>> {
  try {
    const outcome = await run({ kind, question } as unknown as LogTask);
    if (outcome.ok) return { ok: true, answer: outcome.answer as LogTaskTypes[K]["answer"] };
    onFailure(outcome);
    return { ok: false, code: "storage_unavailable", retryAfterMs: failedRetryMs };
  } catch (error) {
    const isBusy = error instanceof Error && error.name === "TaskBusy";
    if (isBusy) return { ok: false, code: "busy", retryAfterMs: busyRetryMs };
    const why = error instanceof Error ? error.message : String(error);
    onFailure({ ok: false, kind: "failing", code: "thread", why });
    return { ok: false, code: "storage_unavailable", retryAfterMs: failedRetryMs };
  }
}
