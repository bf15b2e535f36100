// How a terminal is asked how many cells it gives to letters on which terminals disagree: each is
// written, unseen, where the first frame will stand, and behind it the question where the cursor is.
// Makes the question, and judges the answers; waits for nothing.

import { cellWidth } from "../text/cell-width.ts";
import { symbolClasses } from "../text/symbol-classes.ts";

const esc = "\x1b";

/**
 * The row that is written on. Not the first: there the answer could be a key, as xterm's Ctrl-F3 and
 * the place of column 5 are the same bytes.
 */
const scratchRow = 2;
/** What a terminal must have for it. */
export const askableSize = { width: 10, height: scratchRow };
/** Cells that no single letter takes: an answer beyond is none. */
const cellsMax = 9;

/** Letters that every terminal counts alike, first and last: a terminal that differs there is not believed. */
const anchors = { first: "x", last: "한" };
const asked = [anchors.first, ...symbolClasses.map(({ sample }) => sample), anchors.last] as const;

const place = `${esc}[${scratchRow};1H`;
const ask = (letter: string) => `${place}${letter}${esc}[6n`;

/** Concealed, and cleared away. */
export const widthQuestion = `${esc}[8m${asked.map(ask).join("")}${esc}[0m${place}${esc}[2J`;

const answer = new RegExp(`^${esc}\\[${scratchRow};(\\d{1,3})R$`);
const answers = new RegExp(`${esc}\\[${scratchRow};(\\d{1,3})R`, "g");

/** The column of an answer, from 1; null: the sequence is none. */
export function answeredColumn(sequence: string): number | null {
  const column = answer.exec(sequence)?.[1];
  return column === undefined ? null : Number(column);
}

/** What was pasted, without the answers that came amid it: those of which `heard` says that it waits. */
export function withoutAnswers(text: string, heard: (column: number) => boolean): string {
  return text.replace(answers, (whole, column: string) => (heard(Number(column)) ? "" : whole));
}

/** Gathers the answers, which come in the order of the questions. */
export class WidthAnswers {
  readonly #columns: number[] = [];

  get areAll(): boolean {
    return this.#columns.length >= asked.length;
  }

  add(column: number): void {
    this.#columns.push(column);
  }

  /** Names of what is counted otherwise; null: they can't be true. */
  get otherwise(): readonly string[] | null {
    const cells = this.#columns.map((each) => each - 1);
    const isTrue = cells[0] === 1 && cells.at(-1) === 2 && cells.every((each) => each <= cellsMax);
    if (!isTrue) return null;
    return symbolClasses
      .filter(({ sample }, index) => cells[index + 1] !== cellWidth(sample))
      .map(({ name }) => name);
  }
}
