import { expect, test } from "bun:test";
import fc from "fast-check";
import { SortedTable } from "./sorted-table.ts";

const key = fc.oneof(fc.constantFrom("a", "b", "ab", "@a", "가", "z"), fc.string({ maxLength: 3 }));
const change = fc.record({ key, deletes: fc.boolean() });

test("agrees with a map that is sorted when it is read, from every place on", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), fc.option(key), (changes, after) => {
      const table = new SortedTable<string, number>(2);
      const model = new Map<string, number>();
      for (const [index, { key: name, deletes }] of changes.entries()) {
        if (deletes) expect(table.delete(name)).toBe(model.delete(name));
        else {
          table.set(name, index);
          model.set(name, index);
        }
      }
      expect(table.size).toBe(model.size);
      const behind = [...model.keys()].sort().filter((name) => after === null || name > after);
      const values = behind.map((name) => model.get(name) as number);
      expect([...table.behind(after ?? undefined)]).toEqual(values);
      for (const name of behind) expect(table.get(name)).toBe(model.get(name) as number);
    }),
  );
});
