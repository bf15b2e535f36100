// How a benchmark is run: steps in their order, a table a group, bars, the record, and the exit code.

import { expect, test } from "bun:test";
import { type Benchmark, runBenchmark } from "./benchmark.ts";
import { whole } from "./options.ts";
import type { Results } from "./record.ts";

const options = { rounds: whole("", 2) };
type Plan = Benchmark<typeof options, number>;

const step = (value: number, group?: string) => ({
  ...(group === undefined ? {} : { group }),
  what: `step ${value}`,
  measure: async () => value,
});
const plain: Plan = {
  ...{ name: "some", about: "", answers: "", options },
  steps: () => [step(1, "odd"), step(3, "odd"), step(2, "even")],
  tables: (rows) => `table of ${rows.join(" ")}`,
};

async function run(benchmark: Plan) {
  let printed = "";
  const records: Results[] = [];
  const record = (results: Results) => {
    records.push(results);
    return "a file";
  };
  const print = (text: string) => {
    printed += text;
  };
  const code = await runBenchmark(benchmark, { rounds: 2 }, print, record);
  return { code, printed, record: records[0] };
}

test("each group of steps has its title and its table, and every row is recorded", async () => {
  const { code, printed, record } = await run(plain);
  expect(printed).toBe("\nodd\ntable of 1 3\n\neven\ntable of 2\n\nevery measurement: a file\n");
  expect(record).toMatchObject({ benchmark: "some", options: { rounds: 2 } });
  expect(record?.measurements).toEqual([1, 3, 2]);
  expect(code).toBe(0);
});

test("it ends with 1 when a bar is missed, a row is not sound, or all of them are not as they must be", async () => {
  const bar = { what: "w", value: 3, max: 2, unit: "ms" };
  const missed = await run({ ...plain, bars: () => [bar] });
  expect(missed.code).toBe(1);
  expect(missed.printed).toContain("MISSED");
  expect((await run({ ...plain, isSound: (row) => row < 3 })).code).toBe(1);
  expect((await run({ ...plain, isMet: () => false })).code).toBe(1);
});

test("what was put off has its turn, the last first, also when a step throws", async () => {
  const log: string[] = [];
  const failing: Plan = {
    ...plain,
    steps(_, { defer }) {
      defer(() => log.push("first"));
      defer(() => log.push("second"));
      return [{ what: "it", measure: () => Promise.reject(new Error("no server")) }];
    },
  };
  await expect(run(failing)).rejects.toThrow("no server");
  expect(log).toEqual(["second", "first"]);
});
