// The queue at lengths that make it move its items.

import { expect, test } from "bun:test";
import { Fifo } from "./fifo.ts";

test("gives items back in the order in which they came, at any length", () => {
  const fifo = new Fifo<number>();
  const taken: (number | undefined)[] = [];
  for (let n = 0; n < 5000; n += 1) {
    fifo.push(n);
    if (n % 3 === 0) taken.push(fifo.shift());
  }
  while (fifo.length > 0) taken.push(fifo.shift());
  expect(taken).toEqual(Array.from({ length: 5000 }, (_, n) => n));
  expect(fifo.shift()).toBeUndefined();
});

test("puts a batch before everything else, in its own order", () => {
  const fifo = new Fifo<string>();
  fifo.push("x");
  fifo.push("c");
  fifo.shift();
  fifo.unshift(["a", "b"]);
  expect([...fifo]).toEqual(["a", "b", "c"]);
});

test("takes one item out of the middle", () => {
  const fifo = new Fifo<string>();
  for (const item of ["a", "b", "c"]) fifo.push(item);
  fifo.shift();
  expect(fifo.remove("c")).toBe(true);
  expect(fifo.remove("a")).toBe(false);
  expect([...fifo]).toEqual(["b"]);
});
