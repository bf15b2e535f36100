// The clock that the load generator stamps its messages with: Bun's own begins anew with each
// process, so its distance from the system's is read once.

import { dlopen } from "bun:ffi";

const clockMonotonic = 1;

function systemMs(): number {
  const libc = dlopen("libc.so.6", { clock_gettime: { args: ["i32", "ptr"], returns: "i32" } });
  const time = new BigInt64Array(2);
  if (libc.symbols.clock_gettime(clockMonotonic, time) !== 0) throw new Error("no monotonic clock");
  libc.close();
  return Number(time[0]) * 1e3 + Number(time[1]) / 1e6;
}

/** Adds to `performance.now()` what makes it the generator's, in ms. */
export function generatorClockOffsetMs(): number {
  return systemMs() - performance.now();
}
