// What the disk alone takes for a tick: some bytes, and the word that they are there. No log can
// commit faster, so the hub's figures with fsync mean little without it.

import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createScratchDir } from "../harness/places.ts";
import { type Latencies, latenciesOf } from "../harness/statistics.ts";

const writes = 500;
/** About what a tick of 64 short messages is in the write-ahead log. */
export const floorBytes = 16_384;

/** Over and over the same place, as in a write-ahead log that has its size. */
export function measureDiskFloor(): Latencies {
  const directory = createScratchDir();
  const file = openSync(join(directory.path, "floor"), "w");
  const bytes = Buffer.alloc(floorBytes, 1);
  const timings = Array.from({ length: writes }, () => {
    const beganMs = performance.now();
    writeSync(file, bytes, 0, bytes.length, 0);
    fdatasyncSync(file);
    return performance.now() - beganMs;
  });
  closeSync(file);
  directory.remove();
  return latenciesOf(timings);
}
