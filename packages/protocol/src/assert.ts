// The bug channel: what a wrong program does, as opposed to a wrong peer.

/** Throws when an invariant of ours is broken; never used on anything that a peer can cause. */
export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${invariant}`);
}

/** Ends a switch over a union: a missing case is a type error. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
