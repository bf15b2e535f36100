// A click hits what is drawn there, and nothing that is covered.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import { emptyEditor } from "@maru/tui/editor";
import { frameRows, sampleScreen } from "../../test/fixtures/sample-screen.ts";
import { screenFrame } from "../screen/view/screen-frame.ts";
import { hitOf } from "./click.ts";

/** The place of `text` on the screen. */
function placeOf(model: ReturnType<typeof sampleScreen>, text: string): [number, number] {
  const rows = frameRows(screenFrame(model));
  const y = rows.findIndex((row) => row.includes(text));
  return [Bun.stringWidth(rows[y]?.slice(0, rows[y]?.indexOf(text)) ?? ""), y];
}

test("a room, a member and a message are hit where they stand", () => {
  const model = sampleScreen(120, 24);
  expect(hitOf(model, ...placeOf(model, "@bob"))).toEqual({
    kind: "room",
    key: roomKey("@bob+mina"),
  });
  expect(hitOf(model, ...placeOf(model, "Bob"))).toEqual({ kind: "member", nick: "Bob" });
  expect(hitOf(model, ...placeOf(model, "안녕"))).toEqual({ kind: "item", key: 2 });
});

test("headings, the input and what is off the screen are nothing", () => {
  const model = sampleScreen(120, 24);
  expect(hitOf(model, ...placeOf(model, "rooms 4"))).toBeNull();
  expect(hitOf(model, ...placeOf(model, "members 4"))).toBeNull();
  expect(hitOf(model, 3, 23)).toBeNull();
  expect(hitOf(model, 500, 500)).toBeNull();
});

test("a line of a list is hit by its place, and what the list covers is not", () => {
  const choice = { detail: "", room: "ops", seq: null, id: null, isMarked: false };
  const overlay = {
    kind: "list",
    purpose: "switch",
    title: "go to",
    filter: emptyEditor,
    choices: ["one", "two", "three"].map((label) => ({ ...choice, label })),
    index: 0,
    isWaiting: false,
  } as const;
  for (const [width, height] of [
    [120, 24],
    [40, 12],
    [30, 4],
  ] as const) {
    const model = sampleScreen(width, height, { overlay });
    expect(hitOf(model, ...placeOf(model, "two"))).toEqual({ kind: "choice", index: 1 });
    expect(hitOf(model, 0, height)).toBeNull();
  }
  const wide = sampleScreen(120, 24, { overlay });
  expect(hitOf(wide, ...placeOf(wide, "@bob"))).toBeNull();
});
