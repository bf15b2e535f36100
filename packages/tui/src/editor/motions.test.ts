// Moves, kills and yanks do what readline's do. `|` is the caret.

import { expect, test } from "bun:test";
import { type Editor, editorOf, emptyEditor, insert, killsMax } from "./editor.ts";
import * as motions from "./motions.ts";
import { wordWindowUnits } from "./words.ts";

const at = (marked: string) => editorOf(marked.replace("|", ""), marked.indexOf("|"));
const shown = ({ text, caret }: Editor) => `${text.slice(0, caret)}|${text.slice(caret)}`;
const after = (marked: string, ...edits: ((editor: Editor) => Editor)[]) =>
  shown(edits.reduce((editor, edit) => edit(editor), at(marked)));

test("moves by whole letters", () => {
  expect(after("a👨‍👩‍👧‍👦|b", motions.charLeft)).toBe("a|👨‍👩‍👧‍👦b");
  expect(after("a|🇰🇷b", motions.charRight)).toBe("a🇰🇷|b");
  expect(after("|a", motions.charLeft)).toBe("|a");
  expect(after("a|", motions.charRight)).toBe("a|");
});

test("moves to the ends of lines and of the text", () => {
  expect(after("ab\nc|d\nef", motions.lineStart)).toBe("ab\n|cd\nef");
  expect(after("ab\nc|d\nef", motions.lineEnd)).toBe("ab\ncd|\nef");
  expect(after("|\nab", motions.lineStart)).toBe("|\nab");
});

test("moves by words: Korean by spaces, Japanese and Chinese by the dictionary", () => {
  expect(after("one, two|", motions.wordLeft)).toBe("one, |two");
  expect(after("one|, two", motions.wordRight)).toBe("one, two|");
  expect(after("안녕하세요 여러분|", motions.wordLeft)).toBe("안녕하세요 |여러분");
  expect(after("안녕|하세요 여러분", motions.wordRight)).toBe("안녕하세요| 여러분");
  expect(after("|東京に行く", motions.wordRight)).toBe("東京|に行く");
  expect(after("hello 👍🏽|", motions.wordLeft)).toBe("hello |👍🏽");
  expect(after("  |", motions.wordLeft)).toBe("|  ");
  expect(after("|--", motions.wordRight)).toBe("--|");
});

test("crosses a word without end in steps", () => {
  const word = editorOf("a".repeat(wordWindowUnits + 1));
  expect(motions.wordLeft(word).caret).toBe(1);
  expect(motions.wordLeft(motions.wordLeft(word)).caret).toBe(0);
});

test("deletes whole letters on either side", () => {
  expect(after("한글|", motions.deleteBack)).toBe("한|");
  expect(after("x👩‍🚀|", motions.deleteBack)).toBe("x|");
  expect(after("|🇰🇷x", motions.deleteForward)).toBe("|x");
  expect(after("a\n|b", motions.deleteBack)).toBe("a|b");
  const start = at("|a");
  expect(motions.deleteBack(start)).toBe(start);
});

test("kills to the ends of the line, and there the newline", () => {
  expect(after("a|b\nc", motions.killToLineEnd)).toBe("a|\nc");
  expect(after("a|\nc", motions.killToLineEnd)).toBe("a|c");
  expect(after("a\nb|c", motions.killToLineStart)).toBe("a\n|c");
  expect(after("a\n|c", motions.killToLineStart)).toBe("a|c");
});

test("yanks what was killed; kills in a row are yanked as one, in the order of the text", () => {
  expect(after("one two three|", motions.killWordBack, motions.killWordBack, motions.yank)).toBe(
    "one two three|",
  );
  expect(after("|one two", motions.killWordForward, motions.killWordForward, motions.yank)).toBe(
    "one two|",
  );
  const apart = [motions.killWordBack, motions.charLeft, motions.charRight, motions.killWordBack];
  expect(after("one two|", ...apart, motions.yank)).toBe("one |");
  expect(motions.yank(emptyEditor)).toBe(emptyEditor);
});

test("goes round the kills with yank-pop, only behind a yank, and undoes it at once", () => {
  const apart = [motions.killWordBack, motions.charLeft, motions.charRight, motions.killWordBack];
  const yanked = [...apart, motions.yank];
  expect(after("one two|", ...yanked, motions.yankPop)).toBe("two|");
  expect(after("one two|", ...yanked, motions.yankPop, motions.yankPop)).toBe("one |");
  expect(after("one two|", ...yanked, motions.yankPop, motions.undo)).toBe("|");
  expect(after("one two|", ...apart, motions.yankPop)).toBe("|");
});

test("remembers as many kills as it may, and no more", () => {
  let editor = emptyEditor;
  for (let time = 0; time < killsMax + 1; time += 1) {
    editor = motions.killToLineStart(insert(editor, `${time}`));
    if (time === killsMax - 1) expect(editor.kills).toHaveLength(killsMax);
  }
  expect(editor.kills).toHaveLength(killsMax);
  expect(editor.kills[0]).toBe("1");
});

test("changes letters about", () => {
  expect(after("ab|c", motions.transpose)).toBe("acb|");
  expect(after("abc|", motions.transpose)).toBe("acb|");
  expect(after("한|🇰🇷", motions.transpose)).toBe("🇰🇷한|");
  expect(after("|ab", motions.transpose)).toBe("|ab");
  expect(after("a|", motions.transpose)).toBe("a|");
  expect(after("x\nab|\ny", motions.transpose)).toBe("x\nba|\ny");
  expect(after("x\n|ab", motions.transpose)).toBe("x\n|ab");
});

test("moves by the rows that are seen, and keeps its column", () => {
  const up = (editor: Editor) => motions.rowUp(editor, 6);
  const down = (editor: Editor) => motions.rowDown(editor, 6);
  expect(after("abcd\nx\nefg|h", up)).toBe("abcd\nx|\nefgh");
  expect(after("abcd\nx\nefg|h", up, up)).toBe("abc|d\nx\nefgh");
  expect(after("ab|c hello", down)).toBe("abc he|llo");
  expect(after("abc hel|lo", up)).toBe("abc| hello");
  expect(after("abcdefgh|i", up)).toBe("ab|cdefghi");
  expect(after("ab\n안녕|", up)).toBe("ab|\n안녕");
  expect(after("a|b\n안녕", down)).toBe("ab\n|안녕");
});

test("is the same editor at the first and the last row, so that history may take over", () => {
  const editor = at("ab|c");
  expect(motions.rowUp(editor, 10)).toBe(editor);
  expect(motions.rowDown(editor, 10)).toBe(editor);
});

test("any other move forgets the column", () => {
  const moved = motions.charLeft(motions.rowUp(at("abcd\nx\nefg|h"), 10));
  expect(shown(motions.rowDown(moved, 10))).toBe("abcd\nx\n|efgh");
});
