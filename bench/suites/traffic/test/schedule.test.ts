// An evening made up from a seed must be what it says it is, and the same every time.

import { describe, expect, test } from "bun:test";
import { SeededRandom } from "@maru/testkit";
import { type Evening, excitement, stayingSeconds, textKinds } from "../evening.ts";
import { type Deed, scheduleOf, textBytesOf } from "../schedule.ts";
import { scriptOf } from "../script.ts";
import { Zipf } from "../zipf.ts";

const evening: Evening = {
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
const deedsOf = (change: Partial<Evening>, seed = 3): readonly Deed[] =>
  scheduleOf({ ...evening, ...change }, new SeededRandom(seed)).deeds;
const saidIn = (deeds: readonly Deed[]) => deeds.filter((deed) => deed.do === "say");

function sizesOf(rooms: readonly number[], count: number): number[] {
  const sizes = Array.from({ length: count }, () => 0);
  for (const room of rooms) sizes[room] = (sizes[room] ?? 0) + 1;
  return sizes;
}

describe("Zipf's law", () => {
  test("gives room k its share of 1/(k+1), and everybody a room", () => {
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

describe("an evening", () => {
  test("is the same from the same seed, and another from another", () => {
    expect(deedsOf({ calmSeconds: 1 })).toEqual(deedsOf({ calmSeconds: 1 }));
    expect(deedsOf({ calmSeconds: 1 })).not.toEqual(deedsOf({ calmSeconds: 1 }, 4));
  });

  test("is in order of time and ends with the measured window", () => {
    const deeds = deedsOf({ calmSeconds: 1 });
    expect(deeds.map(({ us }) => us)).toEqual(deeds.map(({ us }) => us).toSorted((a, b) => a - b));
    expect(deeds.at(-1)?.us).toBeLessThan(10e6);
  });

  test("holds as many messages as the rate says", () => {
    // 400 × 0.5 × 10 s = 2,000, and four standard deviations of a Poisson count are 180.
    expect(Math.abs(saidIn(deedsOf({})).length - 2000)).toBeLessThan(180);
  });

  test("gets much louder in a room that is excited", () => {
    // One room only, excited most of the time once it is.
    const one = { rooms: 1, people: 20, moveRate: 0, calmSeconds: 0.01 };
    const usual = 20 * evening.rate * 10;
    const said = saidIn(deedsOf(one)).length;
    expect(said).toBeGreaterThan(usual * excitement * 0.7);
    expect(said).toBeLessThan(usual * excitement * 1.3);
  });

  test("lets nobody leave in mid-sentence, nor stay where it is", () => {
    const { homes, deeds } = scheduleOf(evening, new SeededRandom(3));
    const rooms = [...homes];
    const lastUs = homes.map(() => Number.NEGATIVE_INFINITY);
    let moves = 0;
    for (const deed of deeds) {
      if (deed.do === "move") {
        moves += 1;
        expect(deed.us - (lastUs[deed.person] ?? 0)).toBeGreaterThanOrEqual(
          stayingSeconds * 1e6 - 1,
        );
        expect(deed.room).not.toBe(rooms[deed.person]);
        rooms[deed.person] = deed.room;
      }
      lastUs[deed.person] = deed.us;
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
    const cut = saidIn(deedsOf({ textBytesMax: 100 })).map((deed) => deed.bytes);
    expect(Math.max(...cut)).toBe(100);
  });

  test("is written down a line each", () => {
    const deeds: Deed[] = [
      { do: "say", us: 10, person: 1, bytes: 40, korean: false },
      { do: "say", us: 20, person: 0, bytes: 50, korean: true },
      { do: "move", us: 30, person: 1, room: 2 },
    ];
    const script = scriptOf({ homes: [0, 1], deeds }, 3);
    expect(script).toBe("traffic 3 2 3\nh 0\nh 1\ns 10 1 40\nk 20 0 50\nm 30 1 2\n");
  });
});
