// What folds away at which size, and that the rest always fits.

import { describe, expect, test } from "bun:test";
import { editorOf } from "@maru/tui/editor";
import { sampleScreen } from "../../test/fixtures/sample-screen.ts";
import { conversationColumnsMin, type Layout, layoutOf } from "./layout.ts";

const shown = ({ rooms, members, hasTime }: Layout) => ({
  rooms: rooms?.width ?? 0,
  members: members?.width ?? 0,
  hasTime,
});
const at = (width: number, height = 24) => shown(layoutOf(sampleScreen(width, height)));

describe("by itself", () => {
  test("the members fold away below 100 columns", () => {
    expect(at(99)).toEqual({ rooms: 19, members: 0, hasTime: true });
    expect(at(100)).toEqual({ rooms: 20, members: 14, hasTime: true });
    expect(at(250)).toEqual({ rooms: 26, members: 22, hasTime: true });
  });

  test("the rooms fold away below 70", () => {
    expect(at(69)).toEqual({ rooms: 0, members: 0, hasTime: true });
    expect(at(70)).toEqual({ rooms: 18, members: 0, hasTime: true });
  });

  test("the times go below 50", () => {
    expect(at(50).hasTime).toBe(true);
    expect(at(49).hasTime).toBe(false);
  });
});

test("a pane that is asked for is shown while the conversation keeps its columns", () => {
  const on = { rooms: "on", members: "on" } as const;
  expect(shown(layoutOf(sampleScreen(60, 24, on)))).toMatchObject({ rooms: 18, members: 14 });
  const tight = layoutOf(sampleScreen(45, 24, on));
  expect(shown(tight)).toMatchObject({ rooms: 18, members: 0 });
  expect(tight.conversation.width).toBeGreaterThanOrEqual(conversationColumnsMin);
  expect(shown(layoutOf(sampleScreen(41, 24, on)))).toMatchObject({ rooms: 0, members: 14 });
  const off = { rooms: "off", members: "off" } as const;
  expect(shown(layoutOf(sampleScreen(200, 24, off)))).toMatchObject({ rooms: 0, members: 0 });
});

test("the bare view is the conversation and the input", () => {
  const { title, rooms, members, status, conversation, input } = layoutOf(
    sampleScreen(200, 24, { isBare: true }),
  );
  expect([title.height, status.height, rooms, members]).toEqual([0, 0, null, null]);
  expect(conversation).toEqual({ x: 0, y: 0, width: 200, height: 23 });
  expect(input).toEqual({ x: 0, y: 23, width: 200, height: 1 });
});

test("the input grows with what is typed, to a third of the height and to eight rows", () => {
  const editor = editorOf("one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine");
  const rows = (height: number) => layoutOf(sampleScreen(80, height, { editor })).input.height;
  expect([3, 6, 12, 24, 50].map(rows)).toEqual([1, 2, 4, 8, 8]);
  expect(layoutOf(sampleScreen(80, 24, { editor: editorOf("a\nb") })).input.height).toBe(2);
});

test("on a tiny screen the title goes first, then the status, and the input row stays", () => {
  const heights = (height: number) => {
    const { title, conversation, status, input } = layoutOf(sampleScreen(40, height));
    return [title.height, conversation.height, status.height, input.height];
  };
  expect(heights(5)).toEqual([1, 2, 1, 1]);
  expect(heights(4)).toEqual([0, 2, 1, 1]);
  expect(heights(2)).toEqual([0, 1, 0, 1]);
  expect(heights(1)).toEqual([0, 0, 0, 1]);
});
