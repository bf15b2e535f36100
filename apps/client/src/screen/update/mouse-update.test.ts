// The mouse: the wheel scrolls, a click goes where it points.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import { inLobby, reading, type Script } from "../../../test/fixtures/scripted-screen.ts";
import { hitOf } from "../../layout/click.ts";

const wheel = (rows: number) => ({ type: "wheel", x: 40, y: 10, rows }) as const;

/** The first cell of the screen that leads where `isWanted`. */
function cellOf(script: Script, isWanted: (hit: NonNullable<ReturnType<typeof hitOf>>) => boolean) {
  const { width, height } = script.model.size;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const hit = hitOf(script.model, x, y);
      if (hit !== null && isWanted(hit)) return { type: "clicked", x, y } as const;
    }
  }
  throw new Error("there is no such cell");
}

test("the wheel scrolls the conversation, and back to its end", () => {
  const script = reading(150);
  script.do(wheel(-1));
  expect(script.anchor).not.toBeNull();
  script.do(wheel(1));
  expect(script.anchor).toBeNull();
});

test("the wheel turns what lies on top, no further than it goes", () => {
  const script = inLobby();
  script.press("f1");
  script.do(wheel(1), wheel(-1), wheel(-1));
  expect(script.model.overlay).toEqual({ kind: "keys", top: 0 });
  script.do(wheel(1));
  expect(script.model.overlay).toEqual({ kind: "keys", top: 3 });
  script.press("escape", "ctrl-g");
  script.do(wheel(1), wheel(1));
  expect(script.model.overlay).toMatchObject({ index: 0 });
});

test("a click on a room goes there, and one on a message chooses it or lets it go", () => {
  const script = reading(150);
  script.joins("ops");
  const message = cellOf(script, ({ kind }) => kind === "item");
  script.do(message);
  const { selected } = script.model;
  expect(selected).toBeGreaterThan(100);
  script.do(message);
  expect(script.model.selected).toBeNull();
  script.do(cellOf(script, (hit) => hit.kind === "room" && hit.key === "ops"));
  expect(script.model.chat.current).toBe(roomKey("ops"));
});

test("a click on a line of a list chooses it", () => {
  const script = inLobby();
  script.press("ctrl-g");
  script.do(cellOf(script, ({ kind }) => kind === "choice"));
  expect([script.model.overlay, script.model.chat.current]).toEqual([null, roomKey("ops")]);
});

test("a click on nothing does nothing", () => {
  const script = inLobby();
  const before = script.model;
  script.do({ type: "clicked", x: 0, y: 23 }, { type: "clicked", x: 900, y: 900 });
  expect(script.model).toEqual({ ...before, keyAtMs: script.nowMs });
});
