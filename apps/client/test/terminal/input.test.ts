// What is typed into a real pseudo-terminal is what the program hears, byte for byte.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { pasteBytesMax } from "@maru/tui/input";
import { EchoPty } from "./echo-pty.ts";

setDefaultTimeout(processTestMs);

let pty: EchoPty;
afterEach(() => pty.close());

test("Korean and emoji that come in one read are heard in order, letter by letter", async () => {
  pty = await EchoPty.start();
  await pty.typeWhole("한글입력ㅎ 👨‍👩‍👧🇰🇷e\u0301!");
  expect(pty.typed).toBe("한글입력ㅎ 👨‍👩‍👧🇰🇷e\u0301!");
  expect(pty.keys).toHaveLength(10 + 1);
});

test("a letter whose bytes come one by one is one letter", async () => {
  pty = await EchoPty.start();
  for (const byte of new TextEncoder().encode("한👍")) pty.type(Uint8Array.of(byte));
  await pty.typeWhole("");
  expect(pty.typed).toBe("한👍");
});

test("keys of every kind of terminal have one name each", async () => {
  pty = await EchoPty.start();
  await pty.typeWhole("\r\n\t\x7f\x08\x1b\x7f\x1b\r\x1f\x00\x01\x1bx\x1bQ\x1b1\x1bf\x1bB");
  await pty.typeWhole("\x1b[A\x1bOA\x1b[1;3D\x1b\x1b[D\x1b[1;5C\x1bOc\x1b[Z\x1b[3~\x1b[3;5~");
  await pty.typeWhole("\x1b[H\x1bOH\x1b[1~\x1b[7~\x1b[F\x1b[4~\x1b[8~\x1b[5~\x1b[6~\x1b[2~");
  await pty.typeWhole("\x1bOP\x1b[11~\x1b[[A\x1b[[E\x1b[15~\x1b[1;2P\x1b[13;2~\x1b[1;5R");
  await pty.typeWhole(
    "\x1b[97;5u\x1b[12609::97;5u\x1b[13;2u\x1b[104;5u\x1b[27u\x1b[127;5u\x1b[9;2u",
  );
  await pty.typeWhole("\x1b[57414u\x1b[57400u\x1b[97;1:3u\x1b[27;5;13~\x1b한");
  const named = pty.keys.filter((chord) => chord !== "f12").join(" ");
  expect(named).toBe(
    [
      "enter ctrl-j tab backspace backspace alt-backspace alt-enter ctrl-_ ctrl-space ctrl-a",
      "alt-x alt-shift-q alt-1 alt-f alt-shift-b",
      "up up alt-left alt-left ctrl-right ctrl-right shift-tab delete ctrl-delete",
      "home home home home end end end pageup pagedown insert",
      "f1 f1 f1 f5 f5 shift-f1 shift-f3 ctrl-f3",
      "ctrl-a ctrl-a alt-enter backspace escape alt-backspace shift-tab",
      "enter 1 enter alt-한",
    ].join(" "),
  );
});

test("Escape alone is a key, after a moment", async () => {
  pty = await EchoPty.start();
  pty.type("\x1b");
  await pty.until(() => pty.keys.includes("escape"));
  pty.type("\x1b\x1b");
  await pty.until(() => pty.keys.length === 3);
  expect(pty.keys).toEqual(["escape", "escape", "escape"]);
});

test("a paste comes whole, however large, and is cut at its bound", async () => {
  pty = await EchoPty.start();
  const lines = Array.from({ length: 500 }, (_, at) => `line ${at} 한글 \x1b[31mred\x03`).join(
    "\n",
  );
  await pty.typeWhole(`\x1b[200~${lines}\x1b[201~`);
  expect(pty.told.find((input) => input.type === "paste")).toEqual({
    type: "paste",
    text: lines,
    isCut: false,
  });
  await pty.typeWhole(`\x1b[200~${"한".repeat(pasteBytesMax / 3 + 10)}\x1b[201~`);
  const cut = pty.told.findLast((input) => input.type === "paste");
  if (cut?.type !== "paste") throw new Error("no paste");
  expect(cut.isCut).toBe(true);
  expect(Buffer.byteLength(cut.text)).toBe(pasteBytesMax - (pasteBytesMax % 3));
});

test("a paste whose end never comes is delivered, and keys work again", async () => {
  pty = await EchoPty.start();
  pty.type("\x1b[200~half of");
  pty.type(" it");
  await pty.until(() => pty.told.some((input) => input.type === "paste"));
  expect(pty.told.at(-1)).toEqual({ type: "paste", text: "half of it", isCut: true });
  pty.type("o");
  await pty.until(() => pty.typed === "o");
  pty.type("k");
  await pty.until(() => pty.typed === "ok");
});

test("answers that are not waited for are never heard as typing, split or late", async () => {
  pty = await EchoPty.start();
  pty.type("a\x1b]11;rgb:ffff/ff");
  await pty.typeWhole("ff/ffff\x1b\\\x1b[?62;22c\x1b[?1u\x1b[?2026;2$y\x1b[24;80R\x1b[4;480;640t");
  await pty.typeWhole("\x1bP>|xterm(390)\x1b\\\x1b_Gi=31;OK\x1b\\\x1b]4;0;rgb:00/00/00\x07b");
  expect(pty.typed).toBe("ab");
  expect(pty.keys.filter((chord) => chord !== "f12")).toEqual(["a", "b"]);
});

test("focus is told, the mouse only while it is on, a motion never", async () => {
  pty = await EchoPty.start();
  expect(pty.raw).toContain("\x1b[?1004h");
  expect(pty.raw).not.toMatch(/\?100[0236]h/);
  await pty.typeWhole("\x1b[O\x1b[I");
  pty.order({ do: "mouse", text: "on" });
  await pty.until(() => pty.raw.includes("\x1b[?1000h\x1b[?1006h"));
  await pty.typeWhole(
    "\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<35;9;9M\x1b[<2;1;1M",
  );
  pty.order({ do: "mouse", text: "off" });
  await pty.until(() => pty.raw.includes("\x1b[?1006l\x1b[?1000l"));
  expect(pty.told.filter(({ type }) => /focused|clicked|wheel/.test(type))).toEqual([
    { type: "focused", isFocused: false },
    { type: "focused", isFocused: true },
    { type: "clicked", x: 2, y: 3 },
    { type: "wheel", x: 0, y: 0, rows: -3 },
    { type: "wheel", x: 0, y: 0, rows: 3 },
  ]);
});
