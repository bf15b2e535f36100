import { expect, test } from "bun:test";
import fc from "fast-check";
import { countedPageMax } from "../src/log-memory/inbox-memory.ts";
import { createMemoryLog } from "../src/log-memory/memory-log.ts";
import type { LogRequest, LogResult } from "../src/room-log.ts";
import { keyOf } from "./chat-fixture.ts";
import { roomLogContract } from "./room-log-contract.ts";

roomLogContract(
  "the memory log",
  ({ bytesMax }, deliver) =>
    createMemoryLog<number>({ memoryLogBytes: bytesMax, epoch: "epoch-1" })(deliver),
  "all rooms",
);

test("the memory log forgets a cid with its entry, and keeps one entry however large", () => {
  const results: LogResult<number>[] = [];
  const create = createMemoryLog<number>({ memoryLogBytes: 1_000, epoch: "epoch-1" });
  const log = create((result) => results.push(result));
  const append = (cid: string) => {
    const draft = { type: "message" as const, room: "a", at: 0, from: "mina" };
    const text = "x".repeat(2_000);
    const request = { room: keyOf("a"), account: "mina", cid, draft: { ...draft, text } };
    log.submit({ kind: "append", ...request, tag: 0 });
    log.commit();
    return results.at(-1);
  };
  expect(append("1")).toMatchObject({ duplicate: false, entry: { seq: 1 } });
  expect(append("1")).toMatchObject({ duplicate: true, entry: { seq: 1 } });
  expect(append("2")).toMatchObject({ duplicate: false, entry: { seq: 2 } });
  expect(append("1")).toMatchObject({ duplicate: false, entry: { seq: 3 } });
});

type Answer<K extends LogResult["kind"]> = Extract<LogResult<number>, { kind: K }>;

/** A log that answers at once, with about `lines` of the lines that `say` appends. */
function smallLog(lines: number) {
  const results: LogResult<number>[] = [];
  const lineBytes = (1 + 1 + 1) * 3 + 160;
  const create = createMemoryLog<number>({ memoryLogBytes: lines * lineBytes, epoch: "epoch-1" });
  const log = create((result) => results.push(result));
  const ask = <K extends LogResult["kind"]>(request: LogRequest<number>) => {
    log.submit(request);
    log.commit();
    return results.pop() as Answer<K>;
  };
  const draft = { type: "message" as const, at: 0, from: "m", text: "x" };
  const say = (room: string) => {
    const request = { room: keyOf(room), account: "m", cid: undefined, tag: 0 };
    return ask<"appended">({ kind: "append", ...request, draft: { ...draft, room } }).entry.seq;
  };
  const setTopic = (room: string, topic: string) => {
    const { text: _text, ...rest } = draft;
    const request = { room: keyOf(room), account: "m", cid: undefined, tag: 0 };
    ask({ kind: "append", ...request, draft: { ...rest, type: "topic", room, topic } });
  };
  const inbox = (after: string) =>
    ask<"inbox">({ kind: "inbox", account: "m", after, roomsMax: 50, asker: 1, tag: 0 });
  const mark = (room: string) =>
    ask({ kind: "mark", room: keyOf(room), account: "m", seq: 0, mayAdd: true, tag: 0 });
  const open = (room: string) => ask<"opened">({ kind: "open", room: keyOf(room), tag: 0 });
  const after = (room: string, seq: number) => {
    const bounds = { entriesMax: 1_000, bytesMax: 1_000_000, asker: 1, tag: 0 };
    return ask<"page">({ kind: "read", room: keyOf(room), range: { after: seq }, ...bounds });
  };
  return { say, setTopic, open, after, inbox, mark };
}

test("a room of which nothing is left is forgotten, and what comes back starts above its seqs", () => {
  const { say, setTopic, open, after } = smallLog(3);
  for (let line = 0; line < 5; line += 1) say("a");
  setTopic("a", "t");
  expect(open("a")).toMatchObject({ head: 6, topic: "t" });
  for (let line = 0; line < 3; line += 1) say("b");
  expect(open("a")).toMatchObject({ head: 6, topic: "", epoch: "epoch-1" });
  // A room that was never written in can't be told from one that is forgotten.
  expect(open("c")).toMatchObject({ head: 6, topic: "" });
  expect(open("b")).toMatchObject({ head: 3 });
  expect(say("b")).toBe(4);
  expect(say("a")).toBe(7);
  expect(after("a", 6)).toMatchObject({ gap: false, entries: [{ seq: 7 }] });
  expect(after("a", 5)).toMatchObject({ gap: true, entries: [{ seq: 7 }] });
});

