// The rows about the full-screen client: its start, what it keeps in memory, a key's echo while
// others talk.

import { quietLoad, talkLoad } from "../client/echo-loads.ts";
import { requireSound } from "../client/faults.ts";
import { barRate, growthFrom, growthTo } from "../client/figures.ts";
import { measureClients, measureEchoes, measureMemories } from "../client/measure-rounds.ts";
import { echoBars, memoryBars, startBars } from "../client/summary.ts";
import type { BarRow } from "./row.ts";

const keysOf = (isQuick: boolean): number => (isQuick ? 60 : 200);
const startsOf = (isQuick: boolean): number => (isQuick ? 3 : 9);

const start: BarRow = {
  about: "from spawning the client to its first frame",
  steps: ({ isQuick }) => startsOf(isQuick),
  async measure({ extent, progress, keep }) {
    const measured = await measureClients(startsOf(extent.isQuick), progress);
    keep(measured);
    return startBars(measured);
  },
};

const memory: BarRow = {
  about: "memory of the client after many messages",
  steps: ({ rounds }) => rounds * 2,
  async measure({ programs, extent, progress, keep }) {
    const plan = { rounds: extent.rounds, messages: [growthFrom, growthTo] };
    const measured = await measureMemories(programs.load, plan, progress);
    keep(measured);
    requireSound(measured);
    return memoryBars(measured);
  },
};

const echo: BarRow = {
  about: "echo of a key in the client, while others talk",
  steps: ({ rounds }) => rounds * 2,
  async measure({ programs, extent, progress, keep }) {
    const loads = [quietLoad, talkLoad(barRate)];
    const plan = { rounds: extent.rounds, keys: keysOf(extent.isQuick), loads };
    const measured = await measureEchoes(programs.load, plan, progress);
    keep(measured);
    requireSound(measured);
    return echoBars(measured);
  },
};

export const clientRows = {
  "client-start": start,
  "client-memory": memory,
  "client-echo": echo,
} satisfies Record<string, BarRow>;
