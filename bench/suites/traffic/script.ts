// A schedule as the load generator reads it: see load/c/script.h.

import type { Deed, Schedule } from "./schedule.ts";

export function scriptOf({ homes, deeds }: Schedule, rooms: number): string {
  const lines = [
    `traffic ${rooms} ${homes.length} ${deeds.length}`,
    ...homes.map((room) => `h ${room}`),
    ...deeds.map(lineOf),
  ];
  return `${lines.join("\n")}\n`;
}

function lineOf(deed: Deed): string {
  if (deed.do === "move") return `m ${deed.us} ${deed.person} ${deed.room}`;
  return `${deed.korean ? "k" : "s"} ${deed.us} ${deed.person} ${deed.bytes}`;
}
