// What a task pool and one of its threads say to each other. Tasks and answers have no name here:
// they are whatever the two sides of the application agreed on, as structured clones.

/** Given to a thread at its start. */
export interface TaskBoot {
  readonly index: number;
  readonly data: unknown;
}

export type ToTaskThread =
  /** Only after `ready`, and only when the task before has been answered. */
  | { readonly kind: "task"; readonly task: unknown; readonly number: number }
  /** The task of this number is wanted no more; it may have been answered meanwhile. */
  | { readonly kind: "abort"; readonly number: number }
  /** At most once, the last message; may come while a task runs, or before `ready`. */
  | { readonly kind: "stop" };

export type FromTaskThread =
  /** Tasks are welcome. */
  | { readonly kind: "ready" }
  | { readonly kind: "answered"; readonly answer: unknown }
  /** The task threw, or its answer can't be cloned; the thread lives. */
  | { readonly kind: "failed"; readonly message: string };
