// The numbers before the rooms are the keys that go there, whatever was entered and left before.

import { expect, test } from "bun:test";
import { inLobby, type Script, said } from "../../../test/fixtures/scripted-screen.ts";
import { screenFrame } from "../view/screen-frame.ts";

/** Names by the numbers that stand before them. */
function shown({ model }: Script): Record<string, string> {
  const rows = screenFrame({ ...model, size: { width: 100, height: 30 } }).rows;
  const texts = rows.map((row) => row.map(({ text }) => text).join(""));
  return Object.fromEntries(
    texts.flatMap((text) => {
      const [, number, name] = /^(\d)[ ▸](\S+)/.exec(text) ?? [];
      return number === undefined || name === undefined ? [] : [[number, name]];
    }),
  );
}

function expectKeys(script: Script): void {
  for (const [number, name] of Object.entries(shown(script))) {
    script.press(`alt-${number}`);
    expect(script.room.name.replace("@mina+", "@").replace("+mina", "")).toBe(name);
  }
}

test("rooms and conversations that come later move none, and what is left leaves a gap", () => {
  const script = inLobby();
  script.event(said("@bob+mina", 1));
  expect(shown(script)).toEqual({ 1: "lobby", 2: "ops", 3: "@bob" });
  for (const room of ["den", "zoo", "a", "b", "c", "d", "e"]) script.joins(room);
  const all = { 1: "lobby", 2: "ops", 3: "@bob", 4: "den", 5: "zoo", 6: "a", 7: "b", 8: "c" };
  expect(shown(script)).toEqual({ ...all, 9: "d" });
  expectKeys(script);
  script.press("alt-1");
  script.event({ type: "left", room: "ops", reason: null });
  const { 2: _ops, ...others } = all;
  expect(shown(script)).toEqual({ ...others, 9: "d" });
  expectKeys(script);
  script.press("alt-2");
  expect(script.toast).toBe("there is no room 2");
  script.joins("fresh");
  expect(shown(script)).toEqual({ ...others, 2: "fresh", 9: "d" });
  expectKeys(script);
});
