// Nothing remote moves the terminal.

import { expect, test } from "bun:test";
import { graphemePartsMax, sanitize, sanitizeLine, sanitizeScreen } from "./sanitize.ts";

const character = (code: number) => String.fromCharCode(code);
const harmless = (text: string) =>
  !/[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text);

test("no control character but tab and newline gets through", () => {
  for (let code = 0; code < 0xa0; code += 1) {
    const text = sanitize(`a${character(code)}b`);
    expect(harmless(text)).toBe(true);
    if (code === 0x09 || code === 0x0a || (code >= 0x20 && code < 0x7f)) {
      expect(text).toBe(`a${character(code)}b`);
    } else expect(text).toHaveLength(3);
  }
});

test("shows which C0 character it was", () => {
  expect(sanitize("\u001b[31mred\u0007")).toBe("␛[31mred␇");
});

test("neutralises titles, clipboard writes, links and 8-bit sequences", () => {
  for (const attack of [
    "\u001b]0;x\u0007",
    "\u001b]52;c;eA==\u001b\\",
    "\u009b2J",
    "\u0090q\u009c",
  ]) {
    expect(harmless(sanitize(attack))).toBe(true);
  }
});

test("nothing turns the order of letters around", () => {
  expect(sanitize("a\u202eb\u2066c\u200fd")).toBe("a\ufffdb\ufffdc\ufffdd");
});

test("keeps every script, marks and emoji as they are", () => {
  for (const text of ["안녕하세요", "नमस्ते", "שלום", "👨‍👩‍👧‍👦 🇰🇷 👍🏽", "e\u0301", "한글"]) {
    expect(sanitize(text)).toBe(text);
  }
});

test("mends unpaired surrogates", () => {
  expect(sanitize("a\ud800b")).toBe("a\ufffdb");
});

test("keeps one line one line", () => {
  expect(sanitizeLine("a\nb\tc\u2028d")).toBe("a b c d");
});

test("a letter keeps four combining marks, however the rest is strung to it", () => {
  const acute = "\u0301";
  const joiner = "\u200d";
  expect(sanitize(`a${acute.repeat(200)}b`)).toBe(`a${acute.repeat(4)}b`);
  expect(sanitize(`a${acute.repeat(4)}b`)).toBe(`a${acute.repeat(4)}b`);
  const strung = sanitize(`a${`${acute.repeat(3)}${joiner}`.repeat(50)}b`);
  expect(strung.split(acute)).toHaveLength(5);
});

test("for the screen a tab is spaces, and what draws nothing is gone", () => {
  expect(sanitizeScreen("a\tb\nc")).toBe("a    b\nc");
  expect(sanitizeScreen("a\u200bb\u00adc\u2060d\ufeffe\u3164f\u115fg")).toBe("abcdefg");
  expect(sanitizeScreen("\u001b]0;x\u0007\u202ey")).toBe("␛]0;x␇\ufffdy");
  const four = "\u0301".repeat(4);
  expect(sanitizeScreen(`a${`${four}\u3164`.repeat(9)}b`)).toBe(`a${four}b`);
});

test("for the screen a letter keeps as many parts as a script may need, and no more", () => {
  const joined = (parts: number) => Array.from({ length: parts }, () => "👩").join("\u200d");
  expect(sanitizeScreen(`${joined(graphemePartsMax / 2)}\u200d`)).toHaveLength(24);
  expect(sanitizeScreen(`${joined(graphemePartsMax / 2)}\u200d👩!`)).toBe(
    `${joined(graphemePartsMax / 2)}\u200d!`,
  );
  for (const text of [
    "안녕하세요",
    "नमस्ते क्षि",
    "👩🏽‍❤️‍💋‍👨🏿 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "ཧཱུྃ",
  ]) {
    expect(sanitizeScreen(text)).toBe(text);
  }
});
