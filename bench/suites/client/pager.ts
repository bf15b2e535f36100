// Holds Page Up down while somebody types, and counts what of the past came to stand on the screen.

import type { Faults } from "./faults.ts";
import type { Seat } from "./seat.ts";
import { stampsIn } from "./stamps.ts";

const pageUp = "\x1b[5~";
/** As a key that is held down repeats. */
const perSecond = 30;
/** Of the pages that were asked for, a screen of new messages each at the most. */
const seenMin = 1_000;

export interface Pager {
  stop(): void;
  /** Messages that stood on the screen, each once. */
  readonly seen: number;
  /** Without so much paged, the typing was not beside any paging. */
  faults(): Faults;
}

export function pressPageUp(seat: Seat): Pager {
  const seen = new Set<string>();
  const stopWatching = seat.onFrame(() => {
    for (const { talker, sequence } of stampsIn(seat.rows)) seen.add(`${talker} ${sequence}`);
  });
  const timer = setInterval(() => seat.type(pageUp), 1_000 / perSecond);
  return {
    stop() {
      clearInterval(timer);
      stopWatching();
    },
    get seen() {
      return seen.size;
    },
    faults: () => ({ "pages not shown": seen.size < seenMin ? 1 : 0 }),
  };
}
