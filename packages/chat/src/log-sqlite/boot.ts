// Which start of this machine it is: a log that was left open in another one may have lost its tail.

import { readFileSync } from "node:fs";
import { uptime } from "node:os";

const linuxBootId = "/proc/sys/kernel/random/boot_id";
/** Where there is no such id, the time of the boot stands for one; clocks are set by seconds. */
const clockSlackMs = 60_000;

export function bootId(): string {
  try {
    return readFileSync(linuxBootId, "utf8").trim();
  } catch {
    return String(Math.round((Date.now() - uptime() * 1000) / clockSlackMs));
  }
}
