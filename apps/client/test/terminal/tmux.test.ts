// In a real tmux, whatever version: what it has in its cells is what the client believes to be there.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { avoiding, cellWidth, drawnText, symbolClasses } from "@maru/tui/text";
import { EchoPty } from "./echo-pty.ts";

setDefaultTimeout(processTestMs);

const hasTmux = Bun.which("tmux") !== null;
const socket = `maru-test-${process.pid}`;
const tmux = (...args: string[]) =>
  Bun.spawnSync(["tmux", "-L", socket, ...args]).stdout.toString();

let pty: EchoPty | null = null;
afterEach(() => {
  if (pty === null) return;
  tmux("kill-server");
  pty.close();
  pty = null;
});

const texts = [
  ...symbolClasses.map(({ sample }) => sample),
  ...["🫨🫩🛜🩷", "\u{11f04}\u{10d4a}", "a\u0897", "\u{31350}漢\u{2ebf0}", "☰☷", "1‐2", "㉈㉏"],
  ...[
    "👍🏽👍",
    "🧑🏽‍🤝‍🧑🏿",
    "⛹🏽‍♀️",
    "👨‍👩‍👧",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "❤️‍🔥",
    "👁️‍🗨️",
    "1️⃣2",
    "❤️",
    "🇰🇷🇺🇸",
    "🇰",
    "🏽",
  ],
  ...[
    "안녕 👋",
    "ㅎㅎ",
    "\u1112\u1161\u11ab",
    "e\u0301",
    "가\u0301",
    "Ａ　",
    "ｱ",
    "①─★",
    "สวัสดี",
    "مرحبا",
  ],
];

test.skipIf(!hasTmux)(
  "what tmux counts otherwise is drawn otherwise, and every cell is right",
  async () => {
    pty = await EchoPty.start({
      environment: { ECHO_SYMBOLS: "", LANG: "C.UTF-8", LC_ALL: "C.UTF-8" },
      within: (program) => [
        "tmux",
        "-u",
        "-L",
        socket,
        "-f",
        "/dev/null",
        "new-session",
        program.join(" "),
      ],
    });
    const { told } = pty;
    await pty.until(() => told.some(({ type }) => type === "counted"));
    const [names] = told.flatMap((each) => (each.type === "counted" ? [each.names] : []));
    expect(names).not.toBeNull();
    const avoided = avoiding(names ?? []);
    const wrong: string[][] = [];
    for (const [at, text] of texts.entries()) {
      const mark = "ABCDEFG".charAt(at % 7).repeat(4);
      // Around it, what would be pushed aside or left behind.
      pty.order({ do: "show", rows: [`<${text}>`, mark] });
      const rows = () => tmux("capture-pane", "-p", "-t", ":0").split("\n");
      await pty.until(() => rows()[1] === mark);
      const seen = rows()[0] ?? "";
      const believed = drawnText(`<${text}>`, avoided);
      // What is longer than a cell of tmux holds (21 bytes) is cut there; its cells are right.
      const isLong = Buffer.byteLength(text) > 21;
      const isRight = isLong ? cellWidth(seen) === cellWidth(believed) : seen === believed;
      if (!isRight) wrong.push([text, seen, believed]);
    }
    expect(wrong).toEqual([]);
  },
  30_000,
);

test.skipIf(hasTmux)("there is no tmux here: what it shows is not looked at", () => {});
