import { describe, expect, test } from "bun:test";
import {
  directParticipants,
  directRoom,
  foldName,
  type NameKey,
  nickSkeleton,
  parseNick,
  parseRoom,
} from "./names.ts";

function nick(raw: string) {
  const parsed = parseNick(raw);
  if (!parsed.ok) throw new Error(`"${raw}": ${parsed.problem}`);
  return parsed;
}

function problemOf(raw: string): string | null {
  const parsed = parseNick(raw);
  return parsed.ok ? null : parsed.problem;
}

const badCharacter = "use letters, digits, - _ and . only";
const mixed = "its letters are of more than one script";

describe("a name", () => {
  for (const raw of [
    "a",
    "Alice",
    "bob-2",
    "x_y.z",
    "민수",
    "지우2",
    "José",
    "Zoë",
    "Иван",
    "Ελένη",
  ]) {
    test(`may be "${raw}", and is kept as it is written`, () => {
      expect(nick(raw).name as string).toBe(raw);
      expect(parseRoom(raw)).toMatchObject({ ok: true, name: raw });
    });
  }

  test("may be of any recommended script", () => {
    const names = ["محمد", "דוד", "Արամ", "নীলা", "राम", "ሰላም", "ნინო", "ગીતા", "ਗੁਰੂ", "ಕನ್ನಡ"];
    const more = ["សុខ", "ລາວ", "മലയാളം", "မြန်မာ", "ଓଡ଼ିଆ", "සිංහල", "தமிழ்", "తెలుగు", "ދިވެހި", "ไทย"];
    for (const raw of [...names, ...more, "བོད", "ㄅㄆㄇ", "さくら", "カタカナ", "中文"]) {
      expect([raw, problemOf(raw)]).toEqual([raw, null]);
    }
  });

  test("may be of digits only, of marks of punctuation only, and one character long", () => {
    // The protocol's sentence allows them, and each can be read, typed and told from the others.
    for (const raw of ["1", "007", "٣", ".", "..", "-", "_", "__init__", "-rf"]) {
      expect([raw, problemOf(raw)]).toEqual([raw, null]);
    }
  });

  const outside = [
    " ",
    "a b",
    "a\tb",
    "a\nb",
    "a,b",
    "a:b",
    "a/b",
    "a@b",
    "a+b",
    "#a",
    "a!",
    "a'b",
    'a"b',
    "<a>",
    "*",
    "$",
    "a\u0000",
    "\u001b[2J",
    "\u007f",
    "\u0085",
    "a\u00a0b",
    "a\u2028b",
    "👋",
    "a👋",
    "→",
    "a\ud800",
    "\udc00",
    "\ufffe",
    "\ufeffa",
    "a\ufeff",
    "a\u200bb",
    "a\u200cb",
    "a\u200db",
    "a\u200eb",
    "a\u202eb",
    "a\u2066b",
    "a\u2069",
    "a\u00adb",
    "㎏",
    "…",
    "·",
    "ａ／ｂ",
    "℀",
    "⑴",
    "½",
  ];
  test("is letters, digits, - _ and . and nothing else", () => {
    for (const raw of outside) expect([raw, problemOf(raw)]).toEqual([raw, badCharacter]);
  });

  test("is not empty", () => {
    expect(problemOf("")).toBe("it is empty");
    expect(parseRoom("")).toEqual({ ok: false, problem: "it is empty" });
  });

  test("holds no letter that folds into something else than letters: spaces, brackets, strokes", () => {
    for (const raw of ["ﷺ", "ﹰ", "⑴", "㈠", "¾", "Ŀ", "ͺ"]) {
      expect([raw, problemOf(raw)]).toEqual([raw, badCharacter]);
    }
  });

  test("holds nothing that can't be seen", () => {
    const fillers = ["\u115f", "\u1160", "\u3164", "\uffa0", "\u034f", "\u17b4", "\u180b"];
    const selectors = ["\ufe00", "\ufe0f", "\u{e0100}", "\u{e01ef}"];
    for (const character of [...fillers, ...selectors]) {
      const raw = `a${character}b`;
      expect([raw, problemOf(raw)]).toEqual([raw, "a character of it can't be seen"]);
    }
  });

  test("is not buried under combining marks", () => {
    const marks = (count: number) => `n${"\u0301\u0323\u0331\u0308\u030a\u0332".slice(0, count)}`;
    expect(problemOf("\u0301a")).toBe("it can't begin with a combining mark");
    expect(problemOf(marks(4))).toBeNull();
    expect(problemOf(marks(5))).toBe("a letter has too many marks");
    expect(problemOf("ế\u0323\u0331\u0332")).toBe("a letter has too many marks");
  });

  test("joins no letters without end into one that counts once", () => {
    expect(problemOf("ᄀ".repeat(200))).toBe("its Hangul doesn't form syllables");
    expect(problemOf("각\u11a8")).toBe("its Hangul doesn't form syllables");
    expect(problemOf("क्".repeat(100))).toBe("a letter has too many parts");
    expect(problemOf("क्ष्म्य")).toBeNull();
  });

  test("may be of single Hangul letters, as people write them", () => {
    for (const raw of ["ㅋㅋㅋ", "ㅇㅇ", "ㅜㅜ", "ㄱ"]) expect(problemOf(raw)).toBeNull();
  });
});

