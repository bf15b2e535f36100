// What Tab makes of the word before the caret, in this room.

import { describe, expect, test } from "bun:test";
import { lookupMs, lookupsMax } from "@maru/chat-model/completion";
import type { ChatClientEvent } from "@maru/sdk/chat";
import { inLobby, type Script, said } from "../../../test/fixtures/scripted-screen.ts";

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

const presence = (fields: Partial<Extract<ChatClientEvent, { type: "presence" }>>) =>
  ({ type: "presence", room: "lobby", memberCount: 5, ...fields }) as const;

test("who has another nick now is completed by that, and by what they said before", () => {
  const script = talking();
  script.event(presence({ renamed: [{ from: "bea", to: "betty" }] }));
  script.event(presence({ renamed: [{ from: "betty", to: "bezi" }] }));
  expect(completions(script, "be", "tab", "tab", "tab")).toEqual(["bezi: ", "bert: ", "bezi: "]);
});

test("who has come under a nick that another one gave up is another person", () => {
  const script = talking();
  script.event(presence({ renamed: [{ from: "bea", to: "zoe" }] }));
  script.event(presence({ joined: ["bea"], memberCount: 6 }));
  expect(completions(script, "z", "tab")).toEqual(["zoe: "]);
  expect(completions(script, "be", "tab", "tab")).toEqual(["bert: ", "bea: "]);
});

test("who has left comes behind all who are here, and who is ignored not at all", () => {
  const script = talking();
  script.event(presence({ left: ["bea"], memberCount: 4 }));
  expect(completions(script, "b", "tab", "tab", "tab", "tab")).toEqual([
    ...["bert: ", "bart: ", "bob: ", "bea: "],
  ]);
  script.press("ctrl-u");
  script.enter("/ignore bert");
  expect(completions(script, "be", "tab", "tab")).toEqual(["bea: ", "bea: "]);
});

describe("in a room too large for the names of all", () => {
  function large(): Script {
    const script = inLobby();
    script.joins("lobby", 0, { again: true, members: ["mina"], memberCount: 151 });
    script.event(said("lobby", 1, "gusta"));
    return script;
  }
  const answer = (prefix: string, nicks: string[], isWhole = true) =>
    ({ type: "looked-up", room: "lobby", prefix, nicks, isWhole }) as const;
  const asked = (script: Script) => script.asked("look-up").map(({ prefix }) => prefix);

  test("those who have not spoken are found by asking, and keys do not wait for it", () => {
    const script = large();
    expect(completions(script, "Guest1", "tab")).toEqual(["Guest1"]);
    expect(asked(script)).toEqual(["guest1"]);
    script.press("tab");
    expect(asked(script)).toEqual(["guest1"]);
    script.do(answer("guest1", ["guest10", "guest11"]));
    expect(script.text).toBe("guest10: ");
    script.press("tab");
    expect(script.text).toBe("guest11: ");
  });

  test("what is shown already stays, and the others come behind", () => {
    const script = large();
    expect(completions(script, "@gu", "tab")).toEqual(["@gusta "]);
    script.do(answer("gu", ["gustav", "gusta"]));
    expect(script.text).toBe("@gusta ");
    script.press("tab");
    expect(script.text).toBe("@gustav ");
  });

  test("an answer changes nothing that was typed meanwhile, in this room or another", () => {
    const script = large();
    completions(script, "guest", "tab");
    script.type("x");
    script.do(answer("guest", ["guest1"]));
    expect(script.text).toBe("guestx");
    const other = large();
    completions(other, "guest", "tab");
    other.press("alt-2");
    other.do(answer("guest", ["guest1"]));
    expect(other.text).toBe("");
  });

  test("what is known is not asked again for a minute, and so many answers are remembered", () => {
    const script = large();
    completions(script, "guest", "tab");
    script.do(answer("guest", ["guest1"]));
    expect(completions(script, "guest1", "tab")).toEqual(["guest1: "]);
    expect(asked(script)).toEqual(["guest"]);
    script.nowMs += lookupMs;
    completions(script, "guest1", "tab");
    expect(asked(script)).toEqual(["guest", "guest1"]);
    for (let count = 0; count <= lookupsMax; count += 1) script.do(answer(`p${count}`, []));
    expect(script.model.lookups).toHaveLength(lookupsMax);
  });

  test("who spoke and is not here any more comes last, as far as that was told", () => {
    const script = large();
    completions(script, "gus", "tab");
    script.do(answer("gus", ["gustav"]));
    expect(script.text).toBe("gustav: ");
    expect(completions(script, "gus", "tab", "tab")).toEqual(["gustav: ", "gusta: "]);
  });

  test("a refusal is told, and asked about again", () => {
    const script = large();
    completions(script, "guest", "tab");
    script.do({ type: "not-looked-up", room: "lobby", prefix: "guest", message: "too many" });
    expect(script.toast).toBe("who is here can't be told: too many");
    script.press("tab");
    expect(asked(script)).toEqual(["guest", "guest"]);
  });

  test("no nick is asked for where none can stand", () => {
    const script = large();
    for (const typed of ["/notify m", "/react thumbs", ":thumbs", "#l", "/jo", "/goto m", ""]) {
      completions(script, typed, "tab");
    }
    expect(asked(script)).toEqual([]);
    script.press("ctrl-u");
    completions(script, "/whois gu", "tab");
    expect(asked(script)).toEqual(["gu"]);
  });
});

test("what follows a command is completed by what it is about", () => {
  const script = talking();
  script.joins("ops", 0, { again: true, members: ["mina", "zelda"], memberCount: 2 });
  script.enter("/ignore bob");
  expect(completions(script, "/msg zel", "tab")).toEqual(["/msg zelda "]);
  expect(completions(script, "/whois bo", "tab")).toEqual(["/whois bo"]);
  expect(completions(script, "/unignore b", "tab")).toEqual(["/unignore bob"]);
  expect(completions(script, "/notify m", "tab")).toEqual(["/notify mentions"]);
  expect(completions(script, "/dnd o", "tab", "tab")).toEqual(["/dnd on", "/dnd off"]);
  expect(completions(script, "/goto yes", "tab")).toEqual(["/goto yesterday"]);
  expect(completions(script, "/help joi", "tab")).toEqual(["/help join"]);
  expect(completions(script, "/react thumbsu", "tab")).toEqual(["/react 👍"]);
  expect(completions(script, "zel", "tab")).toEqual(["zel"]);
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
