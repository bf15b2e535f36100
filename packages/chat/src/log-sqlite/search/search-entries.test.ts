import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { SearchFixture } from "../../../test/log-sqlite/search-fixture.ts";
import { tailEntriesMax } from "./room-walk.ts";
import { searchWorkUs } from "./search-entries.ts";

let fixture: SearchFixture;
beforeEach(() => {
  fixture = new SearchFixture();
});
afterEach(() => fixture.close());

/** What is true whether the index has it already, has half of it, or is not there at all. */
for (const indexed of ["nothing", "the beginning", "everything"] as const) {
  describe(`with ${indexed} indexed, search`, () => {
    const half = () => void (indexed === "the beginning" && fixture.index());
    const rest = () => void (indexed === "everything" && fixture.index());

    test("finds words, pairs, phrases and beginnings, in the order of their times", () => {
      fixture.say("a", "배포가 끝났다");
      fixture.say("b", "deploy is done");
      half();
      fixture.say("a", "재배포 하자, deployment done is");
      fixture.topic("a", "deploy 배포");
      rest();
      expect(fixture.find("배포")).toEqual(["a/1", "a/2"]);
      expect(fixture.find("배포".normalize("NFD"))).toEqual(["a/1", "a/2"]);
      expect(fixture.find("포")).toEqual(["a/1", "a/2"]);
      expect(fixture.find("DEPLOY")).toEqual(["b/1"]);
      expect(fixture.find("dep*")).toEqual(["b/1", "a/2"]);
      expect(fixture.find("done is")).toEqual(["b/1", "a/2"]);
      expect(fixture.find('"is done"')).toEqual(["b/1"]);
      expect(fixture.find("배포 deployment")).toEqual(["a/2"]);
      expect(fixture.find("none")).toEqual([]);
    });

    test("shows an edited message by its present text alone", () => {
      const seq = fixture.say("a", "the old words");
      fixture.say("a", "between");
      half();
      fixture.edit("a", seq, "the new words");
      rest();
      expect(fixture.find("old")).toEqual([]);
      expect(fixture.find("new words")).toEqual(["a/1"]);
      fixture.edit("a", seq, "the newest words");
      expect(fixture.find("newest")).toEqual(["a/1"]);
      expect(fixture.find('"new words"')).toEqual([]);
    });

    test("does not show what was redacted", () => {
      const seq = fixture.say("a", "a secret");
      fixture.edit("a", seq, "a bigger secret");
      half();
      fixture.redact("a", seq);
      rest();
      expect(fixture.find("secret")).toEqual([]);
    });

    test("does not show what retention has dropped", () => {
      for (let n = 1; n <= 6; n += 1) fixture.say("a", `word${n % 2} here`);
      half();
      fixture.drop("a", 4);
      rest();
      expect(fixture.find("here")).toEqual(["a/4", "a/5", "a/6"]);
    });

    test("goes through the rooms that were asked for, and no other", () => {
      for (const room of ["a", "b", "@ann+ben", "@ben+mia"]) fixture.say(room, "hello");
      half();
      for (const room of ["@ben+mia", "@ann+ben", "b", "a"]) fixture.say(room, "hello");
      rest();
      expect(fixture.find("hello", { rooms: [] })).toEqual([]);
      expect(fixture.find("hello", { rooms: ["a"] })).toEqual(["a/1", "a/2"]);
      expect(fixture.find("hello", { rooms: ["b", "nowhere"] })).toEqual(["b/1", "b/2"]);
      const ofAnn = ["@ann+ben/1", "@ann+ben/2"];
      expect(fixture.find("hello", { rooms: [], conversationsOf: "ann" })).toEqual(ofAnn);
      expect(fixture.find("hello", { rooms: ["a"], conversationsOf: "ann" })).toEqual([
        "a/1",
        ...ofAnn,
        "a/2",
      ]);
    });

    test("keeps to the sender, the times and the seq", () => {
      for (const account of ["ann", "ben", "ann", "61", "배"]) fixture.say("a", "hello", account);
      half();
      for (const account of ["ann", "ben", "ann"]) fixture.say("a", "hello", account);
      rest();
      const at = (seq: number) => 1_000_000 + seq * 60_000;
      expect(fixture.find("hello", { from: "ben" })).toEqual(["a/2", "a/7"]);
      expect(fixture.find("hello", { from: "배" })).toEqual(["a/5"]);
      expect(fixture.find("hello", { from: "a" })).toEqual([]);
      expect(fixture.find("hello", { since: at(3), until: at(6) })).toEqual([
        "a/3",
        "a/4",
        "a/5",
        "a/6",
      ]);
      expect(fixture.find("hello", { since: at(8) + 1 })).toEqual([]);
      expect(fixture.find("hello", { until: at(1) - 1 })).toEqual([]);
      expect(fixture.find("hello", { before: 3 })).toEqual(["a/1", "a/2"]);
      expect(fixture.find("hello", { before: 7, from: "ann", since: at(2) })).toEqual([
        "a/3",
        "a/6",
      ]);
    });

    test("returns the newest that match, within the bounds, and says if there are more", () => {
      for (let n = 0; n < 20; n += 1) fixture.say(`room${n % 7}`, "hello");
      half();
      for (let n = 0; n < 20; n += 1) fixture.say(`room${n % 7}`, "hello");
      rest();
      const reader = fixture.reader();
      const all = reader.search(fixture.request("hello"));
      expect(all.entries).toHaveLength(40);
      expect(all).toMatchObject({ next: null, indexing: false });
      const few = reader.search(fixture.request("hello", { entriesMax: 5 }));
      expect(few.entries).toEqual(all.entries.slice(-5));
      expect(few.next).not.toBeNull();
      const exact = reader.search(fixture.request("hello", { entriesMax: 40 }));
      expect(exact).toMatchObject({ entries: all.entries, next: null });
      const one = reader.search(fixture.request("hello", { bytesMax: 1 }));
      expect(one.entries).toEqual(all.entries.slice(-1));
      expect(one.next).not.toBeNull();
    });

    test("passes over a row that the disk has changed", () => {
      fixture.say("a", "hello one");
      fixture.say("a", "hello two");
      half();
      fixture.run("UPDATE entry SET body = 'hello 2' WHERE body = 'hello two'");
      rest();
      expect(fixture.find("hello")).toEqual(["a/1"]);
    });
  });
}

