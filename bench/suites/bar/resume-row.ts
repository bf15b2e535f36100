// The row about those who come back, all at once: to a server that still knows them, and to one that
// was killed while they were away and has to read from its log what they missed.

import { grouped } from "../../harness/format-number.ts";
import { measureResume, type Resume } from "../resume/measure-resume.ts";
import { repeat } from "./repeat.ts";
import type { BarRow, BarStage, RowBar } from "./row.ts";

const secondsMax = 10;

export const resumeRow: BarRow = {
  about: "everybody reconnects and resumes at once",
  steps: ({ rounds }) => rounds * 2,
  async measure(stage) {
    const clients = stage.extent.isQuick ? 2_000 : 10_000;
    const rooms = clients / 100;
    const what = `${grouped(clients)} come back`;
    const warm = await measureAll(stage, clients, rooms, what, false);
    const after = `${what} after kill -9`;
    const cold = await measureAll(stage, clients, rooms, after, true);
    return [
      ...backBars(what, clients, warm),
      ...backBars(after, clients, cold),
      readsBar(
        after,
        rooms,
        cold.map(({ logReads }) => logReads),
      ),
    ];
  },
};

async function measureAll(
  stage: BarStage,
  clients: number,
  rooms: number,
  what: string,
  restart: boolean,
): Promise<Resume[]> {
  const crowd = { clients, rooms, messages: 100, restart, rounds: 1, durability: "fsync" };
  const measured = await repeat(stage, stage.extent.rounds, what, (round) =>
    measureResume({ ...crowd, workers: stage.workers }, round),
  );
  stage.keep(measured);
  return measured;
}

/** The worst round decides. */
function backBars(what: string, clients: number, measured: readonly Resume[]): RowBar[] {
  const worst = (read: (of: Resume) => number): number => Math.max(...measured.map(read));
  const seconds = worst(({ returned }) => returned.completed.maxMs) / 1000;
  const absent = worst(({ returned }) => clients - returned.complete);
  const wrong = worst(({ returned }) => returned.missing + returned.unexpected);
  return [
    { what: `${what}: the last, worst round`, value: seconds, max: secondsMax, unit: "s" },
    { what: `${what}: not back`, value: absent, max: 0, unit: "clients" },
    { what: `${what}: lost or repeated`, value: wrong, max: 0, unit: "messages" },
  ];
}

/** A round without any read was not cold, or not counted: that is no success. */
export function readsBar(what: string, rooms: number, reads: readonly number[]): RowBar {
  const value = reads.includes(0) ? 0 : Math.max(...reads);
  return { what: `${what}: log reads`, value, min: 1, max: rooms, unit: "" };
}
