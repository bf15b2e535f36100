// Who is named in a text.

import { expect, test } from "bun:test";
import { parseEmoji } from "./emoji.ts";
import { mentionsMax, mentionsOf } from "./mentions.ts";

const named = (text: string): string[] => [...mentionsOf(text)];

test("names behind an @, folded, each once", () => {
  expect(named("@Mina and @jun-2, @MINA!")).toEqual(["mina", "jun-2"]);
  expect(named("(@마루) 안녕")).toEqual(["마루"]);
  expect(named("no one here")).toEqual([]);
});

test("a name at the end of a sentence is the name with and without its full stop", () => {
  expect(named("ask @mina.")).toEqual(["mina.", "mina"]);
});

test("an address, a lone @ and what is no nick name no account", () => {
  for (const text of ["mail a@b.kr", "@ mina", "@@", "@admin", `@${"x".repeat(40)}`]) {
    expect(named(text)).toEqual([]);
  }
});

test("a name at the very beginning, with a colon or a comma behind it, is called", () => {
  expect(named("mina: can you?")).toEqual(["mina"]);
  expect(named("지은: 네")).toEqual(["지은"]);
  expect(named("MINA, look")).toEqual(["mina"]);
  expect(named("mina:")).toEqual(["mina"]);
  expect(named("jun-2,\nlook")).toEqual(["jun-2"]);
  expect(named("mina: ask @jun, @mina")).toEqual(["jun", "mina"]);
});

test("elsewhere, or without a space behind it, or without a letter in it, it names no account", () => {
  for (const text of [
    ...[" mina: hi", "ask mina: hi", "hi\nmina: hi", "mina : hi", "mina hi", "mina; hi"],
    ...["12: 30", "12:30", "3, 4", "2026-11-23: snow", "mina:hi", "std::string", "mina:: x"],
    ...["https://mina.kr", "mailto:mina", ":", ", x", "admin: hi", `${"x".repeat(40)}: hi`],
  ]) {
    expect(named(text)).toEqual([]);
  }
});

test("a Latin name ends where Hangul begins", () => {
  for (const text of ["@mina님", "@mina야", "@Mina이랑 같이", "(@mina님께서)", "@mina님."]) {
    expect(named(text)).toEqual(["mina"]);
  }
  expect(named("@jun-2한테")).toEqual(["jun-2"]);
  expect(named("@さくら님")).toEqual(["さくら"]);
});

test("a Hangul name counts as written and without a particle that can follow it", () => {
  expect(named("@준호야")).toEqual(["준호야", "준호"]);
  expect(named("@지은은")).toEqual(["지은은", "지은"]);
  expect(named("@준호2님")).toEqual(["준호2님", "준호2"]);
  expect(named("@준호한테".normalize("NFD"))).toEqual(["준호한테", "준호"]);
  expect(named("@준호님께서.")).toEqual(["준호님께서.", "준호님께서", "준호님", "준호"]);
  expect(named("@민준이가")).toEqual(["민준이가", "민준이", "민준"]);
  expect(named("@李준호님")).toEqual(["李준호님", "李준호"]);
  for (const particle of "님 씨 가 께 께서 에게 한테 도 와 랑 의 만 보다 처럼 는 를 야".split(
    " ",
  )) {
    expect(named(`@준호${particle}`)).toContain("준호");
  }
  for (const particle of "님 씨 아 이 은 을 과 이랑 께 께서 에게 한테 도 의 만 보다 처럼".split(
    " ",
  )) {
    expect(named(`@민준${particle}`)).toContain("민준");
  }
});

test("what can't follow the sound of a name is a part of it", () => {
  for (const nick of ["지은", "수아", "미나", "님", "가을"])
    expect(named(`@${nick}`)).toEqual([nick]);
});

test("web addresses, mail addresses and code call no account", () => {
  for (const text of [
    ...["https://x.org/@mina", "see https://u:@mina.kr/@jun-2님", "지은@b.kr", "a@b.kr: hi"],
    ...["`@mina`", "use `x @mina y` there", "```\n@mina\n```", "``@mina``"],
  ]) {
    expect(named(text)).toEqual([]);
  }
  expect(named("`x` @mina `y`, https://x.org @jun")).toEqual(["mina", "jun"]);
  expect(named("a ` and @mina")).toEqual(["mina"]);
});

test("no guess at an ending takes the place of a name as written", () => {
  const nicks = Array.from({ length: mentionsMax }, (_, index) => `준호${index}님`);
  expect(named(nicks.map((nick) => `@${nick}`).join(" "))).toEqual(nicks);
});

test("a line that names everybody names the first ones", () => {
  const text = Array.from({ length: mentionsMax + 5 }, (_, index) => `@p${index}`).join(" ");
  expect(named(text)).toHaveLength(mentionsMax);
});

test("a reaction is one visible grapheme, in NFC", () => {
  for (const emoji of ["👍", "👍🏽", "👨‍👩‍👧", "🇰🇷", "3️⃣", "가", "+", "é"]) {
    expect(parseEmoji(emoji)).toBe(emoji);
  }
  expect(parseEmoji("e\u0301")).toBe("é");
  for (const raw of ["", "ab", "👍👍", " ", "\u0301", "\u200d"]) expect(parseEmoji(raw)).toBeNull();
});
