// The search for a limit, and what counts as holding a rate.

import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readValues } from "../../harness/command-line.ts";
import type { Figures } from "../../load/measurement.ts";
import { findLimit, judgeRate, whatGaveOut } from "../limits/find-limit.ts";
import { limits } from "../limits.ts";

describe("the search for a limit", () => {
  const upTo = (limit: number, asked: number[] = []) => {
    return async (rate: number) => {
      asked.push(rate);
      return { rate, holds: rate <= limit };
    };
  };

  test("doubles until it breaks, then halves", async () => {
    const asked: number[] = [];
    const search = { from: 100, rateMax: 10_000, halvings: 2 };
    const { last, broken } = await findLimit(search, upTo(1_050, asked));
    expect(asked).toEqual([100, 200, 400, 800, 1_600, 1_200, 1_000, 1_000]);
    expect([last?.rate, broken?.rate]).toEqual([1_000, 1_200]);
  });

  test("goes down again while a longer look finds that a rate does not hold", async () => {
    const search = { from: 100, rateMax: 10_000, halvings: 2 };
    const { last, broken } = await findLimit(search, upTo(1_050), upTo(900));
    expect([last?.rate, broken?.rate]).toEqual([800, 1_000]);
  });

  test("ends with nothing when the first rate is too much", async () => {
    const search = { from: 100, rateMax: 10_000, halvings: 3 };
    const { last, broken } = await findLimit(search, upTo(50));
    expect([last, broken?.rate]).toEqual([null, 100]);
  });

  test("ends at the most that may be asked", async () => {
    const search = { from: 100, rateMax: 1_000, halvings: 3 };
    const { last, broken } = await findLimit(search, upTo(1e9));
    expect([last?.rate, broken]).toEqual([800, null]);
  });

  test("ends closer to the limit than an eighth, wherever that is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1_000, max: 1_000_000 }), async (limit) => {
        const search = { from: 1_000, rateMax: 4_000_000, halvings: 3 };
        const { last, broken } = await findLimit(search, upTo(limit));
        const [low, high] = [last?.rate ?? 0, broken?.rate ?? 0];
        expect(low).toBeLessThanOrEqual(limit);
        expect(high).toBeGreaterThan(limit);
        expect((high - low) / low).toBeLessThanOrEqual(0.1251);
      }),
    );
  });
});

describe("a rate", () => {
  const figures = {
    messagesPerSecond: 1_000,
    deliveriesPerSecond: 100_000,
    p50Ms: 1,
    p99Ms: 20,
    seconds: 2,
    missing: 0,
    errors: 0,
    misordered: 0,
    extra: 0,
    malformed: 0,
    disconnects: 0,
    closes: 0,
    busiestThreadCpuSeconds: 1.9,
    serverCpuSeconds: 2.4,
    generatorCpuSeconds: 1,
    idleShare: 0.3,
  } as Figures;
  const judge = (change: Partial<Figures>) => judgeRate(1_000, 100, { ...figures, ...change });

  test("holds when all of it arrives in time", () => {
    expect(judge({})).toMatchObject({ rate: 1_000, holds: true });
    expect(judge({}).figures).toMatchObject({ threadShare: 0.95, serverShare: 1.2 });
  });

  test("does not hold when it is late, lost, or was never offered", () => {
    const words = [
      judge({ p99Ms: 101 }),
      judge({ deliveriesPerSecond: 97_000 }),
      judge({ messagesPerSecond: 900 }),
      judge({ missing: 1 }),
      judge({ disconnects: 1 }),
    ].map(({ why, holds }) => (holds ? "holds" : why));
    expect(words).toEqual([
      "p99 above 100 ms",
      "deliveries fall behind",
      "the generator falls behind",
      "deliveries are missing",
      "members were cut",
    ]);
  });

  test("tells which of the two was full", () => {
    expect(whatGaveOut(judge({}))).toBe("the server's thread");
    expect(whatGaveOut(judge({ generatorCpuSeconds: 1.9 }))).toBe("both, a core each");
    const idle = { busiestThreadCpuSeconds: 1 };
    expect(whatGaveOut(judge(idle))).toBe("neither: they wait");
    expect(whatGaveOut(judge({ ...idle, idleShare: 0.02 }))).toStartWith("the cores");
    expect(whatGaveOut(judge({ ...idle, generatorCpuSeconds: 1.8 }))).toBe("the load generator");
  });
});

test("the limits' options leave the peers out of a quick run", () => {
  expect(readValues(limits, []).candidates).toEqual(["bun-serve", "coalescing"]);
  expect(readValues(limits, ["--quick"])).toMatchObject({ candidates: [], halvings: 1 });
  expect(readValues(limits, ["--machine"]).machine).toBe(true);
});
