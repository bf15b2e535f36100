// The width that views count with is the one that OpenTUI draws: two numbers that must agree, or
// everything right of a letter stands beside its place.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { plainStyle, plainTheme } from "../testing/plain-theme.ts";
import { createTestTerminal, type TestTerminal } from "../testing/test-terminal.ts";
import { cellWidth } from "../text/cell-width.ts";
import { sanitizeLine } from "../text/sanitize.ts";

const theme = {
  ...plainTheme,
  strong: { ...plainStyle, bold: true },
};

let screen: TestTerminal;
let shown = "";
beforeAll(async () => {
  screen = await createTestTerminal({
    width: 60,
    height: 1,
    theme,
    frame: (size) => ({ ...size, rows: [[{ text: shown, role: "strong" }]], caret: null }),
  });
});
afterAll(() => screen.end());

const corpus = [
  ...[
    "a",
    "é",
    "e\u0301",
    "한",
    "ᄒ\u1161ᆫ",
    "ㅎ",
    "漢",
    "カ",
    "ｶ",
    "Ａ",
    "ñ",
    "ß",
    "Ж",
    "א",
    "ع",
    "ไทย",
    "हिन्दी",
  ],
  ...[
    "👍",
    "👍🏽",
    "👨‍👩‍👧",
    "🇰🇷",
    "🇰",
    "❤",
    "❤️",
    "☺️",
    "1️⃣",
    "#️⃣",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "👩🏽‍💻",
    "🧑‍🤝‍🧑",
    "😀",
    "☎",
    "✔",
    "✔️",
    "⚠",
    "⚠️",
    "⌚",
    "▶",
    "▶️",
  ],
  ...[
    "…",
    "—",
    "·",
    "│",
    "─",
    "•",
    "№",
    "℃",
    "①",
    "○",
    "★",
    "→",
    "\u00ad",
    "\u200b",
    "\u00a0",
    "\u3000",
    "\ufffd",
    "￦",
    "〜",
    "々",
  ],
  ...[
    "안녕하세요 👨‍👩‍👧 end",
    "값은 ₩1,000",
    "x\u200dy",
    "a\u0300\u0301\u0302b",
    "中文字",
    "ก็",
    "🫠",
    "🪿",
    "\u2066x",
  ],
];

test("OpenTUI draws every text as wide as it is counted", async () => {
  const wrong: string[] = [];
  for (const text of corpus.map(sanitizeLine)) {
    shown = `[${text}]`;
    const [row] = await screen.spans();
    const cells = row?.find(({ attributes }) => attributes.includes("bold"))?.cells ?? 0;
    if (cells !== cellWidth(shown)) {
      const points = [...text].map((point) => point.codePointAt(0)?.toString(16)).join(" ");
      wrong.push(
        `${JSON.stringify(text)} (${points}): counted ${cellWidth(shown) - 2}, drawn ${cells - 2}`,
      );
    }
  }
  expect(wrong).toEqual([]);
});
