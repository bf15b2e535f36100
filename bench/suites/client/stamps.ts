// The load generator's messages as they stand on the screen: who said each, the how-manieth of
// theirs it is, and when it was due. What a screen shows of a talker must have no hole. Also those who
// look at every frame: how old its newest message is, and what of the past was paged through.

import { dlopen } from "bun:ffi";
import type { Faults } from "../../harness/outcome.ts";
import type { ClientTerminal } from "./client-terminal.ts";

export interface Stamp {
  readonly talker: number;
  /** Of the talker's messages, from 1. */
  readonly sequence: number;
  /** By the generator's clock. */
  readonly dueMs: number;
}

const stamp = /~([0-9a-f]{8})([0-9a-f]{8})([0-9a-f]{16})/;

/** From the top of the screen to the bottom, the oldest first. */
export function stampsIn(rows: readonly string[]): Stamp[] {
  return rows.flatMap((row) => {
    const [, talker, sequence, due] = stamp.exec(row) ?? [];
    if (talker === undefined || sequence === undefined || due === undefined) return [];
    const hex = (digits: string) => Number.parseInt(digits, 16);
    return [{ talker: hex(talker), sequence: hex(sequence), dueMs: hex(due) / 1e6 }];
  });
}

/** The 33 characters that no other message has. */
export const stampOf = (text: string): string => text.slice(0, 33);

/**
 * How often a talker's message on the screen doesn't follow the one before it there. The talkers are
 * the same connections for as long as the stamps of a screen are of one run.
 */
export function holesIn(stamps: readonly Stamp[]): number {
  const last = new Map<number, number>();
  let holes = 0;
  for (const { talker, sequence } of stamps) {
    const before = last.get(talker);
    // A sequence that begins anew is another run's.
    if (before !== undefined && sequence !== before + 1 && sequence !== 1) holes += 1;
    last.set(talker, sequence);
  }
  return holes;
}

export interface Watched {
  /** Of each frame's newest message, from when it was due until the frame was read. */
  readonly agesMs: readonly number[];
  readonly holes: number;
}

/** Ends the watch and tells. */
export function watchScreen(terminal: ClientTerminal): () => Watched {
  const offsetMs = generatorClockOffsetMs();
  const agesMs: number[] = [];
  let holes = 0;
  const stop = terminal.onFrame((atMs) => {
    const stamps = stampsIn(terminal.rows);
    const dueMs = stamps.at(-1)?.dueMs;
    if (dueMs !== undefined) agesMs.push(atMs + offsetMs - dueMs);
    holes += holesIn(stamps);
  });
  return () => {
    stop();
    return { agesMs, holes };
  };
}

// The clock that the generator stamps with: Bun's own begins anew with each process, so its distance
// from the system's is read once.
const clockMonotonic = 1;

function systemMs(): number {
  const libc = dlopen("libc.so.6", { clock_gettime: { args: ["i32", "ptr"], returns: "i32" } });
  const time = new BigInt64Array(2);
  if (libc.symbols.clock_gettime(clockMonotonic, time) !== 0) throw new Error("no monotonic clock");
  libc.close();
  return Number(time[0]) * 1e3 + Number(time[1]) / 1e6;
}

/** Adds to `performance.now()` what makes it the generator's, in ms. */
function generatorClockOffsetMs(): number {
  return systemMs() - performance.now();
}

const pageUp = "\x1b[5~";
/** As a key that is held down repeats. */
const perSecond = 30;
/** Of the pages that were asked for, a screen of new messages each at the most. */
const seenMin = 1_000;

export interface Pager {
  stop(): void;
  /** Messages that stood on the screen, each once. */
  readonly seen: number;
  /** Without so much paged, the typing was not beside any paging. */
  faults(): Faults;
}

export function pressPageUp(terminal: ClientTerminal): Pager {
  const seen = new Set<string>();
  const stopWatching = terminal.onFrame(() => {
    for (const { talker, sequence } of stampsIn(terminal.rows)) seen.add(`${talker} ${sequence}`);
  });
  const timer = setInterval(() => terminal.type(pageUp), 1_000 / perSecond);
  return {
    stop() {
      clearInterval(timer);
      stopWatching();
    },
    get seen() {
      return seen.size;
    },
    faults: () => ({ "pages not shown": seen.size < seenMin ? 1 : 0 }),
  };
}
