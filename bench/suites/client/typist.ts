// Types a text into the client, one character at a time and each when it is due, and waits until all
// of it is echoed; says what it sent at the end, and looks for it in the room.

import type { SeededRandom } from "@maru/testkit";
import { EchoWatch } from "./echo-watch.ts";
import type { Faults } from "./faults.ts";
import type { House } from "./house.ts";
import type { Seat } from "./seat.ts";

export const keysPerSecondDefault = 20;
/** After the last key, for echoes that are still to come; and for what is sent then. */
export const patienceMsDefault = 5_000;
const enter = "\r";
const lookMs = 20;

/** Letters, any number of them, no two runs alike: what is lost can't be made up by what follows. */
export function typedText(length: number, random: SeededRandom): string {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  return Array.from({ length }, () => letters[random.below(letters.length)]).join("");
}

export interface Typed {
  readonly echoMs: readonly number[];
  readonly faults: Faults;
}

/** The input must be empty. */
export async function typeText(
  seat: Seat,
  text: string,
  pace: { readonly keysPerSecond: number; readonly patienceMs: number },
): Promise<Typed> {
  const watch = new EchoWatch(text, seat.cursor.x);
  const stop = seat.onFrame((atMs) => watch.look({ rows: seat.rows, cursor: seat.cursor }, atMs));
  const beganMs = performance.now();
  for (const [at, character] of [...text].entries()) {
    const dueMs = beganMs + (at * 1_000) / pace.keysPerSecond;
    while (performance.now() < dueMs) await Bun.sleep(Math.max(0, dueMs - performance.now()));
    watch.written(performance.now());
    seat.type(character);
  }
  const untilMs = performance.now() + pace.patienceMs;
  while (!watch.isWhole && performance.now() < untilMs) await Bun.sleep(lookMs);
  stop();
  return {
    echoMs: watch.echoMs,
    faults: { "keys without an echo": text.length - watch.echoMs.length },
  };
}

/** Sends what stands in the input; counts what of the text did not come to be said. */
export async function sendTyped(
  { house, seat }: { readonly house: House; readonly seat: Seat },
  said: {
    readonly room: string;
    readonly nick: string;
    readonly text: string;
    readonly patienceMs: number;
  },
): Promise<Faults> {
  seat.type(enter);
  const untilMs = performance.now() + said.patienceMs;
  let found: string | undefined;
  while (found === undefined && performance.now() < untilMs) {
    await Bun.sleep(lookMs);
    found = (await house.newest(said.room)).findLast(({ from }) => from === said.nick)?.text;
  }
  const heard = found ?? "";
  return {
    "keys lost": Math.max(0, said.text.length - heard.length),
    "another text said": heard === said.text ? 0 : 1,
  };
}
