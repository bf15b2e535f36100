// The full-screen client in a pseudo-terminal against the real server: how fast it starts, what it
// keeps in memory, and how soon a key is echoed while others talk.

import { defineBenchmark } from "../harness/benchmark.ts";
import { fixed } from "../harness/numbers.ts";
import { listOf, readWhole, someOf, toggle, whole } from "../harness/options.ts";
import { faultWords } from "../harness/outcome.ts";
import { inRounds, type SharingStep, type Step, sharing } from "../harness/rounds.ts";
import { buildPrograms } from "../servers/programs.ts";
import {
  type ClientMeasurement,
  clientBars,
  clientTables,
  growthTo,
  isSound,
  roomWord,
} from "./client/client-tables.ts";
import {
  type ClientEcho,
  type EchoLoad,
  measureEcho,
  pagedLoad,
  quietLoad,
  talkLoad,
} from "./client/measure-echo.ts";
import {
  type ClientMemory,
  type ClientStart,
  measureClientMemory,
  measureClientStart,
  sayAll,
} from "./client/measure-process.ts";
import { TalkServer } from "./client/talk-server.ts";

/** All of one server: it is the client that begins anew. */
export function clientStartSteps(count: number): Step<ClientStart>[] {
  const open = async () => {
    const server = await TalkServer.open();
    await sayAll(server);
    return server;
  };
  const steps = Array.from(
    { length: count },
    (_, round): SharingStep<TalkServer, ClientStart> => ({
      what: `start ${round + 1}`,
      measure: (server) => measureClientStart(server, round),
      note: ({ firstFrameMs, newestMs }) =>
        `${fixed(firstFrameMs, 0)} ms, newest ${fixed(newestMs, 0)} ms`,
    }),
  );
  return sharing(open, (server) => server.end(), steps);
}

/** What takes long is measured in the first round alone. */
export function clientMemorySteps(
  load: string,
  { rounds, messages }: { readonly rounds: number; readonly messages: readonly number[] },
): Step<ClientMemory>[] {
  return inRounds(rounds, [true, false], (isShown, round) => ({
    what: `memory, ${roomWord(isShown)}`,
    measure() {
      const counts = messages.filter((count) => round === 0 || count <= growthTo);
      return measureClientMemory(load, { round, isShown, counts });
    },
    note({ points, faults }) {
      const megabytes = points.map(({ residentBytes }) => fixed(residentBytes / 1e6, 1));
      return `${megabytes.join(", ")} MB, faults: ${faultWords(faults)}`;
    },
  }));
}

export function clientEchoSteps(
  generator: string,
  plan: { readonly rounds: number; readonly keys: number; readonly loads: readonly EchoLoad[] },
): Step<ClientEcho>[] {
  return inRounds(plan.rounds, plan.loads, (load, round) => ({
    what: `typing, ${load.name}`,
    measure: () => measureEcho(generator, { load, round, keys: plan.keys }),
    note: ({ echo: { p50Ms, p99Ms }, faults }) =>
      `p50 ${fixed(p50Ms, 1)} ms, p99 ${fixed(p99Ms, 1)} ms, faults: ${faultWords(faults)}`,
  }));
}

const parts = ["start", "memory", "echo"] as const;

const options = {
  parts: someOf(`${parts.join(", ")} (default all)`, parts),
  starts: whole("from spawning the client to its first frame and the newest message", 9, {
    min: 1,
    quick: 3,
  }),
  messages: listOf(
    "memory is read after so many; more than 100,000 in the first round alone",
    "1000,100000,1000000",
    (item, name) => readWhole(item, name, 1),
    { quick: "1000,20000" },
  ),
  rates: listOf(
    "messages per second beside which it is typed; 0 = no talk",
    "0,5000,20000",
    (item, name) => readWhole(item, name),
    { quick: "0,5000" },
  ),
  past: whole("messages that are paged up through beside typing; 0 = none", 100_000, { quick: 0 }),
  keys: whole("typed at 20 a second, in each of these", 200, { min: 10, quick: 40 }),
  rounds: whole("of memory and typing", 3, { min: 1, quick: 1 }),
  quick: toggle("one round, few messages and keys"),
};

export const client = defineBenchmark<typeof options, ClientMeasurement>({
  name: "client",
  about: "the full-screen client: start, memory, and a key's echo while others talk",
  answers: `How the full-screen client carries what it is shown: how fast it starts, what many messages leave in
    its memory, and how soon a key is echoed while others talk or the past is paged through. Ends with
    1 when a bar is missed, or a run had faults.`,
  options,
  steps(values) {
    const { load } = buildPrograms();
    const { rounds, keys, past } = values;
    const messages = values.messages.toSorted((a, b) => a - b);
    const talks = values.rates.map((rate) => (rate === 0 ? quietLoad : talkLoad(rate)));
    const loads = past === 0 ? talks : [...talks, pagedLoad(past)];
    const steps = {
      start: () => clientStartSteps(values.starts),
      memory: () => clientMemorySteps(load, { rounds, messages }),
      echo: () => clientEchoSteps(load, { rounds, keys, loads }),
    };
    return values.parts.flatMap((part): Step<ClientMeasurement>[] => steps[part]());
  },
  tables: (rows) => clientTables(rows, "terminal"),
  bars: clientBars,
  isSound: (row) => row.what === "start" || isSound(row),
});
