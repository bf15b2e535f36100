// Waits until a server has done what it does of its own accord: checking, indexing, tidying.

import { cpuSeconds } from "./process-usage.ts";

const lookMs = 500;
/** Of one core, in the last look. */
const quietShare = 0.05;
const waitMsMax = 300_000;

/** Seconds that it took; throws when the process is still at work after five minutes. */
export async function untilQuiet(pid: number): Promise<number> {
  const beganMs = performance.now();
  let used = cpuSeconds(pid);
  while (performance.now() - beganMs < waitMsMax) {
    await Bun.sleep(lookMs);
    const now = cpuSeconds(pid);
    if ((now - used) * 1000 < lookMs * quietShare) return (performance.now() - beganMs) / 1000;
    used = now;
  }
  throw new Error("the server does not come to rest");
}
