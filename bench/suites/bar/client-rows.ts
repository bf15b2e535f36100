// The rows about the full-screen client: its start, what it keeps in memory, a key's echo while
// others talk.

import {
  barRate,
  clientBars,
  growthFrom,
  growthTo,
  requireSound,
} from "../client/client-tables.ts";
import { type ClientEcho, quietLoad, talkLoad } from "../client/measure-echo.ts";
import type { ClientMemory, ClientStart } from "../client/measure-process.ts";
import { clientEchoSteps, clientMemorySteps, clientStartSteps } from "../client.ts";
import { type BarRow, barRow } from "./row.ts";
import { startsOf } from "./server-rows.ts";

const start = barRow<ClientStart>("from spawning the client to its first frame", ({ extent }) => ({
  steps: clientStartSteps(startsOf(extent.isQuick)),
  bars: clientBars,
}));

const memory = barRow<ClientMemory>("memory of the client after many messages", (scene) => ({
  steps: clientMemorySteps(scene.programs.load, {
    rounds: scene.extent.rounds,
    messages: [growthFrom, growthTo],
  }),
  bars(measured) {
    requireSound(measured);
    return clientBars(measured);
  },
}));

const echo = barRow<ClientEcho>("echo of a key in the client, while others talk", (scene) => ({
  steps: clientEchoSteps(scene.programs.load, {
    rounds: scene.extent.rounds,
    keys: scene.extent.isQuick ? 60 : 200,
    loads: [quietLoad, talkLoad(barRate)],
  }),
  bars(measured) {
    requireSound(measured);
    return clientBars(measured);
  },
}));

export const clientRows = {
  "client-start": start,
  "client-memory": memory,
  "client-echo": echo,
} satisfies Record<string, BarRow>;
