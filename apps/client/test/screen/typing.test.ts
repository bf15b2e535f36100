// What is typed into the whole client, as terminals and input methods send it: what is seen, where
// the cursor stands, and what another client hears.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { cellWidth } from "@maru/tui/text";
import { endProcesses, startServer } from "../processes.ts";
import { endPeers, Peer } from "./peer.ts";
import { endScreens, ScreenClient } from "./screen-client.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
});
afterAll(async () => {
  await endScreens();
  await endPeers();
  await endProcesses();
});

const prompt = "den> ";

/** A sign's emoji selector is sent, and not drawn. */
const drawn = (text: string) => text.replaceAll("❤\ufe0f", "❤");

/** Watches each frame: the cursor stands behind what is typed, where an input method draws. */
function watchCaret({ screen }: ScreenClient): string[] {
  const wrong: string[] = [];
  screen.onFrame = () => {
    const row = screen.lines.at(-1) ?? "";
    const { cursor } = screen;
    const expected = Math.max(cellWidth(prompt), cellWidth(row));
    if (cursor?.x !== expected || cursor.y !== screen.height - 1) {
      wrong.push(`${JSON.stringify(row)}: ${JSON.stringify(cursor)}, not ${expected}`);
    }
  };
  return wrong;
}

test("Korean as an input method commits it, jamo that compose, and emoji that join arrive whole", async () => {
  const client = await ScreenClient.start(server.address, { room: "den" });
  const bob = await Peer.in("den", server.port);
  const wrong = watchCaret(client);
  const said = ["안녕하세요", "한글", "👨‍👩‍👧🇰🇷❤️", "각각", "end"];
  for (const chunk of ["안녕하세요", ",", "\u1112\u1161\u11ab", "글", "-"]) client.type(chunk);
  await client.shows(`${prompt}안녕하세요,한글-`);
  // Conjoining letters that come one at a time are one syllable when the last is there.
  for (const jamo of ["\u1100", "\u1161", "\u11a8"]) client.type(jamo);
  await client.shows("한글-각");
  client.type("👨‍👩‍👧🇰🇷❤️e\u0301!");
  await client.until(({ text }) => text.includes(drawn("각👨‍👩‍👧🇰🇷❤️é!")));
  for (let at = 0; at < 20; at += 1) {
    const text = `${said[at % said.length]} ${at}`;
    void bob.client.send("den", text);
    client.type(at % 2 === 0 ? "가" : "a");
  }
  const whole = `안녕하세요,한글-각👨‍👩‍👧🇰🇷❤️é!${"가a".repeat(10)}`;
  await client.until(({ text }) => text.includes(drawn(whole)) && text.includes("end 19"));
  expect(wrong).toEqual([]);
  expect(client.screen.frames).toBeGreaterThan(5);
  client.type("\r");
  await bob.until((heard) => heard.length > 0);
  expect(bob.heard).toEqual([whole.normalize("NFC")]);
  expect(client.screen.overflows).toBe(0);
});

test("Backspace takes one letter as it is seen, and the cursor follows its width", async () => {
  const client = await ScreenClient.start(server.address, { room: "den", nick: "eve" });
  const wrong = watchCaret(client);
  const letters = ["x", "한", "👨‍👩‍👧", "🇰🇷", "각", "é", "👍🏽", "1️⃣"];
  client.type(letters.join(""));
  await client.until(() => client.typed === letters.join(""));
  for (let left = letters.length - 1; left >= 0; left -= 1) {
    client.type("\x7f");
    await client.until(() => client.typed === letters.slice(0, left).join(""));
  }
  expect(wrong).toEqual([]);
});

test("the caret within the line keeps its cell while messages arrive", async () => {
  const client = await ScreenClient.start(server.address, { room: "den", nick: "kim" });
  const bob = await Peer.in("den", server.port, "joe");
  client.type("가나다라");
  await client.until(() => client.typed === "가나다라");
  client.type("\x1b[D\x1b[D");
  const at = { x: cellWidth(prompt) + 4, y: 23 };
  await client.until(({ cursor }) => cursor?.x === at.x);
  const seen = new Set<string>();
  client.screen.onFrame = () => seen.add(JSON.stringify(client.screen.cursor));
  for (let count = 0; count < 50; count += 1) void bob.client.send("den", `말 ${count} 👍`);
  await client.shows("말 49");
  expect([...seen]).toEqual([JSON.stringify(at)]);
  client.type("X\r");
  await bob.until((heard) => heard.includes("가나X다라"));
});

test("a message of several lines is typed with Alt-Enter and sent with its line ends", async () => {
  const client = await ScreenClient.start(server.address, { room: "den", nick: "lee" });
  const bob = await Peer.in("den", server.port, "max");
  client.type("하나\x1b\r둘\nthree");
  await client.until(({ lines }) => lines.at(-1)?.trim() === "three");
  expect(client.lines.slice(-3).map((line) => line.trim())).toEqual(["den> 하나", "둘", "three"]);
  client.type("\r");
  await bob.until((heard) => heard.includes("하나\n둘\nthree"));
});
