// Whatever a server says, only the client's own sequences reach the terminal, and every cell of the
// screen is where it belongs.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Item } from "@maru/chat-model/model";
import { withRoom } from "@maru/chat-model/model";
import { processTestMs } from "@maru/testkit";
import { ownSequenceProblem } from "@maru/tui/terminal";
import { createTestTerminal } from "@maru/tui/testing";
import { cellWidth } from "@maru/tui/text";
import { themeNamed } from "@maru/tui/theme";
import { screenFrame } from "../../src/screen/view/screen-frame.ts";
import { sampleMessage, sampleScreen, sampleTimeline } from "../fixtures/sample-screen.ts";
import { HostileServer } from "./hostile-server.ts";
import { hostileStrings } from "./hostile-strings.ts";
import { endScreens, ScreenClient } from "./screen-client.ts";

setDefaultTimeout(processTestMs);

let server: HostileServer;
beforeAll(() => {
  server = new HostileServer();
});
afterAll(async () => {
  await endScreens();
  server.stop();
});

/** Controls, what turns letters around, line ends that are none, and halves of letters. */
const forbidden = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const batchesOf = (count: number) =>
  Array.from({ length: Math.ceil(hostileStrings.length / count) }, (_, at) =>
    hostileStrings.slice(at * count, (at + 1) * count),
  );

/** Judges each frame of a wide screen: no row runs over, and the panes' lines stand in theirs. */
function watch({ screen }: ScreenClient): Set<string> {
  const wrong = new Set<string>();
  screen.onFrame = () => {
    if (screen.overflows > 0) wrong.add("a row ran over");
    screen.cells.forEach((row, y) => {
      const text = row.join("");
      if (forbidden.test(text)) wrong.add(`${y}: ${JSON.stringify(text)}`);
      const isBetween = y > 0 && y < screen.height - 2;
      if (isBetween && (row[19] !== "│" || row[86] !== "│")) wrong.add(`${y}: ${text}`);
    });
  };
  return wrong;
}

/** Everything that can be said with a string, about one message of it. */
function sayAll(text: string): void {
  const seq = server.enter({
    type: "message",
    from: text,
    text: `${text} https://a.example/${text}`,
  });
  server.enter({ type: "message", from: "bob", text, replyTo: seq, action: true });
  server.enter({ type: "reaction", from: text, target: seq, emoji: text });
  const edited = server.enter({ type: "message", from: "eve", text: "before" });
  server.enter({ type: "edit", from: "eve", target: edited, text });
  const gone = server.enter({ type: "message", from: text, text: "gone" });
  server.enter({ type: "redaction", from: text, target: gone, reason: text });
  server.enter({ type: "topic", from: text, topic: text });
  const renamed = [{ from: text, to: `${text}2` }];
  server.say({ type: "presence", room: "den", memberCount: 3, joined: [text], left: [], renamed });
  server.say({ type: "typing", room: "den", from: text });
  server.say({ type: text, room: text });
}

/** What the client may say beside frames is its own: cleaned titles, and addresses in ASCII. */
function expectOwn(client: ScreenClient): void {
  expect(ownSequenceProblem(client.raw)).toBeNull();
  const { said } = client.screen;
  expect(said.filter(({ kind }) => !["link", "title", "bell"].includes(kind))).toEqual([]);
  for (const { kind, text } of said) {
    if (kind === "link") expect(text).toMatch(/^https?:\/\/[!-~]{1,500}$/);
    else expect(text).not.toMatch(forbidden);
  }
}

test("there are more than 300 of them, no two the same", () => {
  expect(new Set(hostileStrings).size).toBeGreaterThan(300);
});

/** Letters for a sequence's beginning that were seen, over all that was said in a room. */
let pictures = 0;
// As many at a time as all that is said of them is seen at once; as many for each client as it draws
// in good time on a machine that has much else to do.
const batches = batchesOf(5);
const batchesOfClient = 28;
const parts = Array.from({ length: Math.ceil(batches.length / batchesOfClient) }, (_, at) => [at]);

test.each(parts)("said as anything in a room, they are only text: part %d", async (part) => {
  const client = await ScreenClient.start(server.address, { height: 80 });
  const wrong = watch(client);
  const first = part * batchesOfClient;
  for (const [at, batch] of batches.slice(first, first + batchesOfClient).entries()) {
    for (const text of batch) sayAll(text);
    server.enter({ type: "message", from: "bob", text: `batch ${at} is over` });
    await client.shows(`batch ${at} is over`);
    pictures += client.screen.text.split("\u241b").length - 1;
  }
  expect([...wrong]).toEqual([]);
  expectOwn(client);
  client.type("/quit\r");
  expect(await client.exited).toBe(0);
});

test("they were there to be seen", () => {
  expect(pictures).toBeGreaterThan(500);
});

const answering = batchesOf(8).filter((_, at) => at % 8 === 0);

test.each(answering.map((batch, at) => [at, batch] as const))(
  "as nick, topic, members, rooms, refusals and reasons of the end, too: part %d",
  async (_, batch) => {
    const all = batch.join(" ");
    const answers: typeof server.answers = {
      nick: all,
      topic: all,
      members: batch,
      rooms: ["last", ...batch].map((room) => ({ room, topic: all, memberCount: 1 })),
      refusal: all,
    };
    Object.assign(server.answers, answers);
    const client = await ScreenClient.start(server.address);
    const wrong = watch(client);
    client.type("hello\r");
    await client.until(({ text }) => text.includes("failed"));
    expect([...wrong]).toEqual([]);
    // A list lies over the panes' lines.
    client.screen.onFrame = () => {};
    client.type("/list\r");
    await client.until(({ lines }) => lines.some((line) => / last /.test(line)));
    expect(client.screen.text.replaceAll("\n", "")).not.toMatch(forbidden);
    expect(client.screen.overflows).toBe(0);
    server.say({ type: "close", code: all, reason: all, reconnect: "never" });
    expect(await client.exited).toBe(4);
    await client.wrote("\x1b[23;0t\x1b[?25h");
    const [before = "", behind = ""] = client.raw.split("\x1b[23;0t\x1b[?25h");
    expect(ownSequenceProblem(before)).toBeNull();
    expect(behind.replaceAll("\r\n", "")).not.toMatch(forbidden);
  },
);

for (const width of [40, 80, 120, 200]) {
  test(`drawn at ${width} columns, no row is wider than the screen and nothing but text is in it`, async () => {
    const theme = themeNamed("default")?.styles;
    if (theme === undefined) throw new Error("no theme");
    let model = sampleScreen(width, 30);
    const terminal = await createTestTerminal({
      ...{ width, height: 30, theme },
      frame: (size) => screenFrame({ ...model, size }),
    });
    for (const batch of batchesOf(8)) {
      const items = batch.flatMap((text, at): Item[] => [
        sampleMessage(at * 2 + 1, text, `${text} https://a.example/${text}`),
        sampleMessage(at * 2 + 2, "bob", text),
      ]);
      const [topic = ""] = batch;
      const fields = { timeline: sampleTimeline(items), topic, members: batch, divider: null };
      model = { ...model, chat: withRoom(model.chat, "ops", fields) };
      const rows = (await terminal.frameText()).split("\n");
      for (const row of rows) {
        expect(row).not.toMatch(forbidden);
        expect(cellWidth(row)).toBeLessThanOrEqual(width);
      }
    }
    await terminal.end();
  });
}
