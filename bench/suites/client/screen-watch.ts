// Looks at every frame of the client: how old its newest message is, and whether a message that
// should stand between two others is not there.

import { generatorClockOffsetMs } from "./monotonic-clock.ts";
import type { Seat } from "./seat.ts";
import { holesIn, stampsIn } from "./stamps.ts";

export interface Watched {
  /** Of each frame's newest message, from when it was due until the frame was read. */
  readonly agesMs: readonly number[];
  readonly holes: number;
}

/** Ends the watch and tells. */
export function watchScreen(seat: Seat): () => Watched {
  const offsetMs = generatorClockOffsetMs();
  const agesMs: number[] = [];
  let holes = 0;
  const stop = seat.onFrame((atMs) => {
    const stamps = stampsIn(seat.rows);
    const dueMs = stamps.at(-1)?.dueMs;
    if (dueMs !== undefined) agesMs.push(atMs + offsetMs - dueMs);
    holes += holesIn(stamps);
  });
  return () => {
    stop();
    return { agesMs, holes };
  };
}
