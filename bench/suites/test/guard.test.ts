// What the guard is asked and in which order it runs; the measuring itself needs two servers.

import { describe, expect, test } from "bun:test";
import { readValues } from "../../harness/command-line.ts";
import { tableOf } from "../../harness/table.ts";
import { droppedFlags, resolveCommit } from "../guard/trees.ts";
import { columns, guard, isFine, orderOf, type PairRow, pairsOf } from "../guard.ts";

const row = (readings: PairRow["readings"], failures: PairRow["failures"] = []): PairRow => ({
  scenario: "room-100",
  readings,
  failures,
});

describe("the guard", () => {
  test("puts either version first in every other pair", () => {
    expect([0, 1, 2, 3].flatMap((pair) => [...orderOf(pair)]).join(" ")).toBe(
      "before now now before before now now before",
    );
  });

  test("reads a figure of every pair", () => {
    const pairs = [row({ before: { a: 1, b: 2 }, now: { a: 3 } }), row({ now: { a: 1 } })];
    expect(pairsOf(pairs, "a")).toEqual([{ before: 1, now: 3 }]);
    expect(pairsOf(pairs, "b")).toEqual([{ before: 2, now: Number.NaN }]);
  });

  test("compares with the commit before, unless it is told another", () => {
    expect(readValues(guard, [])).toMatchObject({ commit: "HEAD~1", rounds: 12, seconds: 1 });
    expect(readValues(guard, ["HEAD", "--rounds", "3"])).toMatchObject({ commit: "HEAD" });
    expect(readValues(guard, ["--scenarios", "idle,room-100"]).scenarios).toEqual([
      "room-100",
      "idle",
    ]);
  });

  test("refuses a scenario that it doesn't know, and two commits", () => {
    expect(() => readValues(guard, ["--scenarios", "room-7"])).toThrow("room-7");
    expect(() => readValues(guard, ["HEAD", "HEAD~1"])).toThrow("too many arguments");
  });

  test("tells which flags it goes without, and insists on those that matter", () => {
    const known = new Set(["data", "durability", "workers", "send-rate", "max-connections"]);
    expect(droppedFlags(known)).toContain("send-burst");
    expect(droppedFlags(known)).not.toContain("max-connections");
    known.delete("durability");
    expect(() => droppedFlags(known)).toThrow("--durability");
  });

  test("ends with 1 when a run of this tree failed, but not of the other", () => {
    const whole = Array.from({ length: 3 }, () => row({ before: {}, now: {} }));
    const failed = (side: "before" | "now") => row({}, [{ side, why: "gone" }]);
    expect(isFine({ pairs: [...whole, failed("now")], judgements: [] }, 4)).toBe(false);
    expect(isFine({ pairs: [...whole, failed("before")], judgements: [] }, 4)).toBe(true);
    expect(isFine({ pairs: whole, judgements: [] }, 6)).toBe(false);
  });

  test("says in git's words that there is no such commit", async () => {
    await expect(resolveCommit("no-such-branch")).rejects.toThrow("git rev-parse");
  });

  test("shows what it doesn't know as such", () => {
    const bounds = { low: 0, high: Number.POSITIVE_INFINITY };
    const verdict = { word: "can't tell", ratio: 0.9, bounds, p: 0.0001, pairs: 3 } as const;
    const judgement = { scenario: "s", figure: "f", before: 2_000, now: 1.5, verdict };
    const table = tableOf(columns, [judgement], "terminal");
    expect(table.split("\n")[1]?.split(/ {2,}/)).toEqual([
      "s",
      "f",
      "2,000",
      "1.500",
      "−10.0 %",
      "? … ?",
      "< 0.001",
      "3",
      "can't tell",
    ]);
  });
});
