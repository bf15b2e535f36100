// How an idle crowd is shown, and when a crowd is whole.

import { expect, test } from "bun:test";
import { readValues } from "../../harness/command-line.ts";
import { tableOf } from "../../harness/table.ts";
import { type IdleMeasurement, isWhole, requireWhole } from "../../load/measure-idle.ts";
import { idle, idleColumns, idleRows } from "../idle.ts";

const heads = {
  event: "held",
  held: 10,
  refused: 0,
  failed: 0,
  disconnects: 0,
  refusal: "",
} as const;
const memory = { residentBytes: 1e6, residentBytesMax: 1e6 };
const round = (rooms: number, kilobytes: number, heldAtEnd = 10): IdleMeasurement => ({
  candidate: "maru:0",
  connections: 10,
  rooms,
  before: memory,
  after: memory,
  crowd: heads,
  oneMore: { ...heads, held: 0, refusal: "server_full" },
  released: { ...heads, event: "released", held: heldAtEnd },
  bytesPerConnection: kilobytes * 1024,
});

test("a crowd is shown by its median, with the least and the most of all rounds", () => {
  const rows = idleRows([round(0, 3), round(1, 8), round(0, 1), round(0, 2)]);
  expect(rows.map((rounds) => [rounds[0]?.rooms, rounds.length])).toEqual([
    [0, 3],
    [1, 1],
  ]);
  const [, first] = tableOf(idleColumns, rows, "terminal").split("\n");
  expect(first).toMatch(/2\.00 \(1\.00–3\.00\) +server_full/);
});

test("a crowd that lost one is not whole, whenever that was", () => {
  expect(isWhole(round(0, 1))).toBe(true);
  expect(isWhole(round(0, 1, 9))).toBe(false);
  expect(() => requireWhole(round(0, 1, 9))).toThrow("9 at the end of 10");
});

test("a crowd is in no room unless rooms are asked for", () => {
  expect(readValues(idle, [])).toMatchObject({ rooms: 0, rounds: 3, settleSeconds: 12 });
  expect(readValues(idle, ["--rooms", "7"]).rooms).toBe(7);
});
