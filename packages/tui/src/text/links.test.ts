// Which part of a text is an address, and what a terminal is told to open.

import { describe, expect, test } from "bun:test";
import { addressMax, linksMax, linksOf } from "./links.ts";

const found = (text: string) => linksOf(text).map(({ start, end }) => text.slice(start, end));
const addresses = (text: string) => linksOf(text).map(({ address }) => address);

describe("an address", () => {
  test("ends where the sentence around it goes on", () => {
    expect(found("see https://a.example/x, or (http://b.example/y).")).toEqual([
      "https://a.example/x",
      "http://b.example/y",
    ]);
    expect(found("https://a.example/wiki/Rust_(game)")).toEqual([
      "https://a.example/wiki/Rust_(game)",
    ]);
    expect(found("(see https://a.example/wiki/Rust_(game))")).toEqual([
      "https://a.example/wiki/Rust_(game)",
    ]);
    expect(found('"https://a.example/" <https://b.example/> `https://c.example/`')).toEqual([
      "https://a.example/",
      "https://b.example/",
      "https://c.example/",
    ]);
    expect(found("여기https://a.example/가。나")).toEqual(["https://a.example/가"]);
  });

  test("is of the web", () => {
    expect(found("ftp://a.example file:///etc xhttps://a.example javascript:alert(1)")).toEqual([]);
    expect(found("https:// http://. https://[ http://a b")).toEqual(["http://a"]);
  });

  test("leads to ASCII, whatever it is written in", () => {
    expect(addresses("https://예시.example/서울?q=가 나")).toEqual([
      "https://xn--vv4b11d.example/%EC%84%9C%EC%9A%B8?q=%EA%B0%80",
    ]);
    expect(addresses("HTTPS://A.example/B")).toEqual(["https://a.example/B"]);
  });

  test("ends at what can't be seen or was replaced", () => {
    expect(
      found("https://a.example/a\u200bb https://b.example/\ufffdx https://c.example/␛]8"),
    ).toEqual(["https://a.example/a", "https://b.example/", "https://c.example/"]);
  });

  test("is no link when it is too long", () => {
    const fits = `https://a.example/${"x".repeat(addressMax - 18)}`;
    expect(addresses(fits)).toEqual([fits]);
    expect(addresses(`${fits}x`)).toEqual([]);
    // Percent-encoded it is three times as long.
    expect(addresses(`https://a.example/${"가".repeat(addressMax / 4)}`)).toEqual([]);
  });
});

test("so many links of one text, and no more", () => {
  expect(linksOf("http://a.example ".repeat(linksMax + 3))).toHaveLength(linksMax);
});

test("hostile texts are read once", () => {
  for (const piece of ["http://", "https://(", ")", "http://a)", ".", "h", "http://a.", "[("]) {
    const text = `http://a.example/${piece.repeat(200_000 / piece.length)}`;
    expect(linksOf(text).length).toBeLessThanOrEqual(linksMax);
  }
});
