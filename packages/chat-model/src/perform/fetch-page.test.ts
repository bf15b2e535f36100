// The place of a time in a room's log.

import { expect, test } from "bun:test";
import type { Entry } from "@maru/protocol/chat";
import fc from "fast-check";
import { type Log, seqAt } from "./fetch-page.ts";

/** A log that answers as the server does: the newest, or what is behind a seq. */
function logOf(entries: readonly Entry[]): Log & { asked: number } {
  const log = {
    asked: 0,
    history: async (_room: string, { after, limit = 100 }: { after?: number; limit?: number }) => {
      log.asked += 1;
      const behind = entries.filter(({ seq }) => seq > (after ?? 0));
      const page = after === undefined ? behind.slice(-limit) : behind.slice(0, limit);
      return { type: "page", re: 1, entries: page, more: page.length < behind.length };
    },
  };
  return log as unknown as Log & { asked: number };
}

const at = (seq: number, atMs: number): Entry => ({
  ...{ type: "message", room: "lobby", seq, at: atMs, from: "bob", text: `message ${seq}` },
});

test("finds the first entry of every time, in logs of any length and with any holes", async () => {
  const steps = fc.array(fc.record({ seq: fc.integer({ min: 1, max: 9 }), ms: fc.nat(3) }), {
    minLength: 1,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), fc.nat(1), async (gaps, pick, more) => {
      let [seq, ms] = [0, 0];
      const entries = gaps.map((gap) => {
        seq += gap.seq;
        ms += gap.ms;
        return at(seq, ms);
      });
      const wanted = (entries[pick % entries.length]?.at ?? 0) + more;
      const first = entries.find((entry) => entry.at >= wanted)?.seq ?? null;
      expect(await seqAt(logOf(entries), "lobby", wanted)).toBe(first);
    }),
  );
});

test("asks few questions of a long log", async () => {
  const log = logOf(Array.from({ length: 5000 }, (_, index) => at(index + 1, index)));
  expect(await seqAt(log, "lobby", 1234)).toBe(1235);
  expect(log.asked).toBeLessThan(16);
});

test("of a hundred entries it is found whatever the clock did", async () => {
  const times = fc.array(fc.nat(20), { minLength: 1, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(times, fc.nat(21), async (clock, wanted) => {
      const entries = clock.map((ms, index) => at(index + 1, ms));
      const first = entries.find((entry) => entry.at >= wanted)?.seq ?? null;
      expect(await seqAt(logOf(entries), "lobby", wanted)).toBe(first);
    }),
  );
});

test("a clock that was set back in the middle of a long log hides nothing of before", async () => {
  const sizes = fc.record({ before: fc.integer({ min: 1, max: 3 }), pick: fc.nat(999) });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ before, pick }) => {
      const entries = Array.from({ length: 4_000 }, (_, index) =>
        at(index + 1, index < before * 1_000 ? index + 10_000 : index),
      );
      expect(await seqAt(logOf(entries), "lobby", pick + 10_000)).toBe(pick + 1);
      expect(await seqAt(logOf(entries), "lobby", 20_000)).toBe(null);
    }),
  );
});

test("pages that the server cuts by bytes are read one after the other", async () => {
  const cut = logOf(Array.from({ length: 90 }, (_, index) => at(index + 1, index)));
  const few: Log = { history: (room, range) => cut.history(room, { ...range, limit: 7 }) };
  expect(await seqAt(few, "lobby", 55)).toBe(56);
});

test("a clock that went back at the end hides no earlier day", async () => {
  const days = [10, 11, 12, 13, 14, 9].map((day, index) => at(index + 1, day));
  expect(await seqAt(logOf(days), "lobby", 13)).toBe(4);
});
