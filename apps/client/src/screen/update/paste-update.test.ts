// What is pasted: put in, asked about, and never sent by itself.

import { expect, test } from "bun:test";
import { editorUnitsMax, pasteUnitsMax } from "@maru/tui/editor";
import { inLobby, type Script } from "../../../test/fixtures/scripted-screen.ts";
import { screenFrame } from "../view/screen-frame.ts";

const large = Array.from({ length: 20 }, (_, at) => `line ${at}`).join("\n");

function asked(): Script {
  const script = inLobby();
  script.type("> ");
  script.paste(large);
  return script;
}

test("a small paste goes into the line, its newlines too, and sends nothing", () => {
  const script = inLobby();
  script.type("ab");
  script.press("left");
  script.paste("1\r\n2\n");
  expect([script.text, script.asked("send")]).toEqual(["a1\n2\nb", []]);
});

test("a large paste is asked about, with how large it is", () => {
  const script = asked();
  expect(script.model.overlay).toMatchObject({ kind: "paste", lines: 20, isCut: false });
  expect(script.text).toBe("> ");
});

test("yes puts it in, and nothing else of the keyboard does anything", () => {
  for (const yes of ["enter", "alt-v"]) {
    const script = asked();
    script.type("zxyjnd ");
    script.press("up", "ctrl-a", "tab");
    script.press(yes);
    expect([script.text, script.model.overlay]).toEqual([`> ${large}`, null]);
    expect(script.asked("send")).toEqual([]);
  }
});

test("its lines are joined with Ctrl-J, and it is left with Esc or Ctrl-C", () => {
  const script = asked();
  script.press("ctrl-j");
  expect(script.text).toBe(`> ${large.replaceAll("\n", " ")}`);
  for (const no of ["escape", "ctrl-c"]) {
    const other = asked();
    other.press(no);
    expect([other.text, other.model.overlay]).toEqual(["> ", null]);
  }
});

test("a second paste while the first waits is refused", () => {
  const script = asked();
  script.paste("other");
  expect(script.toast).toBe("a paste waits already: this one, 5 characters, was not taken");
  script.press("enter");
  expect(script.text).toBe(`> ${large}`);
});

test("the mouse does nothing while a paste waits", () => {
  const script = asked();
  const before = script.model.overlay;
  script.do({ type: "wheel", x: 1, y: 1, rows: 3 }, { type: "clicked", x: 1, y: 1 });
  expect(script.model.overlay).toBe(before);
});

test("a paste whose end never came is asked about however small it is", () => {
  const script = inLobby();
  script.do({ type: "paste", text: "half", isCut: true });
  expect(script.model.overlay).toMatchObject({ kind: "paste", isCut: true });
});

test("where something is asked or narrowed down, one line goes there", () => {
  const script = inLobby();
  script.press("ctrl-f");
  script.paste("tea\nfour");
  expect(script.model.overlay).toMatchObject({ editor: { text: "tea four" } });
  script.press("escape", "ctrl-g");
  script.paste("op");
  expect(script.model.overlay).toMatchObject({ filter: { text: "op" } });
  expect(script.text).toBe("");
});

test("what of a paste finds no room is told before it is put in, and again when it was", () => {
  const script = inLobby();
  script.paste("x".repeat(editorUnitsMax - 10));
  script.press("enter");
  script.paste("y".repeat(9));
  expect([script.model.overlay, script.toast]).toEqual([null, ""]);
  script.paste("1234");
  expect(script.model.overlay).toMatchObject({ kind: "paste", characters: 4, fitting: 1 });
  expect(drawn(script)).toContain("Only 1 of its 4 characters fit");
  script.press("enter");
  expect(script.text).toEndWith("y1");
  expect(script.toast).toBe("the line is full (65,536): 3 characters left out");
  script.type("ab");
  expect(script.toast).toBe("the line is full (65,536): 5 characters left out");
});

test("whatever would put something into a full line says how much was left out", () => {
  const ways: readonly ((script: Script) => void)[] = [
    (script) => void script.type("x"),
    (script) => void script.press("alt-enter"),
    (script) => void script.press("ctrl-y"),
    (script) => void script.press("tab"),
    (script) => void script.do({ type: "paste", text: "yz", isCut: false }),
  ];
  for (const way of ways) {
    const script = inLobby();
    script.type("cut");
    script.press("ctrl-u");
    script.paste(`${"x".repeat(editorUnitsMax - 3)} bo`);
    script.press("enter");
    expect(script.text).toHaveLength(editorUnitsMax);
    way(script);
    if (script.model.overlay !== null) script.press("enter");
    expect(script.toast).toMatch(/^the line is full \(65,536\): \d+ characters? left out$/);
    expect(script.text).toEndWith(" bo");
  }
});

test("a paste longer than any may be says by how much, wherever it goes", () => {
  const script = inLobby();
  script.do({ type: "paste", text: "so much", isCut: true, bytesOver: 5_000 });
  expect(drawn(script)).toContain("It is cut: 5.0 KB more were not taken.");
  script.do({ type: "paste", text: "z".repeat(pasteUnitsMax), isCut: true, bytesOver: 1 });
  expect(script.model.overlay).toMatchObject({ bytesOver: 5_008 });
  script.press("escape", "ctrl-f");
  script.do({ type: "paste", text: "so much", isCut: true, bytesOver: 5_000 });
  expect(script.toast).toBe("the paste was too long: 5,000 bytes were not taken");
});

const drawn = ({ model }: Script): string =>
  screenFrame({ ...model, size: { width: 160, height: 24 } })
    .rows.map((row) => row.map(({ text }) => text).join(""))
    .join("\n");

test("what may not stand in a line is told to be left out", () => {
  const script = inLobby();
  script.paste("a\u0007b\u202e\r\n\tc");
  expect([script.text, script.toast]).toEqual([
    "ab\n    c",
    "2 control characters left out of the paste",
  ]);
});

test("what is typed over a box that takes no text is told to go nowhere", () => {
  for (const open of ["/keys", "/help join"]) {
    const script = inLobby();
    script.enter(open);
    expect(script.model.overlay).not.toBeNull();
    script.type("hello");
    expect(script.toast).toBe("what you type goes nowhere: Esc closes what is open");
  }
  const script = asked();
  script.type("y");
  expect(script.toast).toBe("what you type goes nowhere: Esc closes what is open");
});

test("a paste of nothing but what may not be typed does nothing", () => {
  const script = inLobby();
  script.do({ type: "paste", text: "\u0000\u001b", isCut: true });
  expect([script.model.overlay, script.text]).toEqual([null, ""]);
});
