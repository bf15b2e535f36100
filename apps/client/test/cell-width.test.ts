// Our widths are those that the painter draws: text is drawn, and looked at where the next cell lands.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { avoiding, cellWidth, drawnText, sanitizeScreen, symbolClasses } from "@maru/tui/text";
import { OptimizedBuffer, Renderable, RGBA } from "@opentui/core";
import { createTestRenderer, type TestRendererSetup } from "@opentui/core/testing";
import fc from "fast-check";

const width = 120;
const ink = RGBA.fromInts(255, 0, 0);
const ground = RGBA.fromInts(0, 0, 0);
const other = RGBA.fromInts(0, 0, 255);

/** Draws a row of another colour, then the text and a mark over it. */
class Line extends Renderable {
  text = "";
  protected override renderSelf(buffer: OptimizedBuffer): void {
    buffer.drawText("-".repeat(width), 0, 0, other, ground, 0);
    buffer.drawText(drawnText(this.text), 0, 0, ink, ground, 0);
  }
}

let setup: TestRendererSetup;
let line: Line;

beforeAll(async () => {
  setup = await createTestRenderer({ width, height: 2 });
  line = new Line(setup.renderer, { width: "100%", height: "100%" });
  setup.renderer.root.add(line);
});
afterAll(() => setup.dispose());

async function render(text: string): Promise<void> {
  line.text = text;
  line.requestRender();
  await setup.renderOnce();
}

/** The column behind the text; a text that draws nothing at its end needs a mark there. */
async function drawnWidth(text: string): Promise<number> {
  await render(text);
  const spans = setup.captureSpans().lines[0]?.spans ?? [];
  const drawn = spans.filter((span) => span.fg.equals(ink));
  return drawn.reduce((sum, span) => sum + span.width, 0);
}

const corpus = [
  ...[
    "abc",
    "한글",
    "가",
    "ㅎ",
    "ㅎㅏㄴ",
    "\u1112\u1161\u11ab",
    "\u1112\u1161",
    "\u1112",
    "\u1161",
  ],
  ...[
    "\u11ab",
    "\u1100\u1100\u1161",
    "각\u11a8",
    "\uffa1",
    "ﾊﾟｶﾞ",
    "ｱ",
    "漢字",
    "𠀀",
    "かが",
    "カ\u3099",
  ],
  ...[
    "Ａ",
    "　",
    "👨‍👩‍👧‍👦",
    "🧑🏽‍🤝‍🧑🏿",
    "👩‍❤️‍👨",
    "🏳️‍🌈",
    "🏴‍☠️",
    "👁️‍🗨️",
    "🇰🇷",
    "🇰",
    "🇰🇷🇺",
    "👍🏽",
    "☝🏽",
  ],
  ...[
    "⛹🏽‍♀️",
    "a🏽",
    "🏽",
    "👍🏽🏽",
    "1️⃣",
    "#️⃣",
    "1\u20e3",
    "❤️",
    "❤",
    "☺\ufe0e",
    "⌚\ufe0e",
    "☎️",
    "a\ufe0f",
  ],
  ...[
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "e\u0301",
    "e\u0301\u0302\u0303\u0304",
  ],
  ...[
    "\u0301",
    "\u0301x",
    "가\u0301",
    "नमस्ते",
    "क्षि",
    "र्क",
    "क्क्क",
    "ক্ক",
    "தொ",
    "สวัสดี",
    "กำ",
    "ຳ",
    "มํำ",
  ],
  ...[
    "ကျွန်",
    "ខ្មែរ",
    "ꦏꦿ",
    "བོད",
    "مرحبا",
    "مَرْ",
    "שָׁלוֹם",
    "\u0600a",
    "·",
    "…",
    "—",
    "①",
    "─",
    "★",
    "␛",
    "␀",
  ],
  ...[
    "\ufffd",
    "\ufffd\u0301",
    "\u200d",
    "a\u200db",
    "\u200b",
    "a\u200bb",
    "\u00ad",
    "a\u00adb",
    "\u2060",
  ],
  ...[
    "\ufeff",
    "\u034f",
    "\u115f",
    "\u1160",
    "\u3164",
    "\uffa0",
    "\u0378",
    "\ue000",
    "\u{f0000}",
    "\uffff",
  ],
  ...["ﷺ", "𒐫", "⸻", "𝒳", "🫠", "🪿", "🀄", "🂡", "🈁", "㍿", "〇", "￠", "ﬀ", "🏳", "⚡", "ℹ️", "©️"],
];

