// Every symbol is one cell, and with --ascii none of them is drawn.

import { expect, test } from "bun:test";
import { type Model, withCurrent, withRoom } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import { editorOf } from "@maru/tui/editor";
import { cellWidth } from "@maru/tui/text";
import {
  frameRows,
  inAscii,
  sampleMessage,
  sampleMs,
  samplePending,
  sampleScreen,
  sampleTimeline,
} from "../../test/fixtures/sample-screen.ts";
import type { Overlay, ScreenModel } from "../screen/model/screen-model.ts";
import { screenFrame } from "../screen/view/screen-frame.ts";
import { symbols, symbolsOf } from "./symbols.ts";

test("every symbol is one cell wide, and has its own name", () => {
  for (const { name, unicode } of symbols) expect([name, cellWidth(unicode)]).toEqual([name, 1]);
  expect(new Set(symbols.map(({ name }) => name)).size).toBe(symbols.length);
});

test("none is drawn as a picture, and with --ascii all are ASCII", () => {
  for (const { unicode, ascii } of symbols) {
    expect(unicode).not.toMatch(/\p{Emoji_Presentation}|\ufe0f/u);
    expect(ascii).toMatch(/^[\x21-\x7e]+$/);
  }
  expect(symbolsOf(false).ellipsis).toBe("…");
  expect(symbolsOf(true).ellipsis).toBe("~");
});

/** The sample without a letter beyond ASCII in what came from elsewhere. */
function plainChat(model: ScreenModel): Model {
  const said = [
    sampleMessage(1, "bob", "good morning"),
    sampleMessage(2, "ann", "a long text that is wrapped on a narrow screen"),
  ];
  const left = new Map([...model.chat.rooms].filter(([key]) => key !== "잡담방"));
  const typing = [{ nick: "bob", untilMs: sampleMs + 1 }];
  const room = { topic: "deploys ".repeat(30), members: ["mina", "bob"], typing, divider: 1 };
  const chat = withRoom({ ...model.chat, rooms: left }, "ops", {
    ...room,
    timeline: sampleTimeline([
      ...said,
      { kind: "gap", key: -1, at: sampleMs },
      { kind: "presence", key: -2, at: sampleMs, joined: ["zoe"], left: ["max"], renamed: [] },
    ]),
  });
  return withCurrent(
    withRoom(chat, "a-very-long-name-of-a-room", { hasNews: true }),
    roomKey("ops"),
  );
}

test("with --ascii the client itself draws nothing else", () => {
  const editor = editorOf("typed ".repeat(60));
  const list = {
    kind: "list",
    purpose: "found",
    title: "found",
    filter: editorOf("a"),
    choices: [{ label: "a\nb", detail: "c", room: "ops", seq: 1, id: null, isMarked: true }],
    index: 0,
    isWaiting: false,
  } as const;
  const overlays: (Overlay | null)[] = [
    null,
    { kind: "keys", top: 3 },
    { kind: "text", title: "help", text: "row\n".repeat(90), top: 5 },
    list,
    { ...list, choices: [], isWaiting: true },
    { kind: "ask", purpose: "date", editor, completion: null, problem: null },
    {
      kind: "paste",
      text: "row\n".repeat(90),
      lines: 90,
      bytes: 999,
      characters: 9,
      fitting: 1,
      isCut: true,
      bytesOver: 9,
    },
  ];
  const waiting = { phase: "connecting", attempt: 3 } as const;
  const more = { loading: new Set([roomKey("ops")]), doNotDisturb: true };
  const pending = [samplePending(1, "no"), samplePending(2, null)];
  for (const [width, height] of [
    [40, 12],
    [60, 20],
    [80, 24],
    [160, 50],
  ] as const) {
    for (const overlay of overlays) {
      const model = inAscii(sampleScreen(width, height, { overlay, pending, editor, ...more }));
      const chat = plainChat(model);
      const fields = [{ chat }, { chat, compose: { kind: "reply", seq: 1 } as const }];
      for (const each of [...fields, { chat: { ...chat, state: waiting } }]) {
        const drawn = frameRows(screenFrame({ ...model, ...each })).join("\n");
        expect(drawn).toMatch(/^[\n\x20-\x7e]*$/);
      }
    }
  }
});
