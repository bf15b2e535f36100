import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { tailEntriesMax } from "./room-walk.ts";
import { searchWorkUs } from "./search-entries.ts";
import { SearchStage } from "./test/search-stage.ts";

let stage: SearchStage;
beforeEach(() => {
  stage = new SearchStage();
});
afterEach(() => stage.close());

/** What is true whether the index has it already, has half of it, or is not there at all. */
for (const indexed of ["nothing", "the beginning", "everything"] as const) {
  describe(`with ${indexed} indexed, search`, () => {
    const half = () => void (indexed === "the beginning" && stage.index());
    const rest = () => void (indexed === "everything" && stage.index());

    test("finds words, pairs, phrases and beginnings, in the order of their times", () => {
      stage.say("a", "배포가 끝났다");
      stage.say("b", "deploy is done");
      half();
      stage.say("a", "재배포 하자, deployment done is");
      stage.topic("a", "deploy 배포");
      rest();
      expect(stage.find("배포")).toEqual(["a/1", "a/2"]);
      expect(stage.find("배포".normalize("NFD"))).toEqual(["a/1", "a/2"]);
      expect(stage.find("포")).toEqual(["a/1", "a/2"]);
      expect(stage.find("DEPLOY")).toEqual(["b/1"]);
      expect(stage.find("dep*")).toEqual(["b/1", "a/2"]);
      expect(stage.find("done is")).toEqual(["b/1", "a/2"]);
      expect(stage.find('"is done"')).toEqual(["b/1"]);
      expect(stage.find("배포 deployment")).toEqual(["a/2"]);
      expect(stage.find("none")).toEqual([]);
    });

    test("shows an edited message by its present text alone", () => {
      const seq = stage.say("a", "the old words");
      stage.say("a", "between");
      half();
      stage.edit("a", seq, "the new words");
      rest();
      expect(stage.find("old")).toEqual([]);
      expect(stage.find("new words")).toEqual(["a/1"]);
      stage.edit("a", seq, "the newest words");
      expect(stage.find("newest")).toEqual(["a/1"]);
      expect(stage.find('"new words"')).toEqual([]);
    });

    test("does not show what was redacted", () => {
      const seq = stage.say("a", "a secret");
      stage.edit("a", seq, "a bigger secret");
      half();
      stage.redact("a", seq);
      rest();
      expect(stage.find("secret")).toEqual([]);
    });

    test("does not show what retention has dropped", () => {
      for (let n = 1; n <= 6; n += 1) stage.say("a", `word${n % 2} here`);
      half();
      stage.drop("a", 4);
      rest();
      expect(stage.find("here")).toEqual(["a/4", "a/5", "a/6"]);
    });

    test("goes through the rooms that were asked for, and no other", () => {
      for (const room of ["a", "b", "@ann+ben", "@ben+mia"]) stage.say(room, "hello");
      half();
      for (const room of ["@ben+mia", "@ann+ben", "b", "a"]) stage.say(room, "hello");
      rest();
      expect(stage.find("hello", { rooms: [] })).toEqual([]);
      expect(stage.find("hello", { rooms: ["a"] })).toEqual(["a/1", "a/2"]);
      expect(stage.find("hello", { rooms: ["b", "nowhere"] })).toEqual(["b/1", "b/2"]);
      const ofAnn = ["@ann+ben/1", "@ann+ben/2"];
      expect(stage.find("hello", { rooms: [], conversationsOf: "ann" })).toEqual(ofAnn);
      expect(stage.find("hello", { rooms: ["a"], conversationsOf: "ann" })).toEqual([
        "a/1",
        ...ofAnn,
        "a/2",
      ]);
    });

    test("keeps to the sender, the times and the seq", () => {
      for (const account of ["ann", "ben", "ann", "61", "배"]) stage.say("a", "hello", account);
      half();
      for (const account of ["ann", "ben", "ann"]) stage.say("a", "hello", account);
      rest();
      const at = (seq: number) => 1_000_000 + seq * 60_000;
      expect(stage.find("hello", { from: "ben" })).toEqual(["a/2", "a/7"]);
      expect(stage.find("hello", { from: "배" })).toEqual(["a/5"]);
      expect(stage.find("hello", { from: "a" })).toEqual([]);
      expect(stage.find("hello", { since: at(3), until: at(6) })).toEqual([
        "a/3",
        "a/4",
        "a/5",
        "a/6",
      ]);
      expect(stage.find("hello", { since: at(8) + 1 })).toEqual([]);
      expect(stage.find("hello", { until: at(1) - 1 })).toEqual([]);
      expect(stage.find("hello", { before: 3 })).toEqual(["a/1", "a/2"]);
      expect(stage.find("hello", { before: 7, from: "ann", since: at(2) })).toEqual(["a/3", "a/6"]);
    });

    test("returns the newest that match, within the bounds, and says if there are more", () => {
      for (let n = 0; n < 20; n += 1) stage.say(`room${n % 7}`, "hello");
      half();
      for (let n = 0; n < 20; n += 1) stage.say(`room${n % 7}`, "hello");
      rest();
      const reader = stage.reader();
      const all = reader.search(stage.request("hello"));
      expect(all.entries).toHaveLength(40);
      expect(all).toMatchObject({ next: null, indexing: false });
      const few = reader.search(stage.request("hello", { entriesMax: 5 }));
      expect(few.entries).toEqual(all.entries.slice(-5));
      expect(few.next).not.toBeNull();
      const exact = reader.search(stage.request("hello", { entriesMax: 40 }));
      expect(exact).toMatchObject({ entries: all.entries, next: null });
      const one = reader.search(stage.request("hello", { bytesMax: 1 }));
      expect(one.entries).toEqual(all.entries.slice(-1));
      expect(one.next).not.toBeNull();
    });

    test("passes over a row that the disk has changed", () => {
      stage.say("a", "hello one");
      stage.say("a", "hello two");
      half();
      stage.run("UPDATE entry SET body = 'hello 2' WHERE body = 'hello two'");
      rest();
      expect(stage.find("hello")).toEqual(["a/1"]);
    });
  });
}

