// What is looked at when all has been said: whether the client was never cut, and shows the last of it.

import type { Faults } from "./faults.ts";
import { type House, talkRoom } from "./house.ts";
import type { Seat } from "./seat.ts";
import { stampOf } from "./stamps.ts";

const withinMsDefault = 10_000;

/** The room must be the one that is looked at. */
export async function lastThings(
  house: House,
  seat: Seat,
  withinMs = withinMsDefault,
): Promise<Faults> {
  const newest = (await house.newest(talkRoom)).findLast(({ text }) => text?.startsWith("~"));
  return {
    "cut as too slow": await house.slowConsumers(),
    "nothing said": newest === undefined ? 1 : 0,
    "last message not shown":
      newest !== undefined && (await shows(seat, stampOf(newest.text), withinMs)) ? 0 : 1,
  };
}

function shows(seat: Seat, text: string, withinMs: number): Promise<boolean> {
  const isThere = (rows: readonly string[]) => rows.some((row) => row.includes(text));
  return seat.until("the last message", isThere, withinMs).then(
    () => true,
    () => false,
  );
}
