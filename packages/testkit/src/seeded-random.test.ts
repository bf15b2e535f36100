import { expect, test } from "bun:test";
import { SeededRandom } from "./seeded-random.ts";

test("one seed gives the same numbers again, another gives others", () => {
  const draw = (seed: number) => {
    const random = new SeededRandom(seed);
    return Array.from({ length: 50 }, () => random.below(1000));
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("numbers keep their bounds and reach both of them", () => {
  const random = new SeededRandom(1);
  const drawn = Array.from({ length: 2000 }, () => random.between(3, 6));
  expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6]));
  expect(random.bytes(64)).toHaveLength(64);
  expect(() => random.pick([])).toThrow("nothing to pick");
});

test("a fork goes its own way, whatever the first does afterwards", () => {
  const one = new SeededRandom(5);
  const two = new SeededRandom(5);
  const forks = [one.fork(), two.fork()] as const;
  two.below(10);
  expect(forks[0].below(1e9)).toBe(forks[1].below(1e9));
});
