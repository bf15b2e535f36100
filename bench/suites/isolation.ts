// Isolation: what one session can cost the others, command by command, on a server of its own that is
// started as its users do, with nothing set but where it is.

import { defineBenchmark } from "../harness/benchmark.ts";
import { startHelper } from "../harness/children.ts";
import { digits, fixed } from "../harness/numbers.ts";
import { real, someOf, text, type Values, whole } from "../harness/options.ts";
import { groupsOf } from "../harness/outcome.ts";
import { createScratchDir } from "../harness/places.ts";
import { startMaru } from "../harness/server.ts";
import { median, sum } from "../harness/statistics.ts";
import { column, columnsOver, tableOf } from "../harness/table.ts";
import { allAttacks } from "./isolation/attacks.ts";
import { Bystander, type Experienced } from "./isolation/bystander.ts";
import type { Told } from "./isolation/talker.ts";

interface Measurement {
  readonly attack: string;
  readonly round: number;
  readonly alone: Experienced;
  readonly beside: Experienced;
  readonly told: Told;
}

/** What a bystander may wait beside the worst of others, p99, milliseconds. */
const sendMsMax = 50;
const pageMsMax = 100;
const aloneMs = 1_000;

const options = {
  attacks: someOf(
    "a row for each command of the protocol, and some beside (default all)",
    Object.keys(allAttacks),
  ),
  durability: text("of the server", "fsync"),
  workers: text("threads that own sockets", "0"),
  rounds: whole("of all attacks", 1, { min: 1 }),
  seconds: real("of each attack", 3, { min: 0.5 }),
};

type IsolationOptions = Values<typeof options>;

async function measure(
  attack: string,
  round: number,
  { durability, workers, seconds }: IsolationOptions,
): Promise<Measurement> {
  using data = createScratchDir();
  const server = await startMaru({ data: data.path, durability, workers });
  try {
    const bystander = await Bystander.arrive(server.port);
    const program = `${import.meta.dir}/isolation/attack-process.ts`;
    const words = [process.execPath, program, `${server.port}`, attack, `${seconds}`];
    const attackers = startHelper(`the process of "${attack}"`, words);
    await attackers.hear();
    const aloneUntilMs = performance.now() + aloneMs;
    const alone = await bystander.experience(() => performance.now() >= aloneUntilMs);
    let isOver = false;
    await attackers.tell("go");
    const ended = attackers.hear().finally(() => {
      isOver = true;
    });
    const beside = await bystander.experience(() => isOver);
    const told = JSON.parse(await ended) as Told;
    bystander.leave();
    await attackers.end();
    return { attack, round, alone, beside, told };
  } finally {
    await server.stop();
  }
}

type Rounds = readonly Measurement[];

/** By the medians over the rounds of one attack. */
function isWithin(rounds: Rounds): boolean {
  const sends = median(rounds.map(({ beside }) => beside.sends.p99Ms));
  const pages = median(rounds.map(({ beside }) => beside.pages.p99Ms));
  return sends <= sendMsMax && pages <= pageMsMax;
}

const rowsOf = (measurements: Rounds): Rounds[] => groupsOf(measurements, ({ attack }) => attack);

function tables(measurements: Rounds, { seconds }: IsolationOptions): string {
  const { middle } = columnsOver<Rounds, Measurement>((row) => row);
  const refused = ({ told }: Measurement) => sum(Object.values(told.refused));
  const columns = [
    column("attack", ([first]: Rounds) => first?.attack ?? ""),
    middle("taken/s", ({ told }) => told.taken / seconds),
    middle("refused/s", (each) => refused(each) / seconds),
    middle("send p50 ms", ({ beside }) => beside.sends.p50Ms, digits(1)),
    middle("p99", ({ beside }) => beside.sends.p99Ms, digits(1)),
    middle("alone p99", ({ alone }) => alone.sends.p99Ms, digits(1)),
    middle("max", ({ beside }) => beside.sends.maxMs, digits(1)),
    middle("page p50 ms", ({ beside }) => beside.pages.p50Ms, digits(1)),
    middle("p99", ({ beside }) => beside.pages.p99Ms, digits(1)),
    middle("alone p99", ({ alone }) => alone.pages.p99Ms, digits(1)),
    column("", (rounds: Rounds) => (isWithin(rounds) ? "met" : "missed")),
  ];
  return tableOf(columns, rowsOf(measurements), "terminal");
}

export const isolation = defineBenchmark<typeof options, Measurement>({
  name: "isolation",
  about: "what one session can cost the others, command by command, at the default rates",
  answers: `What one session can cost the others: it does its worst, with each command in turn, at a server's
    default rates; a bystander sends a message every 20 ms and asks for an older page every 50 ms. Ends
    with 1 when the bystander had to wait longer than anyone may.`,
  options,
  steps: (values) =>
    Array.from({ length: values.rounds }, (_, round) =>
      values.attacks.map((attack) => ({
        what: `round ${round + 1}, ${attack}`,
        measure: () => measure(attack, round, values),
        note: ({ beside: { sends, pages } }: Measurement) =>
          `send p99 ${fixed(sends.p99Ms, 1)} ms, page p99 ${fixed(pages.p99Ms, 1)} ms`,
      })),
    ).flat(),
  tables,
  isMet: (measurements) => rowsOf(measurements).every(isWithin),
});
