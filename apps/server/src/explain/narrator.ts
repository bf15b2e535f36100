// Tells what was observed, story by story: a frame of the one who is explained and all that comes of it,
// or what reaches them from others. Threads tell each for itself: what they tell is gathered until a
// story has its end, or for a moment, and put in the order of the clock. Bounded: what is too much in a second is left out, and counted.

import { startTimer } from "@maru/protocol";
import { clockMs, type Observation } from "./observation.ts";
import { group, type Words, wordsOf } from "./words.ts";

export interface NarratorOptions {
  /** Takes whole lines, and never waits; false: it is behind, and has not taken them. */
  readonly write: (text: string) => boolean;
  /** Cells of a line; what is longer is cut. */
  readonly columns: number;
  /** Runs a callback in so many milliseconds. */
  readonly after?: (ms: number, run: () => void) => void;
}

/** How often it is looked for a story's end, and how long for at most, in milliseconds. */
const gatherMs = 50;
const holdMs = 500;
/** Observations that are gathered at most, before they are told. */
export const gatheredMax = 4_000;
/** Lines in a second, and of one story. */
export const linesPerSecondMax = 120;
export const storyLinesMax = 40;

const clockCells = 12;
const threadCells = 9;
const topicCells = 9;
const secondUs = 1_000_000;

interface Story {
  readonly startMs: number;
  lines: number;
  readonly isTold: boolean;
  /** Something was written, and nothing is unanswered: the next bytes begin another one. */
  isSettled: boolean;
}

export class Narrator {
  readonly #options: NarratorOptions;
  #gathered: Observation[] = [];
  #isDue = false;
  #name = "?";
  #story: Story | null = null;
  /** Commands of theirs that are not answered: until then everything belongs to the story. */
  #unanswered = 0;
  #second = 0;
  #told = 0;
  #leftOut = 0;

  constructor(options: NarratorOptions) {
    this.#options = options;
  }

  take(observation: Observation): void {
    if (this.#gathered.length >= gatheredMax) this.#leftOut += 1;
    else this.#gathered.push(observation);
    this.#wait();
  }

  #wait(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const after = this.#options.after ?? afterReal;
    after(gatherMs, () => {
      this.#isDue = false;
      if (this.#isWhole()) this.flush();
      else this.#wait();
    });
  }

  /** Whether what is gathered ends a story, or has waited for its end long enough. */
  #isWhole(): boolean {
    let newest: Observation | null = null;
    let oldestMs = Number.POSITIVE_INFINITY;
    for (const observation of this.#gathered) {
      oldestMs = Math.min(oldestMs, observation.atMs);
      if (newest === null || observation.atMs >= newest.atMs) newest = observation;
    }
    return newest === null || isEnd(newest) || clockMs() - oldestMs > holdMs;
  }

  /** Tells what is gathered. */
  flush(): void {
    const gathered = this.#gathered.sort((one, other) => one.atMs - other.atMs);
    this.#gathered = [];
    // A name is known at its welcome; its story begins before.
    for (const { seen } of gathered) if (seen.what === "chosen") this.#name = seen.nick;
    for (const observation of gathered) this.#tell(observation);
    if (gathered.length > 0 && clockMs() - 1_000 > this.#second * 1_000) this.#tellLeftOut();
  }

  /** Nothing follows. */
  end(): void {
    this.flush();
    this.#tellLeftOut();
  }

  #tell(observation: Observation): void {
    const { seen, atMs } = observation;
    const second = Math.floor(atMs / 1_000);
    if (second !== this.#second) {
      this.#tellLeftOut();
      [this.#second, this.#told] = [second, 0];
    }
    const isNext = seen.what === "opened" || (seen.what === "read" && this.#story?.isSettled);
    if (this.#story === null || isNext) {
      this.#begin(observation);
    }
    const story = this.#story as Story;
    for (const words of wordsOf(observation, this.#name)) {
      story.lines += 1;
      const isSpent = !story.isTold || story.lines > storyLinesMax;
      if (isSpent && seen.what !== "over") this.#leftOut += 1;
      else this.#write(lineOf((atMs - story.startMs) * 1_000, observation.by, words));
    }
    if (seen.what === "batch") this.#unanswered += seen.own;
    if (seen.what === "answer") this.#unanswered -= Math.min(seen.answers, this.#unanswered);
    if (seen.what === "gone" || seen.what === "over") this.#unanswered = 0;
    if (this.#unanswered > 0) return;
    if (seen.what === "wrote") story.isSettled = true;
    if (isEnd(observation)) this.#story = null;
  }

  #begin({ seen, atMs }: Observation): void {
    const isTold = this.#told + storyLinesMax <= linesPerSecondMax;
    this.#story = { startMs: atMs, lines: 1, isTold, isSettled: false };
    if (!isTold) {
      this.#leftOut += 1;
      return;
    }
    const time = new Date(atMs).toISOString().slice(11, 23);
    this.#write(`\n── ${this.#name}, ${time} UTC: ${beginnings[seen.what] ?? "from others"}`);
  }

  #tellLeftOut(): void {
    if (this.#leftOut === 0) return;
    const text = `   … ${group(this.#leftOut)} lines left out: too many in one second\n`;
    if (this.#options.write(text)) this.#leftOut = 0;
  }

  #write(line: string): void {
    this.#told += 1;
    if (!this.#options.write(`${cut(line, this.#options.columns)}\n`)) this.#leftOut += 1;
  }
}

/** The last that is told of a story, when nothing is unanswered. */
const isEnd = ({ seen }: Observation): boolean => seen.what === "queues" || seen.what === "over";

/** What a story is called, by what it begins with. */
const beginnings: Readonly<Record<string, string>> = {
  opened: "connects",
  read: "bytes have come",
  command: "a command",
  wrote: "from the shard itself",
  gone: "has gone",
  over: "is cut off",
};

const afterReal = (ms: number, run: () => void) => void startTimer(ms, run, { isBackground: true });

function clockText(us: number): string {
  const rounded = Math.round(us);
  if (rounded >= secondUs) return `${(rounded / secondUs).toFixed(2)} s `;
  return `${group(Math.max(0, rounded))} µs`;
}

function lineOf(us: number, by: string, { topic, text }: Words): string {
  const clock = clockText(us).padStart(clockCells);
  return `${clock}  ${by.padEnd(threadCells)}${topic.padEnd(topicCells)}${text}`;
}

/** Its first cells, about: a story may hold letters of two cells. */
function cut(line: string, columns: number): string {
  if (Bun.stringWidth(line) <= columns) return line;
  let cells = 0;
  let shown = "";
  for (const letter of line) {
    cells += Bun.stringWidth(letter);
    if (cells > columns - 1) break;
    shown += letter;
  }
  return `${shown}…`;
}
