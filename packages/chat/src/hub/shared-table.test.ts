import { expect, test } from "bun:test";
import fc from "fast-check";
import { lookedAtMax, SharedTable } from "./shared-table.ts";

test("the holder of most loses the oldest, and who has less loses nothing", () => {
  const table = new SharedTable<string, string, number>(4);
  table.set("few", "f", 0);
  for (const n of [1, 2, 3, 4, 5]) table.set("many", `m${n}`, n);
  expect([...table.entries()]).toEqual([
    ["f", 0],
    ["m3", 3],
    ["m4", 4],
    ["m5", 5],
  ]);
  table.set("many", "m3", 33);
  table.set("few", "g", 0);
  expect([...table.entries()].map(([key]) => key)).toEqual(["f", "m5", "m3", "g"]);
});

test("what may not go stays and is passed over, and the next look need not pass it again", () => {
  const looked: string[] = [];
  const table = new SharedTable<string, string, null>(3, (key) => {
    looked.push(key);
    return !key.startsWith("stays");
  });
  for (const key of ["stays1", "stays2", "goes1", "goes2"]) table.set("one", key, null);
  expect([...table.entries()].map(([key]) => key)).toEqual(["stays1", "stays2", "goes2"]);
  looked.length = 0;
  table.set("one", "goes3", null);
  expect(looked).toEqual(["goes2"]);
});

test("where none may go the table grows, after so many looks", () => {
  let looks = 0;
  const table = new SharedTable<number, number, null>(1, () => {
    looks += 1;
    return false;
  });
  for (let n = 0; n < lookedAtMax * 3; n += 1) table.set(n % 7, n, null);
  expect(table.size).toBe(lookedAtMax * 3);
  looks = 0;
  table.set(0, -1, null);
  expect(looks).toBe(lookedAtMax);
});

test("never holds more than its bound, and none who has no more than a share loses anything", () => {
  const max = 12;
  const step = fc.record({ holder: fc.nat(3), key: fc.nat(40), isDeleted: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const table = new SharedTable<number, number, number>(max);
      const model = new Map<number, number>();
      for (const { holder, key, isDeleted } of steps) {
        if (isDeleted) {
          table.delete(key);
          model.delete(key);
          continue;
        }
        model.delete(key);
        model.set(key, holder);
        table.set(holder, key, holder);
        if (model.size > max) {
          const counts = Map.groupBy(model, ([, whose]) => whose);
          const most = Math.max(...[...counts.values()].map(({ length }) => length));
          const lost = [...model].filter(([held]) => table.get(held) === undefined);
          expect(lost).toHaveLength(1);
          const [gone, whose] = lost[0] as [number, number];
          expect(counts.get(whose)).toHaveLength(most);
          expect(counts.get(whose)?.[0]?.[0]).toBe(gone);
          model.delete(gone);
        }
        expect([...table.entries()]).toEqual([...model]);
      }
      expect(table.size).toBe(model.size);
    }),
  );
});
