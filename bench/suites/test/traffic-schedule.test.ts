// Traffic made up from a seed must be what it says it is, and the same every time.

import { describe, expect, test } from "bun:test";
import { SeededRandom } from "@maru/testkit";
import { excitement, stayingSeconds, type TrafficPlan, textKinds } from "../traffic/plan.ts";
import { type Action, scheduleOf, scriptOf, textBytesOf } from "../traffic/schedule.ts";
import { Zipf } from "../zipf.ts";

const plan: TrafficPlan = {
  rooms: 50,
  people: 400,
  zipfExponent: 1,
  rate: 0.5,
  moveRate: 0.1,
  calmSeconds: 0,
  textBytesMax: 8192,
  warmupSeconds: 1,
  seconds: 9,
};
const actionsOf = (change: Partial<TrafficPlan>, seed = 3): readonly Action[] =>
  scheduleOf({ ...plan, ...change }, new SeededRandom(seed)).actions;
const saidIn = (actions: readonly Action[]) => actions.filter((action) => action.do === "say");

function sizesOf(rooms: readonly number[], count: number): number[] {
  const sizes = Array.from({ length: count }, () => 0);
  for (const room of rooms) sizes[room] = (sizes[room] ?? 0) + 1;
  return sizes;
}

describe("Zipf's law", () => {
  test("gives room k its share of 1/(k+1), and each person a room", () => {
    const sizes = sizesOf(new Zipf(1000, 1).spread(5000), 1000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5000);
    const harmonic = Array.from({ length: 1000 }, (_, k) => 1 / (k + 1)).reduce((a, b) => a + b);
    for (const k of [0, 1, 9, 99]) {
      expect(Math.abs((sizes[k] ?? 0) - 5000 / harmonic / (k + 1))).toBeLessThanOrEqual(1);
    }
  });

  test("makes all rooms alike with exponent 0", () => {
    expect(sizesOf(new Zipf(8, 0).spread(40), 8)).toEqual([5, 5, 5, 5, 5, 5, 5, 5]);
  });

  test("finds the first and the last number at the ends", () => {
    const zipf = new Zipf(10, 1);
    expect([zipf.at(0), zipf.at(1 - 1e-12)]).toEqual([0, 9]);
  });
});

describe("traffic", () => {
  test("is the same from the same seed, and another from another", () => {
    expect(actionsOf({ calmSeconds: 1 })).toEqual(actionsOf({ calmSeconds: 1 }));
    expect(actionsOf({ calmSeconds: 1 })).not.toEqual(actionsOf({ calmSeconds: 1 }, 4));
  });

  test("is in order of time and ends with the measured window", () => {
    const actions = actionsOf({ calmSeconds: 1 });
    expect(actions.map(({ us }) => us)).toEqual(
      actions.map(({ us }) => us).toSorted((a, b) => a - b),
    );
    expect(actions.at(-1)?.us).toBeLessThan(10e6);
  });

  test("holds as many messages as the rate says", () => {
    // 400 × 0.5 × 10 s = 2,000, and four standard deviations of a Poisson count are 180.
    expect(Math.abs(saidIn(actionsOf({})).length - 2000)).toBeLessThan(180);
  });

  test("gets much louder in a room that is excited", () => {
    // One room only, excited most of the time once it is.
    const one = { rooms: 1, people: 20, moveRate: 0, calmSeconds: 0.01 };
    const usual = 20 * plan.rate * 10;
    const said = saidIn(actionsOf(one)).length;
    expect(said).toBeGreaterThan(usual * excitement * 0.7);
    expect(said).toBeLessThan(usual * excitement * 1.3);
  });

  test("lets no person leave in mid-sentence, nor move to where they are", () => {
    const { homes, actions } = scheduleOf(plan, new SeededRandom(3));
    const rooms = [...homes];
    const lastUs = homes.map(() => Number.NEGATIVE_INFINITY);
    let moves = 0;
    for (const action of actions) {
      if (action.do === "move") {
        moves += 1;
        expect(action.us - (lastUs[action.person] ?? 0)).toBeGreaterThanOrEqual(
          stayingSeconds * 1e6 - 1,
        );
        expect(action.room).not.toBe(rooms[action.person]);
        rooms[action.person] = action.room;
      }
      lastUs[action.person] = action.us;
    }
    expect(moves).toBeGreaterThan(100);
  });

  test("has texts of all kinds within their bounds", () => {
    const random = new SeededRandom(5);
    const lengths = Array.from({ length: 5000 }, () => textBytesOf(random));
    for (const { share, bytes } of textKinds) {
      const here = lengths.filter((length) => length >= bytes[0] && length <= bytes[1]).length;
      expect(Math.abs(here / 5000 - share)).toBeLessThan(0.03);
    }
    const cut = saidIn(actionsOf({ textBytesMax: 100 })).map((action) => action.bytes);
    expect(Math.max(...cut)).toBe(100);
  });

  test("is written down a line each", () => {
    const actions: Action[] = [
      { do: "say", us: 10, person: 1, bytes: 40, korean: false },
      { do: "say", us: 20, person: 0, bytes: 50, korean: true },
      { do: "move", us: 30, person: 1, room: 2 },
    ];
    const script = scriptOf({ homes: [0, 1], actions }, 3);
    expect(script).toBe("traffic 3 2 3\nh 0\nh 1\ns 10 1 40\nk 20 0 50\nm 30 1 2\n");
  });
});