describe("the length of a name", () => {
  const tooLong = "it is longer than 32 characters";
  for (const letter of ["a", "가", "한".normalize("NFD"), "é".normalize("NFD"), "漢", "ด้"]) {
    test(`is counted in graphemes: 32 of "${letter}" are enough, 33 too many`, () => {
      expect(problemOf(letter.repeat(32))).toBeNull();
      expect(problemOf(letter.repeat(33))).toBe(tooLong);
      expect(parseRoom(letter.repeat(32)).ok).toBe(true);
      expect(parseRoom(letter.repeat(33))).toEqual({ ok: false, problem: tooLong });
    });
  }
});

describe("the script of a name", () => {
  test("is one: a Cyrillic letter among Latin ones is refused", () => {
    for (const raw of [
      "аlice",
      "alicе",
      "раypal",
      "mаru",
      "Ηello",
      "gοοgle",
      "민su",
      "aあ",
      "漢a",
    ]) {
      expect([raw, problemOf(raw)]).toEqual([raw, mixed]);
    }
  });

  test("may be Korean with Han, Japanese of all three, Chinese with Bopomofo", () => {
    for (const raw of [
      "金철수",
      "ひらカナ漢字",
      "スーパー",
      "さくらー",
      "佐々木",
      "中文ㄅ",
      "漢字",
      "〆切",
    ]) {
      expect([raw, problemOf(raw)]).toEqual([raw, null]);
    }
    for (const raw of ["한글ひらがな", "カナ한글", "ㄅカ", "한글ー"]) {
      expect([raw, problemOf(raw)]).toEqual([raw, mixed]);
    }
  });

  test("is judged as the name is compared: mathematical letters are Latin ones", () => {
    expect(problemOf("𝐚дмин")).toBe(mixed);
    expect(nick("𝐁𝐨𝐛").key).toBe(nick("bob").key);
    expect(problemOf("µgreek")).toBe(mixed);
  });

  test("goes with the digits 0–9 or with its own, not with both", () => {
    const problem = "its digits are of more than one script";
    expect(problemOf("राम१२")).toBeNull();
    expect(problemOf("राम12")).toBeNull();
    expect(problemOf("राम१2")).toBe(problem);
    expect(problemOf("bob１2")).toBeNull();
    expect(problemOf("bob१")).toBe(mixed);
  });

  test("is none for letters that are drawn like punctuation", () => {
    for (const raw of ["maruːroom", "aˆb", "aʹb"]) expect(problemOf(raw)).toBe(mixed);
    expect(problemOf("Oʻahu")).toBeNull();
  });

  test("is one that is recommended for names", () => {
    for (const raw of ["ᎪᎳᎩ", "ⲁⲃⲅ", "𐐀𐐁", "ꓐꓳꓐ"])
      expect([raw, problemOf(raw)]).toEqual([raw, mixed]);
  });
});

describe("two names are one", () => {
  const same = (one: string, other: string) => {
    expect([one, other, foldName(one)]).toEqual([one, other, foldName(other)]);
  };

  test("when they differ in case", () => {
    same("MARU", "maru");
    same("Иван", "иВАН");
    same("ΣΟΦΟΣ", "σοφος");
    same("Straße", "STRASSE");
    same("STRAẞE", "strasse");
    same("Ǆ", "ǆ");
  });

  test("when they differ in the dots of a Turkish i", () => {
    same("İstanbul", "istanbul");
    same("ISTANBUL", "istanbul");
    same("ılık", "ILIK");
    same("i\u0307", "i");
  });

  test("when they differ in form: composed, fullwidth, ligature", () => {
    same("한글", "한글".normalize("NFD"));
    same("é", "e\u0301");
    same("Ｍａｒｕ", "maru");
    same("ﬁn", "FIN");
    same("ﾊﾝｸﾞﾙ", "ハングル");
    same("K", "k");
    same("²", "2");
  });

  test("and a name is kept in NFC, though not folded", () => {
    expect(nick("한글".normalize("NFD")).name as string).toBe("한글");
    expect(nick("Ｍaria").name as string).toBe("Ｍaria");
  });

  test("and names that a reader tells apart stay apart", () => {
    for (const [one, other] of [
      ["o", "ö"],
      ["가", "각"],
      ["は", "ば"],
      ["a.b", "ab"],
      ["ss", "s"],
    ]) {
      expect(foldName(one as string)).not.toBe(foldName(other as string));
    }
  });
});