test("search says that the index is behind where edits may be missing, and finds the rest", () => {
  for (let n = 0; n < tailEntriesMax; n += 1) fixture.say("long", n === 0 ? "first" : "word");
  fixture.say("short", "first");
  expect(fixture.pages("first").every(({ indexing }) => !indexing)).toBe(true);
  fixture.say("long", "one more");
  const pages = fixture.pages("first");
  expect(pages.every(({ indexing }) => indexing)).toBe(true);
  const found = pages.flatMap(({ entries }) => entries.map(({ room }) => room));
  expect(found.sort()).toEqual(["long", "short"]);
  fixture.index();
  const whole = fixture.reader().search(fixture.request("first"));
  expect(whole).toMatchObject({ next: null, indexing: false });
  expect(whole.entries).toHaveLength(2);
});

test("what a page costs is bounded by the texts that are judged, and the next goes on", () => {
  const text = "가나다라마바사아자차카타파하".repeat(190);
  const textUs = text.length * 0.27;
  const count = Math.ceil((searchWorkUs * 3) / textUs);
  for (let n = 0; n < count; n += 1) fixture.say("a", n === 0 ? `바늘 ${text}` : text);
  for (const isIndexed of [false, true]) {
    if (isIndexed) fixture.index();
    // Every text has `가나`, and is judged because of it; one has the other word too.
    const pages = fixture.pages("가나 바늘*", { rooms: ["a"] });
    expect(pages.flatMap(({ entries }) => entries.map(({ seq }) => seq))).toEqual([1]);
    if (!isIndexed) expect(pages.length).toBeGreaterThanOrEqual(3);
  }
  // A beginning longer than those that are indexed is judged with each text that has its letters.
  const pages = fixture.pages("가나다라마바사* 없는말이다", { rooms: ["a"] });
  expect(pages.flatMap(({ entries }) => entries)).toEqual([]);
});

test("search of many rooms answers common and rare words, many hits and few, the same", () => {
  const rooms = Array.from({ length: 30 }, (_, n) => `room${n}`);
  for (let n = 0; n < 3000; n += 1) {
    fixture.say(rooms[n % 30] as string, n % 500 === 0 ? "common rare" : "common");
  }
  fixture.index();
  expect(fixture.find("common", { entriesMax: 3 })).toEqual([
    "room27/100",
    "room28/100",
    "room29/100",
  ]);
  expect(fixture.find("rare")).toEqual([
    "room0/1",
    "room20/17",
    "room10/34",
    "room0/51",
    "room20/67",
    "room10/84",
  ]);
  expect(fixture.find("comm* rare", { rooms: rooms.slice(0, 15) })).toHaveLength(4);
  expect(fixture.find("common", { rooms: rooms.slice(5), until: 1_060_000 + 6 * 60_000 })).toEqual([
    "room5/1",
    "room6/1",
  ]);
});
