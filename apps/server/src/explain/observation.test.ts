import { expect, test } from "bun:test";
import { Chosen } from "./chosen.ts";
import { boundedTell, type Observation } from "./observation.ts";

test("a thread tells so much in a second, and then how much it was that it did not", () => {
  const told: Observation[] = [];
  const tell = boundedTell((observation) => void told.push(observation), 3);
  const at = (atMs: number) => tell({ atMs, by: "shard 0", seen: { what: "closing" } });
  for (let ms = 0; ms < 10; ms += 1) at(ms);
  at(1_000);
  expect(told.map(({ seen }) => (seen.what === "missed" ? seen.count : seen.what))).toEqual([
    "closing",
    "closing",
    "closing",
    7,
    "closing",
  ]);
});

test("who is chosen is known wherever the memory is", () => {
  const chosen = new Chosen();
  const elsewhere = new Chosen(chosen.memory);
  expect(elsewhere.nick).toBeNull();
  chosen.nick = "안녕";
  expect(elsewhere.nick).toBe("안녕");
  chosen.nick = null;
  expect(elsewhere.nick).toBeNull();
});
