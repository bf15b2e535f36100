import { expect, test } from "bun:test";
import { Counters, counterNames, sumCounters } from "./counters.ts";

test("another reader of the same memory sees what was counted", () => {
  const counters = new Counters();
  counters.add("framesIn", 3);
  counters.add("framesIn", 4);
  counters.set("connectionsOpen", 2);
  expect(new Counters(counters.memory).read()).toMatchObject({ framesIn: 7, connectionsOpen: 2 });
});

test("a sum has every name, also of no shards at all", () => {
  const one = new Counters();
  one.add("writes", 1);
  expect(sumCounters([one.read(), one.read()]).writes).toBe(2);
  expect(Object.keys(sumCounters([]))).toEqual([...counterNames]);
});
