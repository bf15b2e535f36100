// How a bar is judged; what is measured for it has tests of its own.

import { describe, expect, test } from "bun:test";
import { readValues } from "../../harness/command-line.ts";
import { tableOf } from "../../harness/table.ts";
import type { Measurement } from "../../load/measurement.ts";
import { type BarMeasurement, barColumns, judge, notMeasured, pairedRatio } from "../bar/judge.ts";
import { peerBars } from "../bar/peer-bars.ts";
import { type BarScene, quick, thorough } from "../bar/row.ts";
import { readsBar } from "../bar/server-rows.ts";
import { bar, barRows } from "../bar.ts";

const shown = (...bars: BarMeasurement[]) => tableOf(barColumns, bars, "terminal");

describe("a bar", () => {
  test("is met on its bound, from either side", () => {
    const ratio = { what: "a ÷ b", value: 0.9, min: 0.9, unit: "×" };
    expect(judge("room", ratio, "")).toEqual({
      row: "room",
      what: "a ÷ b",
      value: 0.9,
      unit: "×",
      wanted: "≥ 0.9 ×",
      isMet: true,
      command: "bun run bench bar --rows room",
    });
    expect(judge("x", { what: "w", value: 300, max: 300, unit: "ms" }, "").isMet).toBe(true);
  });

  test("is missed by a share of its bound", () => {
    const slow = judge("x", { what: "w", value: 0.81, min: 0.9, unit: "×" }, "--quick");
    expect(slow).toMatchObject({ isMet: false, missedBy: "10.0 %", wanted: "≥ 0.9 ×" });
    expect(slow.command).toBe("bun run bench bar --rows x --quick");
    const late = { what: "w", value: 3, max: 2, unit: "ms" };
    expect(judge("x", late, "").missedBy).toBe("50.0 %");
  });

  test("of nothing at all is missed by what there is", () => {
    const lost = { what: "lost", value: 3, max: 0, unit: "messages" };
    expect(judge("x", lost, "").missedBy).toBe("3 messages");
  });

  test("without a figure is missed, and shows none", () => {
    const none = judge("x", { what: "w", value: Number.NaN, max: 1, unit: "ms" }, "");
    expect(none).toMatchObject({ isMet: false, value: 0 });
    const failed = notMeasured("y", "what", "no disk", "");
    expect(shown(none, failed)).toMatch(/– +MISSED, not measured: no disk +y$/);
  });
});

describe("an incomplete bar", () => {
  const ratio = { what: "w", value: 2, min: 1, unit: "×", lacks: "failed nats" };

  test("is not met, however good its value", () => {
    const measured = judge("x", ratio, "");
    expect(measured).toMatchObject({ isMet: false, missedBy: "incomplete: failed nats" });
    expect(shown(measured)).toMatch(/2 × +MISSED, incomplete: failed nats +x$/);
    expect(judge("x", { ...ratio, value: 0.5 }, "").missedBy).toEndWith("nats; and by 50.0 %");
  });

  test("names the peers that are not there, that failed, and those that lost a round", () => {
    const of = (candidate: string, round: number, speed: number) => {
      const figures = { deliveriesPerSecond: speed, serverCpuUsPerDelivery: 1 / speed };
      return { candidate, round, outcome: { figures } } as unknown as Measurement;
    };
    const measured = [of("a", 0, 6), of("a", 1, 6), of("b", 0, 3), of("b", 1, 3), of("c", 1, 4)];
    const rivals = { peers: ["b", "c", "d"], absentPeers: ["e"], rounds: 2 };
    const [speed, cpu] = peerBars("r", "a", rivals, measured);
    expect(speed?.what).toBe("r: deliveries/s ÷ the best of 2 peers (rounds dropped: 1 of c), c");
    expect(speed).toMatchObject({ value: 1.5, min: 1, lacks: "not installed e, failed d" });
    expect(cpu?.what).toEndWith(", c");
  });
});

describe("the log reads of those who come back", () => {
  const met = (reads: number[]) => judge("resume", readsBar("w", 20, reads), "");

  test("are at least one, and one for each room at most", () => {
    expect(met([20, 1])).toMatchObject({ isMet: true, wanted: "≥ 1, ≤ 20" });
    expect(met([20, 0])).toMatchObject({ isMet: false, missedBy: "100.0 %" });
    expect(met([21, 5])).toMatchObject({ isMet: false, missedBy: "5.0 %" });
  });
});

describe("a ratio", () => {
  const of = (candidate: string, round: number, deliveriesPerSecond: number) =>
    ({ candidate, round, outcome: { figures: { deliveriesPerSecond } } }) as unknown as Measurement;
  const failed = (candidate: string, round: number) =>
    ({ candidate, round, outcome: { failure: "no" } }) as unknown as Measurement;
  const read = (figures: { deliveriesPerSecond: number }) => figures.deliveriesPerSecond;

  test("is taken within each round, so that a slow minute counts for neither", () => {
    const measured = [of("a", 0, 100), of("b", 0, 50), of("a", 1, 10), of("b", 1, 5)];
    expect(pairedRatio(measured, "a", "b", read)).toBe(2);
  });

  test("leaves out a round that lacks either", () => {
    const measured = [of("a", 0, 100), failed("b", 0), of("a", 1, 30), of("b", 1, 10)];
    expect(pairedRatio(measured, "a", "b", read)).toBe(3);
    expect(pairedRatio(measured, "a", "c", read)).toBeNaN();
  });
});

describe("the bar's options", () => {
  test("name all rows unless told some", () => {
    expect(readValues(bar, []).rows).toEqual(Object.keys(barRows));
    expect(readValues(bar, ["--rows", "start,idle"]).rows).toEqual(["idle", "start"]);
    expect(() => readValues(bar, ["--rows", "nothing"])).toThrow("nothing");
  });

  test("every row has steps, however thorough it is", () => {
    const programs = { load: "load", coalescing: "coalescing", chapter: "chapter" };
    const around = { programs, workers: "0", peers: ["bun-serve"], absentPeers: [] };
    for (const row of Object.values(barRows)) {
      for (const extent of [quick, thorough]) {
        const scene: BarScene = { ...around, extent };
        expect(row.plan(scene).steps.length).toBeGreaterThan(0);
      }
    }
  });
});
