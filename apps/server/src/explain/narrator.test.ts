import { expect, test } from "bun:test";
import { gatheredMax, linesPerSecondMax, Narrator, storyLinesMax } from "./narrator.ts";
import type { Observation, Seen } from "./observation.ts";

const startMs = Date.UTC(2026, 0, 2, 3, 4, 5, 100);

/** A narrator, what it has written, and what happens `ms` after the start. */
function narrate(columns = 200) {
  let written = "";
  let isBehind = false;
  const narrator = new Narrator({
    write: (text) => {
      if (!isBehind) written += text;
      return !isBehind;
    },
    columns,
    after: () => {},
  });
  const at = (ms: number, by: string, seen: Seen) =>
    narrator.take({ atMs: startMs + ms, by, seen } satisfies Observation);
  const holdBack = (whether: boolean) => {
    isBehind = whether;
  };
  return { narrator, at, holdBack, lines: () => written.split("\n").filter((line) => line !== "") };
}

const read: Seen = { what: "read", bytes: 20, frames: [], more: 1, held: 0, isForeign: false };
const batch: Seen = { what: "batch", commands: 3, own: 1, bytes: 400, isPosted: true };
const answer: Seen = { what: "answer", answers: 1, bytes: 30 };
const wrote: Seen = { what: "wrote", bytes: 30, taken: 10, types: ["sent"] };
const queues: Seen = { what: "queues", writes: 9, bytes: 4_000, own: 20, waiting: 2 };

test("tells a story in the order of the clock, each line with its µs since the bytes came", () => {
  const { narrator, at, lines } = narrate();
  at(0, "service", { what: "chosen", nick: "ann" });
  at(1, "shard 1", queues);
  narrator.flush();
  at(12.5, "service", { what: "command", type: "send", id: 7, us: 1_234, asks: ["append"] });
  at(10, "shard 1", read);
  at(11, "shard 1", batch);
  at(14, "shard 1", answer);
  at(1_015, "shard 1", wrote);
  at(1_016, "shard 1", queues);
  narrator.flush();
  expect(lines().slice(-9)).toEqual([
    "── ann, 03:04:05.110 UTC: bytes have come",
    "        0 µs  shard 1  read     20 bytes in one read of the socket: 1 whole frame",
    "        0 µs  shard 1  frame    and 1 more frame",
    "    1,000 µs  shard 1  batch    decoded and checked: 3 commands, 1 of them ann's; one uplink batch, 400 bytes of credit",
    "    1,000 µs  shard 1  hop      posted to the service's thread, as one JSON text",
    "    2,500 µs  service  command  send, id 7, handled in 1,234 µs; asks the log: an entry is to be appended",
    "    4,000 µs  shard 1  answer   30 bytes for ann alone, which answer 1 command",
    "     1.00 s   shard 1  write    one system call for ann, 30 bytes, 10 taken, the rest waits: sent",
    "     1.01 s   shard 1  queues   this tick of the shard: 9 writes, 4,000 bytes; 2 connections behind, 20 bytes wait for ann",
  ]);
});

test("bytes that come while nothing is answered yet belong to the same story", () => {
  const { narrator, at, lines } = narrate();
  for (const seen of [read, batch, queues, read, batch, answer, queues, answer, wrote, queues]) {
    at(1, "shard 0", seen);
  }
  at(2, "shard 0", read);
  narrator.flush();
  expect(lines().filter((line) => line.startsWith("──"))).toHaveLength(2);
});

test("what comes from others is a story of its own", () => {
  const { narrator, at, lines } = narrate();
  const said = { type: "message", room: "lobby", seq: 4, isOwn: false, members: 1_000 };
  at(0, "service", { what: "publish", ...said });
  narrator.flush();
  expect(lines()[0]).toEndWith(": from others");
  expect(lines()[1]).toEndWith(
    "message in lobby, seq 4, of another member: encoded once for 1,000 members",
  );
});

test("of a second no more than so many lines are told, whole stories, and the rest is counted", () => {
  const { narrator, at, lines } = narrate();
  for (let index = 0; index < 200; index += 1) {
    at(index, "shard 0", read);
    at(index, "shard 0", queues);
  }
  at(1_000, "shard 0", read);
  narrator.flush();
  const told = lines();
  const left = told.findIndex((line) => line.includes("left out"));
  // A story here has a heading and three lines, and begins only where the longest would still fit.
  const stories = Math.floor((linesPerSecondMax - storyLinesMax) / 4) + 1;
  expect(left).toBe(stories * 4);
  expect(told[left]).toBe(`   … ${(200 - stories) * 4} lines left out: too many in one second`);
  expect(told.slice(left + 1)).toHaveLength(3);
});

test("a story has an end too", () => {
  const { narrator, at, lines } = narrate();
  for (let index = 0; index < 2 * storyLinesMax; index += 1) at(index / 100, "shard 0", answer);
  narrator.end();
  expect(lines()).toHaveLength(storyLinesMax + 1);
  expect(lines().at(-1)).toBe(`   … ${storyLinesMax + 1} lines left out: too many in one second`);
});

test("no more is gathered than a bound, and what is beyond is counted", () => {
  const { narrator, at, lines } = narrate();
  for (let index = 0; index < gatheredMax + 5; index += 1) at(0, "shard 0", { what: "closing" });
  narrator.end();
  const ofStory = (gatheredMax + 1 - storyLinesMax).toLocaleString("en");
  expect(lines()[0]).toBe("   … 5 lines left out: too many in one second");
  expect(lines().at(-1)).toBe(`   … ${ofStory} lines left out: too many in one second`);
});

test("a line is no longer than the terminal", () => {
  const { narrator, at, lines } = narrate(40);
  at(0, "shard 0", { what: "chosen", nick: "안녕" });
  at(0, "shard 0", batch);
  narrator.flush();
  for (const line of lines()) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(40);
  expect(lines().at(-1)).toEndWith("…");
});

test("what a reader that is behind does not take is counted, too", () => {
  const { narrator, at, holdBack, lines } = narrate();
  holdBack(true);
  at(0, "shard 0", read);
  at(1, "shard 0", queues);
  narrator.flush();
  holdBack(false);
  narrator.end();
  expect(lines()).toEqual(["   … 4 lines left out: too many in one second"]);
});
