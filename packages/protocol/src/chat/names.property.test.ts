import { expect, test } from "bun:test";
import fc from "fast-check";
import { foldText } from "./fold.ts";
import { skeletonOf } from "./look-alikes.ts";
import { directRoom, foldName, nickSkeleton, parseNick, parseRoom } from "./names.ts";

/** Text of the letters, marks and digits in which names go wrong. */
const letter = fc.oneof(
  fc.constantFrom(..."abIlrnvwMZ01-_.ßẞİıſKéñςΣσᾳΐǰŉǆﬁ"),
  fc.constantFrom(..."аеоСВНёйѕΝνΗηΥΜ가각ㄱㅏㅁカガﾊﾞー一口漢さべ"),
  fc.constantFrom("\u0301", "\u0307", "\u0323", "\u0345", "\u3099", "ᄀ", "ᅡ", "ᆨ", "राम", "٣", "۳"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
);
const text = fc.array(letter, { maxLength: 12 }).map((letters) => letters.join(""));
const asciiName = fc.stringMatching(/^[A-Za-z0-9._-]{1,32}$/);

const assert = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, numRuns = 2000) =>
  fc.assert(fc.property(arbitrary, check), { numRuns });

test("folding a folded name changes nothing, for every character and for their sequences", () => {
  const moved: string[] = [];
  for (let code = 0; code <= 0x3ffff; code += 1) {
    const once = foldText(String.fromCodePoint(code));
    if (foldText(once) !== once) moved.push(code.toString(16));
  }
  expect(moved).toEqual([]);
  assert(text, (value) => {
    const key = foldName(value);
    expect(foldName(key)).toBe(key);
  });
});

test("a name's key does not depend on its case or its normal form", () => {
  assert(text, (value) => {
    const key = foldName(value);
    expect(foldName(value.normalize("NFD"))).toBe(key);
    expect(foldName(value.normalize("NFKC"))).toBe(key);
  });
  assert(asciiName, (value) => {
    expect(foldName(value.toUpperCase())).toBe(foldName(value.toLowerCase()));
  });
});

test("the skeleton of a skeleton is that skeleton, and one key has one skeleton", () => {
  assert(text, (value) => {
    const skeleton = skeletonOf(value);
    expect(skeletonOf(skeleton)).toBe(skeleton);
    expect(skeletonOf(value.normalize("NFD"))).toBe(skeleton);
  });
});

test("what is accepted as a name is in NFC, has a key of name characters, and is accepted again", () => {
  assert(text, (value) => {
    const parsed = parseNick(value);
    if (!parsed.ok) {
      expect(parsed.problem).not.toBe("");
      return;
    }
    expect(parsed.name as string).toBe(value.normalize("NFC"));
    expect(parsed.key).toMatch(/^[\p{L}\p{M}\p{N}._-]+$/u);
    expect(parsed.key).toBe(foldName(parsed.name));
    expect(parseNick(parsed.name)).toEqual(parsed);
    expect(nickSkeleton(parsed.name)).not.toBe("");
  });
});

test("every name of 1 to 32 ASCII letters, digits, - _ and . is a room's, and nearly all a nick's", () => {
  assert(asciiName, (value) => {
    expect(parseRoom(value) as unknown).toEqual({
      ok: true,
      name: value,
      key: foldText(value),
    });
    const parsed = parseNick(value);
    if (!parsed.ok) expect(parsed.problem).toBe("it is reserved");
  });
});

test("judging any text whatever ends with a name or a problem, for nicks and for rooms", () => {
  assert(fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), text), (value) => {
    for (const parsed of [parseNick(value), parseRoom(value), parseRoom(`@${value}`)]) {
      expect(typeof (parsed.ok ? parsed.key : parsed.problem)).toBe("string");
    }
  });
});

test("a direct room is one for both, and parses to itself", () => {
  assert(fc.tuple(asciiName, asciiName), ([one, other]) => {
    const [first, second] = [parseNick(one), parseNick(other)];
    if (!first.ok || !second.ok) return;
    const room = directRoom(first, second);
    expect(directRoom(second, first).key).toBe(room.key);
    expect(parseRoom(room.name)).toEqual(room);
    expect(parseRoom(`@${other}+${one}`)).toMatchObject({ key: room.key });
  });
});

test("a name of Hangul syllables and digits is judged like the others, and its key is its folded form", () => {
  assert(fc.stringMatching(/^[가-힣0-9._-]{1,33}$/), (value) => {
    const parsed = parseNick(value);
    expect(parsed.ok).toBe([...value].length <= 32);
    if (parsed.ok) expect(parsed.key).toBe(foldName(value.normalize("NFD")));
  });
});
