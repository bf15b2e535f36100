import { expect, test } from "bun:test";
import fc from "fast-check";
import { EntryQueue } from "./entry-queue.ts";

test("agrees with an array, through many compactions", () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 60 }) },
    { weight: 2, arbitrary: fc.integer({ min: -60, max: -1 }) },
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const queue = new EntryQueue<number>();
      const model: number[] = [];
      let next = 0;
      for (const count of steps) {
        for (let pushed = 0; pushed < count; pushed += 1, next += 1) {
          queue.push(next);
          model.push(next);
        }
        for (let shifted = 0; shifted < -count; shifted += 1) {
          expect(queue.shift()).toBe(model.shift() as number);
        }
        expect(queue.length).toBe(model.length);
        const all = Array.from({ length: queue.length }, (_, index) => queue.at(index));
        expect(all).toEqual(model);
      }
    }),
  );
});

test("lets go of what was dropped: retention frees memory, not only places in a list", () => {
  const queue = new EntryQueue<object>();
  let dropped = 0;
  const registry = new FinalizationRegistry(() => {
    dropped += 1;
  });
  // Made in a function of its own, so that nothing here holds on to an item.
  const fill = () => {
    for (let index = 0; index < 20; index += 1) {
      const item = { text: "x".repeat(1_000) };
      registry.register(item, index);
      queue.push(item);
    }
    for (let index = 0; index < 19; index += 1) queue.shift();
  };
  fill();
  expect(queue.length).toBe(1);
  Bun.gc(true);
  return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    Bun.gc(true);
    expect(dropped).toBeGreaterThan(10);
  });
});
