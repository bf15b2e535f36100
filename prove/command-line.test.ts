// What the command line of the proofs comes to.

import { expect, test } from "bun:test";
import { readCommandLine } from "./command-line.ts";

test("alone it is everything: simulated seeds, kills with fsync and os, rounds through the proxy", () => {
  const plans = readCommandLine([]);
  const seeds = plans.flatMap((plan) => (plan.kind === "simulate" ? [plan.seeds] : []));
  const rounds = plans.flatMap((plan) => (plan.kind === "proxy" ? [plan.rounds] : []));
  const kills = (durability: string) =>
    plans.reduce((sum, plan) => {
      return plan.kind === "crash" && plan.durability === durability ? sum + plan.cycles : sum;
    }, 0);
  expect({ seeds, rounds, fsync: kills("fsync"), os: kills("os") }).toEqual({
    ...{ seeds: [10_000], rounds: [10], fsync: 100, os: 20 },
  });
});

test("one seed is run alone, and a kill's choices are repeated by their seed", () => {
  expect(readCommandLine(["simulate", "--seed", "7", "--trace"])).toEqual([
    { kind: "simulate", firstSeed: 7, seeds: 1, trace: true },
  ]);
  expect(readCommandLine(["crash", "--cycles", "3", "--seed", "5", "--durability", "os"])).toEqual([
    { kind: "crash", cycles: 3, seed: 5, durability: "os", workers: 1, isProxied: false },
  ]);
  expect(readCommandLine(["proxy", "--rounds", "2", "--seed", "9"])).toEqual([
    { kind: "proxy", rounds: 2, seed: 9 },
  ]);
});
