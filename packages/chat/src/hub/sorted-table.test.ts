import { describe, expect, test } from "bun:test";
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

describe("it asserts, when its keys are compared wrongly,", () => {
  /** A key whose order changes when it is told to. */
  const turncoat = () => {
    let text = "a";
    return { become: (other: string) => (text = other), valueOf: () => text, toString: () => text };
  };

  test("that a key with a value stands in its chunk", () => {
    const table = new SortedTable<string, number>(8);
    const lying = turncoat() as unknown as string & ReturnType<typeof turncoat>;
    for (const name of ["b", "c"]) table.set(name, 0);
    table.set(lying, 0);
    lying.become("d");
    expect(() => table.delete(lying)).toThrow("stands in its chunk");
  });

  test("that chunks follow each other", () => {
    const table = new SortedTable<string, number>(2);
    const lying = turncoat() as unknown as string & ReturnType<typeof turncoat>;
    table.set(lying, 0);
    for (const name of ["b", "c"]) table.set(name, 0);
    lying.become("d");
    expect(() => table.set("aa", 0)).toThrow("keys behind those of the chunk before it");
  });

  test("that a chunk is no longer than it may be", () => {
    const table = new SortedTable<string, number>(0);
    table.set("a", 0);
    expect(() => table.set("b", 0)).toThrow("1 ≤ keys of a chunk");
  });
});
