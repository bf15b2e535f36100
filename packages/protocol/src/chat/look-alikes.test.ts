import { describe, expect, test } from "bun:test";
import { foldText } from "./fold.ts";
import { skeletonOf } from "./look-alikes.ts";

function alike(one: string, other: string): void {
  expect([one, other, skeletonOf(one)]).toEqual([one, other, skeletonOf(other)]);
}

describe("names that look alike have one skeleton", () => {
  const pairs: [string, string][] = [
    ["modern", "modem"],
    ["barn", "bam"],
    ["vvorld", "world"],
    ["b0b", "bob"],
    ["B0B", "bob"],
    ["pau1", "paul"],
    ["PauI", "paul"],
    ["Iris", "lris"],
    ["1ris", "iris"],
    ["a_b", "a-b"],
    ["a.b", "a_b"],
    ["zoë", "zoe"],
    ["Jose\u0301", "jose"],
    ["ｂｏｂ", "bob"],
    ["ᴀnna", "anna"],
    ["Oʻahu", "Oʼahu"],
  ];
  for (const [one, other] of pairs) test(`${one} and ${other}`, () => alike(one, other));

  const acrossScripts: [string, string][] = [
    ["сосо", "coco"],
    ["Вова", "Boba"],
    ["рау", "pay"],
    ["НАТ", "HAT"],
    ["ΝΙΝΑ", "NINA"],
    ["νου", "vou"],
    ["ΜΑΤΗ", "math"],
    ["ΖΟΕ", "zoe"],
    ["օհ", "oh"],
    ["ىوسف", "یوسف"],
    ["口", "ロ"],
    ["ㅁ", "口"],
    ["ㅡ", "一"],
    ["一", "ー"],
    ["へへ", "ヘヘ"],
    ["०", "o"],
  ];
  for (const [one, other] of acrossScripts) {
    test(`${one} and ${other}, each of one script`, () => alike(one, other));
  }
});

describe("names that a reader tells apart have skeletons of their own", () => {
  const pairs: [string, string][] = [
    ["anna", "hanna"],
    ["bob", "dod"],
    ["민수", "민주"],
    ["가나", "가니"],
    ["は", "ば"],
    ["ハ", "パ"],
    ["राम", "रीमा"],
    ["ที่", "ทุ่"],
    ["иван", "ивон"],
    ["ab", "a-b"],
    ["2", "z"],
  ];
  for (const [one, other] of pairs) {
    test(`${one} and ${other}`, () => expect(skeletonOf(one)).not.toBe(skeletonOf(other)));
  }
});

test("each family's stand-in is its own skeleton, and no letter is in two families", () => {
  for (const letter of "abcdefghjklmnopqrstuvwxyz36-ʻکیーロニハカタトエオノヘリ") {
    expect([letter, skeletonOf(letter)]).toEqual([letter, letter]);
  }
});

test("folding leaves letters that only look alike apart", () => {
  expect(foldText("сосо")).not.toBe(foldText("coco"));
  expect(foldText("b0b")).not.toBe(foldText("bob"));
});