test("a forgotten room has a gap behind every seq that was used, and none behind its head", () => {
  const { say, open, after } = smallLog(2);
  for (let line = 0; line < 4; line += 1) say("a");
  for (let line = 0; line < 2; line += 1) say("b");
  const { head } = open("a");
  for (let seq = 0; seq < head; seq += 1) {
    expect(after("a", seq)).toMatchObject({ entries: [], more: false, gap: true });
  }
  expect(after("a", head)).toMatchObject({ entries: [], more: false, gap: false });
});

test("a log of as many rooms as one likes keeps none but those whose entries it has", () => {
  const { say, setTopic, open } = smallLog(4);
  for (let index = 0; index < 1_000; index += 1) {
    setTopic(`${index}`, "t");
    say(`${index}`);
  }
  const kept = Array.from({ length: 1_000 }, (_, index) => open(`${index}`).topic !== "");
  expect(kept.filter((isKept) => isKept).length).toBeLessThanOrEqual(2);
  // Seqs grow no faster than entries are written.
  expect(open("new").head).toBeLessThanOrEqual(2_000);
});

test("whatever is kept and dropped, no seq of a room is used twice and no loss goes unnoticed", () => {
  const rooms = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), rooms, (lines, said) => {
      const { say, open, after } = smallLog(lines);
      const seqs = new Map<string, number[]>();
      for (const room of said) {
        const used = seqs.get(room) ?? [];
        seqs.set(room, used);
        const { head } = open(room);
        expect(head).toBeGreaterThanOrEqual(used.at(-1) ?? 0);
        used.push(say(room));
        expect(used.at(-1)).toBe(head + 1);
        for (const [other, known] of seqs) {
          for (const seen of [0, ...known]) {
            const page = after(other, seen);
            const there = page.entries.map(({ seq }) => seq);
            if (!page.gap) expect(there).toEqual(known.filter((seq) => seq > seen));
          }
        }
      }
    }),
    { numRuns: 100 },
  );
});

test("a page of an inbox ends with what it counts through, and every room is on one", () => {
  const { say, mark, inbox } = smallLog(100_000);
  const rooms = ["a", "b", "c", "d", "e"];
  for (const room of rooms) {
    for (let line = 0; line < countedPageMax / 4; line += 1) say(room);
    mark(room);
  }
  const first = inbox("");
  expect(first).toMatchObject({ more: true });
  expect(first.rooms.map(({ key }) => `${key}`)).toEqual(rooms.slice(0, 4));
  expect(inbox("d")).toMatchObject({ rooms: [{ key: "e" }], more: false });
});

test("a conversation of two others is found by none who has only marked it", () => {
  const results: LogResult<number>[] = [];
  const log = createMemoryLog<number>({ memoryLogBytes: 10_000, epoch: "e" })((one) =>
    results.push(one),
  );
  const room = keyOf("@jun+mina");
  const draft = { type: "message", room, at: 0, from: "mina", text: "psst" } as const;
  log.submit({ kind: "append", room, account: "mina", cid: undefined, draft, tag: 0 });
  log.commit();
  log.submit({ kind: "mark", room, account: "ara", seq: 1, mayAdd: true, tag: 0 });
  const terms = [{ words: ["psst"], isPrefix: false }];
  const filters = { from: null, since: null, until: null, before: null, place: null };
  const bounds = { entriesMax: 9, bytesMax: 9_999, asker: 1, tag: 0 };
  const foundBy = (conversationsOf: string) => {
    log.submit({ kind: "search", rooms: [], conversationsOf, terms, ...filters, ...bounds });
    return (results.pop() as Answer<"found">).entries.length;
  };
  expect([foundBy("jun"), foundBy("ara")]).toEqual([1, 0]);
});
