// The terminal's one source of time, so that tests turn the hands themselves.

import { startTimer } from "@maru/protocol";
import type { Clock } from "@maru/sdk";

export type { Clock };

export const processClock: Clock = {
  nowMs: () => performance.now(),
  after: startTimer,
};