test("the corpus is as wide as it is drawn", async () => {
  const wrong: [string, number, number][] = [];
  for (const text of corpus) {
    const marked = `${text}|`;
    const drawn = await drawnWidth(marked);
    if (cellWidth(marked) !== drawn) wrong.push([text, cellWidth(marked), drawn]);
  }
  expect(wrong).toEqual([]);
});

test("what people see as one Korean letter is two cells, however it was written", () => {
  expect(cellWidth("한")).toBe(2);
  expect(cellWidth("\u1112\u1161\u11ab")).toBe(2);
  expect(cellWidth("ㅎ")).toBe(2);
  expect(cellWidth("안녕하세요")).toBe(10);
});

/** Planes that hold characters, without surrogates and controls. */
function* codePoints(): Generator<string> {
  for (let code = 0x20; code <= 0xe1000; code += 1) {
    if ((code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff)) continue;
    if (code > 0x33fff && code < 0xe0000) continue;
    yield String.fromCodePoint(code);
  }
}

/** Cells of `text` as the painter encodes it: as it draws it, but far faster. */
function encodedWidth(buffer: OptimizedBuffer, text: string): number {
  const encoded = buffer.encodeUnicode(drawnText(text));
  const cells = encoded.data.reduce((sum, cell) => sum + cell.width, 0);
  buffer.freeUnicode(encoded);
  return cells;
}

test("every character there is, alone and behind a letter, is as wide as it is drawn", () => {
  const owner = setup.renderer.nativeScene;
  const buffer = OptimizedBuffer.create(width, 1, "unicode", { owner });
  let seen = 0;
  const wrong: string[] = [];
  for (const letter of codePoints()) {
    for (const text of [letter, `a${letter}`, `가${letter}`]) {
      seen += 1;
      if (cellWidth(text) !== encodedWidth(buffer, text)) wrong.push(text);
    }
  }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(500_000);
  buffer.destroy();
}, 30_000);

test("what is drawn instead, where a terminal counts otherwise, is as wide as the text too", () => {
  const owner = setup.renderer.nativeScene;
  const buffer = OptimizedBuffer.create(width, 1, "unicode", { owner });
  const wrong: string[] = [];
  for (const each of [
    ...symbolClasses.map(({ name }) => [name]),
    symbolClasses.map(({ name }) => name),
  ]) {
    const avoided = avoiding(each);
    for (const text of [...corpus, ...symbolClasses.map(({ sample }) => sample)]) {
      const drawn = drawnText(`${text}|`, avoided);
      if (encodedWidth(buffer, drawn) !== cellWidth(`${text}|`)) wrong.push(`${each}: ${text}`);
    }
  }
  expect(wrong).toEqual([]);
  buffer.destroy();
});

const piece = fc.oneof(
  fc.constantFrom(...corpus),
  fc.constantFrom(
    "\u200d",
    "\ufe0f",
    "\ufe0e",
    "\u20e3",
    "\u0301",
    "🏽",
    "\u094d",
    "क",
    "ि",
    " ",
    "a",
  ),
);

test("random text of the corpus is as wide as it is drawn", async () => {
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      const marked = `${value}|`;
      if (cellWidth(marked) <= width) expect(await drawnWidth(marked)).toBe(cellWidth(marked));
    }),
    { numRuns: 1500 },
  );
}, 30_000);

test("what is hostile is as wide as it is drawn, once it is made harmless for the screen", async () => {
  const text = fc.string({ unit: "binary", maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      const shown = `${sanitizeScreen(value).replaceAll("\n", " ")}|`;
      if (cellWidth(shown) <= width) expect(await drawnWidth(shown)).toBe(cellWidth(shown));
    }),
    { numRuns: 1000 },
  );
}, 30_000);
