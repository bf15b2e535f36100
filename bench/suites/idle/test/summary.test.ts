// Which round of an idle crowd is shown, and when a crowd is whole.

import { expect, test } from "bun:test";
import { type IdleMeasurement, isWhole, requireWhole } from "../measure-idle.ts";
import { readIdleOptions } from "../options.ts";
import { middleRounds, tableOf } from "../summary.ts";

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

test("the round in the middle is shown, with the least and the most of all", () => {
  const measured = middleRounds([round(0, 3), round(1, 8), round(0, 1), round(0, 2)]);
  expect(measured.map(({ rooms, bytesPerConnection }) => [rooms, bytesPerConnection])).toEqual([
    [0, 2_048],
    [1, 8_192],
  ]);
  expect(tableOf(measured).split("\n")[1]).toMatch(/2\.00 +1\.00–3\.00 +server_full/);
});

test("a crowd that lost somebody is not whole, whenever that was", () => {
  expect(isWhole(round(0, 1))).toBe(true);
  expect(isWhole(round(0, 1, 9))).toBe(false);
  expect(() => requireWhole(round(0, 1, 9))).toThrow("9 at the end of 10");
  expect(middleRounds([round(0, 1, 9), round(0, 2), round(0, 3)])[0]?.lossyRounds).toBe(1);
});

test("nobody is in a room unless rooms are asked for", () => {
  expect(readIdleOptions([])).toMatchObject({ rooms: 0, rounds: 3, settleSeconds: 12 });
  expect(readIdleOptions(["--rooms", "7"])?.rooms).toBe(7);
});
