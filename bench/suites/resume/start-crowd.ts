// Starts the crowd's process and talks to it. Owns the process until it is told to end.

import { adoptChild, endChild } from "../../harness/children.ts";
import { benchDir } from "../../harness/places.ts";
import { readLines } from "../../harness/read-lines.ts";
import type { CrowdOrder, CrowdReport } from "./crowd-orders.ts";

const graceMs = 2_000;

export interface Crowd {
  /** Resolves when it is done, or has given up after a minute. */
  tell(order: CrowdOrder): Promise<CrowdReport>;
  end(): Promise<number>;
}

export function startCrowd(clients: number, rooms: number): Crowd {
  const child = adoptChild(
    Bun.spawn([process.execPath, `${benchDir}/suites/resume/crowd.ts`, `${clients}`, `${rooms}`], {
      stdin: "pipe",
      stdout: "pipe",
      stderr: "inherit",
    }),
  );
  const lines = readLines(child.stdout);
  return {
    async tell(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      await child.stdin.flush();
      const { value, done } = await lines.next();
      if (done === true) throw new Error("the crowd ended without a word");
      return JSON.parse(value) as CrowdReport;
    },
    end: () => endChild(child, graceMs),
  };
}
