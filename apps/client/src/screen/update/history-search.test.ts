// What was typed before: by steps, and by searching.

import { expect, test } from "bun:test";
import { inLobby, type Script, said } from "../../../test/fixtures/scripted-screen.ts";

function withHistory(): Script {
  const script = inLobby();
  for (const line of ["tea at four", "coffee", "tea at five"]) script.enter(line);
  return script;
}

test("older and newer lines come by steps, and then what was being typed", () => {
  const script = withHistory();
  script.type("now");
  const seen = ["up", "up", "ctrl-p", "up", "down", "ctrl-n", "down", "down"].map((chord) => {
    script.press(chord);
    return script.text;
  });
  const [first, second, third] = ["tea at four", "coffee", "tea at five"];
  expect(seen).toEqual([third, second, first, first, second, third, "now", "now"]);
});

test("up and down move within several rows before they leave them", () => {
  const script = withHistory();
  script.paste("one\ntwo");
  script.press("up");
  expect([script.text, script.model.editor.caret]).toEqual(["one\ntwo", 3]);
  script.press("up");
  expect(script.text).toBe("tea at five");
});

test("Ctrl-R finds as one types, further back with each further one", () => {
  const script = withHistory();
  script.type("draft");
  script.press("ctrl-r");
  script.type("tea");
  script.press("ctrl-r", "enter");
  expect([script.text, script.model.history.search]).toEqual(["tea at four", null]);
  expect(script.asked("send")).toHaveLength(3);
});

test("leaving the search brings back what was typed", () => {
  for (const way of ["escape", "ctrl-c", "ctrl-g"]) {
    const script = withHistory();
    script.type("draft");
    script.press("ctrl-r");
    script.type("tea");
    script.press(way);
    expect([script.text, script.model.history.search]).toEqual(["draft", null]);
  }
});

test("a search that finds nothing ends with what was typed", () => {
  const script = withHistory();
  script.type("draft");
  script.press("ctrl-r");
  script.type("teax");
  expect(script.model.history.search?.at).toBeNull();
  script.press("backspace");
  expect(script.model.history.search?.at).toBe(2);
  script.type("x");
  script.press("enter");
  expect(script.text).toBe("draft");
});

test("newer finds come back with down, and another key takes the find and goes on", () => {
  const script = withHistory();
  script.press("ctrl-r");
  script.type("tea");
  script.press("up", "down", "ctrl-a");
  script.type("> ");
  expect(script.text).toBe("> tea at five");
});

test("Enter takes the find where Enter makes a new line, too", () => {
  const script = withHistory();
  const bindings = new Map([...script.model.bindings, ["enter", "newline"] as const]);
  script.model = { ...script.model, bindings };
  script.press("ctrl-r");
  script.type("coff");
  script.press("enter");
  expect(script.text).toBe("coffee");
});

test("what is pasted during the search is searched for", () => {
  const script = withHistory();
  script.type("draft");
  script.press("ctrl-r");
  script.paste("at\nfour");
  expect(script.model.history.search).toEqual({ query: "at four", at: 0 });
});

test("a line that was cleared leaves no way back into the history's middle", () => {
  const script = withHistory();
  script.press("up", "up", "up", "ctrl-c", "up");
  expect(script.text).toBe("tea at five");
});

test("a message that is being edited is not exchanged for a line of the history", () => {
  const script = withHistory();
  script.event(said("lobby", 1, "mina", "mine"));
  script.press("alt-p", "alt-c", "up", "ctrl-n");
  expect(script.text).toBe("mine");
});
