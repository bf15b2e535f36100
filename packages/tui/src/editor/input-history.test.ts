// What was sent comes back, in order, and what stood there before is not lost.

import { expect, test } from "bun:test";
import {
  acceptSearch,
  beginSearch,
  cancelSearch,
  emptyHistory,
  foundText,
  historyMax,
  historyUnitsMax,
  type InputHistory,
  newer,
  older,
  remember,
  searchFor,
  searchNewer,
  searchOlder,
} from "./input-history.ts";

const history = emptyHistory(["one", "two", "three"]);

test("steps back to the oldest entry and forth to what stood there", () => {
  const first = older(history, "draft");
  expect(first.text).toBe("three");
  const second = older(first.history, "three, edited");
  expect(second.text).toBe("two");
  const third = older(second.history, "two");
  expect(third.text).toBe("one");
  expect(older(third.history, "one")).toEqual({ history: third.history, text: null });
  const back = newer(newer(third.history).history);
  expect(back.text).toBe("three");
  expect(newer(back.history)).toEqual({ history, text: "draft" });
  expect(newer(history)).toEqual({ history, text: null });
});

test("remembers what is sent, but neither blanks nor the same twice in a row", () => {
  expect(remember(history, "four").entries).toEqual(["one", "two", "three", "four"]);
  expect(remember(history, "three").entries).toEqual(history.entries);
  expect(remember(history, " \n").entries).toEqual(history.entries);
  expect(remember(older(history, "x").history, "one")).toEqual(
    emptyHistory(["one", "two", "three", "x", "one"]),
  );
  expect(remember(older(history, " ").history, "one").entries.at(-2)).toBe("three");
  expect(emptyHistory(["a", "a", "", "b", "a"]).entries).toEqual(["a", "b", "a"]);
});

test("keeps as many entries as it may, and no more", () => {
  const full = emptyHistory(Array.from({ length: historyMax }, (_, index) => `${index}`));
  expect(full.entries).toHaveLength(historyMax);
  expect(remember(full, "one more").entries).toHaveLength(historyMax);
  expect(remember(full, "one more").entries[0]).toBe("1");
  const long = (letter: string) => letter.repeat(historyUnitsMax / 2);
  const large = remember(remember(emptyHistory(), long("a")), long("b"));
  expect(large.entries).toHaveLength(2);
  expect(remember(large, "c").entries).toEqual([long("b"), "c"]);
});

const search = (query: string, from: InputHistory) => searchFor(beginSearch(from, "draft"), query);

test("finds an emoji with and without its selector", () => {
  const typed = emptyHistory(["i ❤ tests", "i ❤️ tests too"]);
  for (const query of ["❤", "❤️", "❤\ufe0e tests"]) {
    const found = search(query, typed);
    expect(foundText(found)).toBe("i ❤️ tests too");
    expect(foundText(searchOlder(found))).toBe("i ❤ tests");
  }
});

test("finds the newest entry that holds the query, then older ones and back", () => {
  const found = search("t", history);
  expect(foundText(found)).toBe("three");
  expect(foundText(searchOlder(found))).toBe("two");
  expect(searchOlder(searchOlder(found))).toEqual(searchOlder(found));
  expect(foundText(searchNewer(searchOlder(found)))).toBe("three");
  expect(foundText(searchFor(found, "tw"))).toBe("two");
  expect(foundText(searchFor(searchFor(found, "tw"), "t"))).toBe("three");
});

test("an empty query and one that nothing holds find nothing", () => {
  expect(foundText(beginSearch(history, ""))).toBeNull();
  expect(foundText(search("x", history))).toBeNull();
  expect(foundText(searchFor(search("x", history), "o"))).toBe("two");
});

test("does not mind case nor how Hangul is composed", () => {
  const korean = emptyHistory(["안녕하세요 Ann"]);
  expect(foundText(search("녕하".normalize("NFD"), korean))).toBe("안녕하세요 Ann");
  expect(foundText(search("ANN", korean))).toBe("안녕하세요 Ann");
});

test("ends with what was found, from which stepping goes on, or with what stood there", () => {
  const found = search("tw", history);
  const accepted = acceptSearch(found);
  expect(accepted.text).toBe("two");
  expect(older(accepted.history, "two").text).toBe("one");
  expect(newer(newer(accepted.history).history).text).toBe("draft");
  expect(cancelSearch(found)).toEqual({ history, text: "draft" });
  expect(acceptSearch(search("x", history)).text).toBeNull();
  expect(cancelSearch(history).text).toBeNull();
});
