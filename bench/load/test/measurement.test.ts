// Which measurements count: none with a fault, whatever its figures are.

import { describe, expect, test } from "bun:test";
import {
  type Figures,
  faultsOf,
  isSound,
  type Measurement,
  requireOffered,
  requireSound,
} from "../measurement.ts";

const clean = {
  messages: 100,
  seconds: 2,
  samples: 10,
  missing: 0,
  extra: 0,
  unacknowledged: 0,
  misordered: 0,
  malformed: 0,
  disconnects: 0,
  errors: 0,
  closes: 0,
} as Figures;

const of = (candidate: string, change: Partial<Figures> = {}): Measurement =>
  ({
    candidate,
    round: 0,
    scenario: { pace: { messagesPerSecond: 50 } },
    outcome: { figures: { ...clean, ...change } },
  }) as Measurement;
const failed = { ...of("maru:0"), outcome: { failure: "it is gone" } };

describe("a measurement", () => {
  test("is sound when nothing at all went wrong", () => {
    expect(isSound(of("maru:0"))).toBe(true);
    expect(isSound(failed)).toBe(false);
    for (const kind of ["missing", "extra", "unacknowledged", "malformed", "closes"] as const) {
      expect(isSound(of("maru:0", { [kind]: 1 }))).toBe(false);
    }
  });

  test("may be out of order only with the chapter", () => {
    expect(isSound(of("chapter", { misordered: 9 }))).toBe(true);
    expect(isSound(of("chapter", { misordered: 9, missing: 1 }))).toBe(false);
    expect(isSound(of("maru:0", { misordered: 9 }))).toBe(false);
  });

  test("names its faults, those of all rounds added up", () => {
    const all = [of("a", { missing: 2 }), of("a", { missing: 3, errors: 1 }), failed];
    expect(faultsOf(all)).toBe("5 missing, 1 errors, 1 of 3 rounds failed");
    expect(faultsOf([of("a")])).toBe("none");
    expect(() => requireSound(all)).toThrow("a, round 1: 2 missing");
    expect(() => requireSound([failed])).toThrow("it is gone");
  });

  test("says nothing when less was offered than asked, or nothing was timed", () => {
    expect(() => requireOffered([of("a", { messages: 98 })])).not.toThrow();
    expect(() => requireOffered([of("a", { messages: 97 })])).toThrow("97 of 100");
    expect(() => requireOffered([of("a", { samples: 0 })])).toThrow("timed");
  });
});
