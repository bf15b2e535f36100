// What Tab makes of the word before the caret, in this room.

import { expect, test } from "bun:test";
import { inLobby, type Script, said } from "./scripted-screen.ts";

/** In a room of four, where bea has spoken last and bert before her. */
function talking(): Script {
  const script = inLobby();
  const members = ["mina", "bart", "bea", "bert", "bob"];
  script.joins("lobby", 0, { again: true, members, memberCount: 5 });
  script.event(said("lobby", 1, "bert"));
  script.event(said("lobby", 2, "bea"));
  return script;
}

function completions(script: Script, typed: string, ...chords: string[]): string[] {
  script.press("ctrl-u");
  script.type(typed);
  return chords.map((chord) => {
    script.press(chord);
    return script.text;
  });
}

test("who spoke last comes first, then who is here, and never oneself", () => {
  const script = talking();
  const seen = completions(script, "b", "tab", "tab", "tab", "tab", "tab", "shift-tab");
  expect(seen).toEqual(["bea: ", "bert: ", "bart: ", "bob: ", "bea: ", "bob: "]);
  expect(completions(script, "m", "tab")).toEqual(["m"]);
});

test("a nick at the beginning is spoken to, elsewhere it is named", () => {
  const script = talking();
  expect(completions(script, "ask be", "tab")).toEqual(["ask bea "]);
  expect(completions(script, "@be", "tab")).toEqual(["@bea "]);
});

test("rooms, commands and emoji are completed by their signs", () => {
  const script = talking();
  expect(completions(script, "#o", "tab")).toEqual(["#ops "]);
  expect(completions(script, "/jo", "tab")).toEqual(["/join "]);
  expect(completions(script, "/join o", "tab")).toEqual(["/join ops "]);
  expect(completions(script, ":thumbsup", "tab")).toEqual(["👍"]);
});

test("conversations are no rooms to be named", () => {
  const script = talking();
  script.event(said("@bob+mina", 1));
  expect(completions(script, "#@", "tab")).toEqual(["#@"]);
});

test("the candidates stand for as long as one goes through them", () => {
  const script = talking();
  completions(script, "b", "tab");
  expect(script.model.completion?.candidates).toHaveLength(4);
  script.type("x");
  expect([script.model.completion, script.text]).toEqual([null, "bea: x"]);
  completions(script, "b", "tab");
  script.press("left");
  expect(script.model.completion).toBeNull();
});

test("all candidates are undone as one", () => {
  const script = talking();
  completions(script, "b", "tab", "tab", "tab");
  script.press("ctrl-_");
  expect(script.text).toBe("b");
});

test("in no room there are commands still", () => {
  const script = talking();
  script.event({ type: "left", room: "lobby", reason: null });
  script.event({ type: "left", room: "ops", reason: null });
  expect(completions(script, "/li", "tab")).toEqual(["/list "]);
  expect(completions(script, "b", "tab")).toEqual(["b"]);
});