test("search says that the index is behind where edits may be missing, and finds the rest", () => {
  for (let n = 0; n < tailEntriesMax; n += 1) stage.say("long", n === 0 ? "first" : "word");
  stage.say("short", "first");
  expect(stage.pages("first").every(({ indexing }) => !indexing)).toBe(true);
  stage.say("long", "one more");
  const pages = stage.pages("first");
  expect(pages.every(({ indexing }) => indexing)).toBe(true);
  const found = pages.flatMap(({ entries }) => entries.map(({ room }) => room));
  expect(found.sort()).toEqual(["long", "short"]);
  stage.index();
  const whole = stage.reader().search(stage.request("first"));
  expect(whole).toMatchObject({ next: null, indexing: false });
  expect(whole.entries).toHaveLength(2);
});

test("what a page costs is bounded by the texts that are judged, and the next goes on", () => {
  const text = "가나다라마바사아자차카타파하".repeat(190);
  const textUs = text.length * 0.27;
  const count = Math.ceil((searchWorkUs * 3) / textUs);
  for (let n = 0; n < count; n += 1) stage.say("a", n === 0 ? `바늘 ${text}` : text);
  for (const isIndexed of [false, true]) {
    if (isIndexed) stage.index();
    // Every text has `가나`, and is judged because of it; one has the other word too.
    const pages = stage.pages("가나 바늘*", { rooms: ["a"] });
    expect(pages.flatMap(({ entries }) => entries.map(({ seq }) => seq))).toEqual([1]);
    if (!isIndexed) expect(pages.length).toBeGreaterThanOrEqual(3);
  }
  // A beginning longer than those that are indexed is judged with each text that has its letters.
  const pages = stage.pages("가나다라마바사* 없는말이다", { rooms: ["a"] });
  expect(pages.flatMap(({ entries }) => entries)).toEqual([]);
});

test("search of many rooms answers common and rare words, many hits and few, the same", () => {
  const rooms = Array.from({ length: 30 }, (_, n) => `room${n}`);
  for (let n = 0; n < 3000; n += 1) {
    stage.say(rooms[n % 30] as string, n % 500 === 0 ? "common rare" : "common");
  }
  stage.index();
  expect(stage.find("common", { entriesMax: 3 })).toEqual([
    "room27/100",
    "room28/100",
    "room29/100",
  ]);
  expect(stage.find("rare")).toEqual([
    "room0/1",
    "room20/17",
    "room10/34",
    "room0/51",
    "room20/67",
    "room10/84",
  ]);
  expect(stage.find("comm* rare", { rooms: rooms.slice(0, 15) })).toHaveLength(4);
  expect(stage.find("common", { rooms: rooms.slice(5), until: 1_060_000 + 6 * 60_000 })).toEqual([
    "room5/1",
    "room6/1",
  ]);
});