describe("reserved names", () => {
  const reserved = ["admin", "ADMIN", "Administrator", "maru", "moderator", "operator", "root"];
  const disguised = ["adm1n", "aďmin", "ädmin", "Ａｄｍｉｎ", "𝐚dmin", "ᴀᴅᴍɪɴ", "rnaru", "r00t"];
  for (const raw of [...reserved, "server", "System", ...disguised, "sỵstem", "AdmIn"]) {
    test(`are reserved: ${raw}`, () => expect(problemOf(raw)).toBe("it is reserved"));
  }

  test("are refused in another script all the more", () => {
    for (const raw of ["аdmin", "Rооt"]) expect(problemOf(raw)).toBe(mixed);
  });

  test("may be part of a nick, or a room", () => {
    expect(problemOf("admiral")).toBeNull();
    expect(problemOf("not-admin")).toBeNull();
    expect(parseRoom("maru").ok).toBe(true);
  });
});

describe("a direct room", () => {
  const key = (text: string) => text as NameKey;

  test("is the same for both, from either side and however it is written", () => {
    const [alice, bob] = [nick("Alice"), nick("bob")];
    expect(directRoom(alice, bob)).toEqual(directRoom(bob, alice));
    const wanted = { ok: true, name: "@Alice+bob", key: "@alice+bob" };
    expect(directRoom(bob, alice) as unknown).toEqual(wanted);
    for (const raw of ["@Alice+bob", "@bob+Alice"]) {
      expect(parseRoom(raw) as unknown).toEqual(wanted);
    }
    expect(parseRoom("@BOB+alice")).toMatchObject({ key: "@alice+bob" });
  });

  test("sorts its nicks by what is compared, not by how they are written", () => {
    expect(parseRoom("@b+A") as unknown).toEqual({ ok: true, name: "@A+b", key: "@a+b" });
    expect(parseRoom("@나+가") as unknown).toEqual({ ok: true, name: "@가+나", key: "@가+나" });
    expect(parseRoom("@민수+alice")).toMatchObject({ key: "@alice+민수" });
  });

  test("may be with oneself: a notebook", () => {
    expect(parseRoom("@a+a") as unknown).toEqual({ ok: true, name: "@a+a", key: "@a+a" });
    expect(parseRoom("@a+A")).toMatchObject({ key: "@a+a" });
  });

  test("has two nicks, not one and not three", () => {
    const problem = "a direct room is written @a+b";
    for (const raw of ["@", "@a", "@a+b+c", "@alice bob", "@++"]) {
      expect(parseRoom(raw)).toEqual({ ok: false, problem });
    }
  });

  test("has two nicks that are valid", () => {
    expect(parseRoom("@+")).toEqual({ ok: false, problem: "it is empty" });
    expect(parseRoom("@a+")).toEqual({ ok: false, problem: "it is empty" });
    expect(parseRoom("@+b")).toEqual({ ok: false, problem: "it is empty" });
    expect(parseRoom("@@a+b")).toEqual({ ok: false, problem: badCharacter });
    expect(parseRoom("@a+b ")).toEqual({ ok: false, problem: badCharacter });
    expect(parseRoom("@a+аb")).toEqual({ ok: false, problem: mixed });
    expect(parseRoom("@admin+b")).toEqual({ ok: false, problem: "it is reserved" });
    expect(parseRoom(`@${"a".repeat(32)}+${"b".repeat(33)}`).ok).toBe(false);
    expect(parseRoom(`@${"a".repeat(32)}+${"b".repeat(32)}`).ok).toBe(true);
  });

  test("tells who is in it, and another room tells nothing", () => {
    expect(directParticipants(key("@alice+bob"))).toEqual([key("alice"), key("bob")]);
    expect(directParticipants(key("lobby"))).toBeNull();
    expect(nickSkeleton(key("alice"))).toBe("allce");
  });
});
