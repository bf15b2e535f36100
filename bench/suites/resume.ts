// Resume: thousands of clients lose their connections at once and come back at once. How long until
// all of them have all that they missed, and how often the log was read for it.

import type { Bar } from "../harness/bars.ts";
import { defineBenchmark } from "../harness/benchmark.ts";
import { fixed, grouped } from "../harness/numbers.ts";
import { text, toggle, type Values, whole } from "../harness/options.ts";
import { inRounds } from "../harness/rounds.ts";
import { type Column, column, tableOf } from "../harness/table.ts";
import { measureResume, type Resume } from "./resume/measure-resume.ts";

const options = {
  clients: whole("who drop and come back, spread over the rooms", 10_000, { min: 1 }),
  rooms: whole("that they are in", 100, { min: 1 }),
  messages: whole("said in each room during their absence", 100, { min: 1 }),
  restart: toggle("the server is killed with -9 meanwhile, and started again"),
  rounds: whole("each with a fresh server", 3, { min: 1 }),
  durability: text("fsync or os", "fsync"),
  workers: text("threads that own sockets; auto: as the server's default", "auto"),
};

export type ResumeOptions = Values<typeof options>;

const seconds = (ms: number): string => fixed(ms / 1000, 2);
const only = "terminal";

/** A row for each round. */
export const resumeColumns: readonly Column<Resume>[] = [
  column("round", ({ round }) => String(round + 1), only),
  column("back", ({ returned }) => grouped(returned.complete), only),
  column("half back, s", ({ returned }) => seconds(returned.completed.p50Ms)),
  column("all back, s", ({ returned }) => seconds(returned.completed.maxMs)),
  column("welcomed s", ({ returned }) => seconds(returned.welcomed.maxMs), only),
  column("joined s", ({ returned }) => seconds(returned.joined.maxMs), only),
  column("lost or twice", ({ returned }) => grouped(returned.missing + returned.unexpected)),
  column("not replayed", ({ returned }) => grouped(returned.unrecovered), only),
  column("tries again", ({ returned }) => grouped(returned.retries)),
  column("log reads", ({ logReads }) => grouped(logReads)),
  column("server CPU s", ({ serverCpuSeconds }) => fixed(serverCpuSeconds, 2), only),
  column("crowd CPU s", ({ returned }) => fixed(returned.cpuSeconds, 2), only),
  column("MB max", ({ serverMemory }) => fixed(serverMemory.residentBytesMax / 1e6, 1), only),
];

/** Of the worst round: all have to get back every time. `what` stands before each. */
export function resumeBars(what: string, clients: number, rounds: readonly Resume[]): Bar[] {
  const worst = (read: (of: Resume) => number) => Math.max(...rounds.map(read));
  const backSeconds = worst(({ returned }) => returned.completed.maxMs) / 1000;
  const absent = worst(({ returned }) => clients - returned.complete);
  const wrong = worst(({ returned }) => returned.missing + returned.unexpected);
  return [
    { what: `${what}: the last, worst round`, value: backSeconds, max: 10, unit: "s" },
    { what: `${what}: not back`, value: absent, max: 0, unit: "clients" },
    { what: `${what}: lost or repeated`, value: wrong, max: 0, unit: "messages" },
  ];
}

export const resume = defineBenchmark<typeof options, Resume>({
  name: "resume",
  about: "thousands drop at once, and come back at once to what they missed",
  answers: `How long it takes until thousands who lost their connections at once are back and have all that
    they missed, from a server that still knows them or from one that was killed meanwhile. Ends with 1
    when a bar is missed.`,
  options,
  steps(values) {
    const { clients, rooms, rounds } = values;
    if (clients < rooms) throw new RangeError(`--clients must be a number ≥ ${rooms}`);
    return inRounds(rounds, [values], (plan, round) => ({
      what: `${grouped(clients)} clients`,
      measure: () => measureResume(plan, round),
      note: outcomeLine,
    }));
  },
  tables: (rows, values) => `${describe(values)}\n${tableOf(resumeColumns, rows, "terminal")}`,
  bars: (rows, { clients, rooms }) => [
    ...resumeBars("all back", clients, rows),
    {
      what: "log reads",
      value: Math.max(...rows.map(({ logReads }) => logReads)),
      max: rooms,
      unit: "pages",
    },
  ],
});

function outcomeLine({ returned }: Resume): string {
  const { retries, failures, completed } = returned;
  const why = retries === 0 ? "" : `, ${grouped(retries)} retries: ${JSON.stringify(failures)}`;
  return `back after ${seconds(completed.maxMs)} s${why}`;
}

function describe({ clients, rooms, messages, durability, restart }: ResumeOptions): string {
  const how = restart ? "the server killed and started again" : "the server stays up";
  return `${grouped(clients)} clients in ${grouped(rooms)} rooms, ${grouped(messages)} messages missed in each, ${durability}, ${how}`;
}
