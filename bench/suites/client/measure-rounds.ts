// The rounds of each part of the client's benchmark, in turn, a step of the progress each.

import { fixed } from "../../harness/format-number.ts";
import { interleave } from "../../harness/interleave.ts";
import type { Progress } from "../../harness/progress.ts";
import type { EchoLoad } from "./echo-loads.ts";
import { faultWords } from "./faults.ts";
import { growthTo, roomWord } from "./figures.ts";
import { House } from "./house.ts";
import { type ClientEcho, measureEcho } from "./measure-echo.ts";
import { type ClientMemory, measureClientMemory } from "./measure-memory.ts";
import { type ClientStart, furnish, measureClientStart } from "./measure-start.ts";

/** All of one server: it is the client that begins anew. */
export async function measureClients(count: number, progress: Progress): Promise<ClientStart[]> {
  const house = await House.open();
  try {
    await furnish(house);
    const starts: ClientStart[] = [];
    for (let round = 0; round < count; round++) {
      progress.step(`start ${round + 1}`);
      const start = await measureClientStart(house, round);
      starts.push(start);
      progress.note(`${fixed(start.firstFrameMs, 0)} ms, newest ${fixed(start.newestMs, 0)} ms`);
    }
    return starts;
  } finally {
    await house.end();
  }
}

/** What takes long is measured in the first round alone. */
export async function measureMemories(
  load: string,
  { rounds, messages }: { readonly rounds: number; readonly messages: readonly number[] },
  progress: Progress,
): Promise<ClientMemory[]> {
  const measured: ClientMemory[] = [];
  for (let round = 0; round < rounds; round++) {
    const counts = messages.filter((count) => round === 0 || count <= growthTo);
    for (const isShown of interleave([true, false], round)) {
      progress.step(`round ${round + 1}, memory, ${roomWord(isShown)}`);
      const memory = await measureClientMemory(load, { round, isShown, counts });
      measured.push(memory);
      const points = memory.points.map(({ residentBytes }) => fixed(residentBytes / 1e6, 1));
      progress.note(`${points.join(", ")} MB ${faultWords(memory)}`.trim());
    }
  }
  return measured;
}

export async function measureEchoes(
  generator: string,
  plan: {
    readonly rounds: number;
    readonly keys: number;
    readonly loads: readonly EchoLoad[];
  },
  progress: Progress,
): Promise<ClientEcho[]> {
  const measured: ClientEcho[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    for (const load of interleave(plan.loads, round)) {
      progress.step(`round ${round + 1}, typing, ${load.name}`);
      const echo = await measureEcho(generator, { load, round, keys: plan.keys });
      measured.push(echo);
      const { p50Ms, p99Ms } = echo.echo;
      const words = `p50 ${fixed(p50Ms, 1)} ms, p99 ${fixed(p99Ms, 1)} ms ${faultWords(echo)}`;
      progress.note(words.trim());
    }
  }
  return measured;
}
