// Keeps the log readable, and small, whatever happens again and again: of one kind of event the first
// is told at once, and of those that follow within a while the last one, with how many there were.
// What was told last is then true: a disk that fails and works in turn does not end as "recovered".

import type { Log, LogFields, LogLevel } from "@maru/core";

/** Milliseconds within which an event is told once at once, and once at their end. */
export const quietMs = 60_000;
/** Kinds held back at once; more are told as they come. */
export const heldMax = 1_000;

/** Fields that make two events of a name two kinds: what they are about. */
const subjects = ["shard", "pool", "thread", "task", "percent"] as const;

interface Held {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
  readonly times: number;
}

export interface QuietLog {
  readonly log: Log;
  /** Tells what is held back: also to be called at the end of the process. */
  flush(): void;
}

/** `later` runs something once, after so many milliseconds. */
export function quietLog(tell: Log, later: (ms: number, run: () => void) => void): QuietLog {
  const told = new Set<string>();
  /** In the order in which they last happened. */
  const held = new Map<string, Held>();
  let isOpen = false;

  function open(): void {
    isOpen = true;
    later(quietMs, () => {
      isOpen = false;
      told.clear();
      for (const kind of held.keys()) told.add(kind);
      flush();
      if (told.size > 0) open();
    });
  }

  function flush(): void {
    const last = [...held.values()];
    held.clear();
    for (const { level, event, fields, times } of last) tell(level, event, { ...fields, times });
  }

  function log(level: LogLevel, event: string, fields: LogFields = {}): void {
    const kind = [event, ...subjects.map((name) => fields[name] ?? "")].join(" ");
    const before = held.get(kind);
    if (!told.has(kind) || (before === undefined && held.size >= heldMax)) {
      if (told.size < heldMax) told.add(kind);
      if (!isOpen) open();
      return tell(level, event, fields);
    }
    held.delete(kind);
    held.set(kind, { level, event, fields, times: (before?.times ?? 0) + 1 });
  }

  return { log, flush };
}
