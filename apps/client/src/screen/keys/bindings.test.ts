// The table of actions, the default chords, and a person's own over them.

import { describe, expect, test } from "bun:test";
import { chordProblem, chordsOf, parseChord } from "@maru/tui/key";
import { actionGroups, actionNames, actions, isActionName } from "./actions.ts";
import { bindingsOf } from "./bindings.ts";
import { keyHelp } from "./key-help.ts";

const allChords = actions.flatMap(({ chords }) => chords);

describe("the defaults", () => {
  test("bind no chord twice, and no action is named twice", () => {
    expect(allChords.filter((chord, index) => allChords.indexOf(chord) !== index)).toEqual([]);
    expect(new Set<string>(actionNames).size).toBe(actionNames.length);
  });

  test("are canonical, and a terminal can send every one", () => {
    expect(allChords.filter((chord) => parseChord(chord) !== chord)).toEqual([]);
    expect(allChords.filter((chord) => chordProblem(chord) !== null)).toEqual([]);
  });

  test("give every action a chord, a meaning and a group", () => {
    for (const { chords, about, group } of actions) {
      expect(chords.length).toBeGreaterThan(0);
      expect(about.length).toBeGreaterThan(3);
      expect(actionGroups).toContain(group);
    }
  });

  test.each([
    ["tab", "complete"],
    ["up", "row-up"],
    ["ctrl-a", "line-start"],
    ["ctrl-e", "line-end"],
    ["ctrl-k", "kill-to-end"],
    ["ctrl-u", "kill-to-start"],
    ["ctrl-w", "kill-word-back"],
    ["ctrl-y", "yank"],
    ["alt-y", "yank-pop"],
    ["ctrl-_", "undo"],
    ["alt-a", "next-activity"],
    ["alt-9", "room-9"],
    ["alt-left", "previous-room"],
    ["pageup", "page-up"],
    ["ctrl-r", "history-search"],
    ["ctrl-f", "find"],
    ["ctrl-g", "switch-room"],
    ["f7", "toggle-rooms"],
    ["alt-enter", "newline"],
    ["ctrl-j", "newline"],
  ])("are those that people expect: %p is %p", (chord, action) => {
    expect(bindingsOf().bindings.get(chord)).toBe(action as never);
    expect(isActionName(action)).toBe(true);
  });
});

describe("a person's own bindings", () => {
  test("win over the defaults, and none takes one away", () => {
    const { bindings, problems } = bindingsOf({ "Ctrl-G": "find", f5: "redraw", "alt-m": "none" });
    expect(problems).toEqual([]);
    expect(bindings.get("ctrl-g")).toBe("find");
    expect(bindings.get("f5")).toBe("redraw");
    expect(bindings.has("alt-m")).toBe(false);
    expect(chordsOf(bindings, "find")).toEqual(["ctrl-g", "ctrl-f"]);
    expect(chordsOf(bindings, "switch-room")).toEqual([]);
  });

  test.each([
    ["ctrl-i", "find", '"ctrl-i": most terminals send the same as for Tab; bind that'],
    ["ctrl-m", "find", '"ctrl-m": most terminals send the same as for Enter; bind that'],
    ["shift-enter", "newline", "use Alt-Enter or Ctrl-J"],
    ["f13", "find", "there is no such key"],
    ["ctrl-x ctrl-e", "find", "write one chord"],
    ["a", "find", "types itself"],
    ["f5", "fnid", 'there is no action "fnid"'],
    ["f5", "constructor", "there is no action"],
  ])("that bind %p to %p are told why not", (chord, action, problem) => {
    const { bindings, problems } = bindingsOf({ [chord]: action });
    expect(problems.join()).toContain(problem);
    expect([...bindings]).toEqual([...bindingsOf().bindings]);
  });

  test("that name one chord twice are told, in whatever spelling", () => {
    const { problems } = bindingsOf({ "ctrl-/": "redo", "Ctrl-_": "undo" });
    expect(problems).toEqual(['"Ctrl-_": it is Ctrl-_, as "ctrl-/" is; leave one of the two']);
  });

  test("must leave a way to send", () => {
    expect(bindingsOf({ enter: "none" }).problems).toEqual([
      'no key is left that sends a message; bind one to "send"',
    ]);
    expect(bindingsOf({ enter: "none", f5: "send" }).problems).toEqual([]);
  });

  test("may have Enter begin a line; then what began one sends", () => {
    const { bindings } = bindingsOf({}, "newline");
    expect(bindings.get("enter")).toBe("newline");
    expect(chordsOf(bindings, "send")).toEqual(["alt-enter", "ctrl-j"]);
    expect(bindingsOf({ "ctrl-j": "newline" }, "newline").bindings.get("ctrl-j")).toBe("newline");
  });
});

test("help lists every action once, with the keys in force", () => {
  const { bindings } = bindingsOf({ f5: "redraw", "alt-m": "none" });
  const rows = keyHelp(bindings).flatMap((group) => group.rows);
  expect(rows.map(({ action }) => action).sort()).toEqual([...actionNames].sort());
  const keysOf = (action: string) => rows.find((row) => row.action === action)?.keys;
  expect(keysOf("redraw")).toBe("Ctrl-L, F5");
  expect(keysOf("mark-read")).toBe("");
  expect(keysOf("previous-room")).toBe("Alt-←, Alt-↑");
  expect(JSON.stringify(keyHelp(bindings, true))).toMatch(/^[\x20-\x7e]*$/);
});
