// Tab finds who and what is meant.

import { expect, test } from "bun:test";
import { parseEmoji } from "@maru/protocol/chat";
import { emojiNamed, emojiNames } from "../text/emoji-names.ts";
import {
  beginCompletion,
  candidatesMax,
  completionAt,
  nextCompletion,
  previousCompletion,
} from "./completion.ts";
import { editorOf } from "./editor.ts";
import { undo } from "./motions.ts";

const sources = {
  nicks: ["Nina", "nick", "한결", "하늘", "Émile"],
  rooms: ["lobby", "#random", "한국어"],
  commands: ["join", "part", "nick", "names"],
  emoji: emojiNames,
};
const found = (marked: string) => {
  const at = marked.indexOf("|");
  return completionAt(marked.replace("|", ""), at, sources)?.candidates ?? null;
};

test("completes a nick, who spoke last first; at the start of a line it is an address", () => {
  expect(found("ni|")).toEqual(["Nina: ", "nick: "]);
  expect(found("hi ni|")).toEqual(["Nina ", "nick "]);
  expect(found("hi\nni|")).toEqual(["Nina: ", "nick: "]);
  expect(found("@NI|")).toEqual(["@Nina ", "@nick "]);
  expect(found("(@nin|")).toEqual(["@Nina "]);
  expect(found("@|")).toHaveLength(5);
});

test("completes Korean nicks, from a syllable begun and from jamo", () => {
  expect(found("한|")).toEqual(["한결: "]);
  expect(found("하|")).toEqual(["한결: ", "하늘: "]);
  expect(found(`${"하느".normalize("NFD")}|`)).toEqual(["하늘: "]);
  expect(found("@한겨|")).toEqual(["@한결 "]);
  expect(found("émi|")).toEqual(["Émile: "]);
});

test("completes rooms with or without their sign", () => {
  expect(found("see #lo|")).toEqual(["#lobby "]);
  expect(found("#ra|")).toEqual(["#random "]);
  expect(found("/join ra|")).toEqual(["random "]);
  expect(found("/join #한|")).toEqual(["#한국어 "]);
});

test("completes commands at the start of the text only, and nothing in what says a slash", () => {
  expect(found("/n|")).toEqual(["/nick ", "/names "]);
  expect(found("/JO|")).toEqual(["/join "]);
  expect(found("say /n|")).toBeNull();
  expect(found("x\n/n|")).toBeNull();
  expect(found("//n|")).toBeNull();
  expect(found("/nick ni|")).toEqual(["Nina ", "nick "]);
});

test("completes emoji by name, the exact one first", () => {
  expect(found(":smi|")?.[0]).toBe("😄");
  expect(found("ok :cat|")?.[0]).toBe("🐱");
  expect(found(":joy:|")).toEqual(["😂"]);
  expect(found(":|")).toBeNull();
  expect(found(":nosuch|")).toBeNull();
});

test("finds nothing behind a space, in nothing, and in what is too long for a name", () => {
  expect(found("|")).toBeNull();
  expect(found("ni |")).toBeNull();
  expect(found("zz|")).toBeNull();
  expect(found(`${"n".repeat(200)}|`)).toBeNull();
});

test("puts no second space before one", () => {
  expect(found("hi ni| there")).toEqual(["Nina", "nick"]);
});

test("offers as many as it may, and no more", () => {
  const of = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
  const count = (nicks: string[]) =>
    completionAt("n", 1, { ...sources, nicks })?.candidates.length ?? 0;
  expect(count(of(candidatesMax))).toBe(candidatesMax);
  expect(count(of(candidatesMax + 1))).toBe(candidatesMax);
});

test("cycles through the candidates, and undoes them as one", () => {
  const begun = beginCompletion(editorOf("ni"), sources);
  if (begun === null) throw new Error("there are two");
  expect(begun.editor).toMatchObject({ text: "Nina: ", caret: 6 });
  const second = nextCompletion(begun.editor, begun.completion);
  expect(second.editor).toMatchObject({ text: "nick: ", caret: 6 });
  expect(nextCompletion(second.editor, second.completion).editor.text).toBe("Nina: ");
  expect(previousCompletion(begun.editor, begun.completion).editor.text).toBe("nick: ");
  expect(undo(second.editor)).toMatchObject({ text: "ni", caret: 2 });
  expect(beginCompletion(editorOf("ni"), sources, -1)?.editor.text).toBe("nick: ");
  expect(beginCompletion(editorOf("zz"), sources)).toBeNull();
});

test("leaves alone what was edited since", () => {
  const begun = beginCompletion(editorOf("x ni y", 4), sources);
  if (begun === null) throw new Error("there are two");
  const edited = editorOf("other");
  expect(nextCompletion(edited, begun.completion).editor).toBe(edited);
});

test("there are 300 emoji names and more, each once, none with two pictures or a stray word", () => {
  expect(emojiNames.length).toBeGreaterThanOrEqual(300);
  expect(new Set(emojiNames.map(({ name }) => name)).size).toBe(emojiNames.length);
  const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
  for (const { name, emoji } of emojiNames) {
    expect(name).toMatch(/^[a-z0-9_]+$|^[+-]1$/);
    expect(emoji).toMatch(/\p{Emoji}/u);
    expect([...graphemes.segment(emoji)]).toHaveLength(1);
    // As the server spells it, so that what is put in is what will be shown.
    expect([name, parseEmoji(emoji)]).toEqual([name, emoji]);
  }
  expect(emojiNamed("SMIL").map(({ name }) => name)).toContain("smile");
});
