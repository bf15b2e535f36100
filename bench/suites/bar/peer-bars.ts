// Ours against every peer: the closest of them decides, and one that is not there or has no sound
// round leaves the comparison incomplete. Pure.

import type { Measurement } from "../../load/measurement.ts";
import { pairedRatio, type ReadFigure, roundsOf } from "./judge.ts";
import type { RowBar } from "./row.ts";

export interface Rivals {
  /** Those that were measured. */
  readonly peers: readonly string[];
  readonly absentPeers: readonly string[];
  /** In which each of them was measured. */
  readonly rounds: number;
}

/** `measured` are the sound runs alone. */
export function peerBars(
  about: string,
  ours: string,
  rivals: Rivals,
  measured: readonly Measurement[],
): RowBar[] {
  const soundRounds = (name: string): number => roundsOf(measured, name);
  const ratios = (read: ReadFigure) =>
    rivals.peers
      .filter((name) => soundRounds(name) > 0)
      .map((name) => ({ name, value: pairedRatio(measured, ours, name, read) }))
      .sort((a, b) => a.value - b.value);
  const bySpeed = ratios((figures) => figures.deliveriesPerSecond);
  const byCpu = ratios((figures) => figures.serverCpuUsPerDelivery);
  // Ours over theirs: the strongest leaves the least of the one, and the most of the other.
  const fastest = bySpeed.at(0);
  const thriftiest = byCpu.at(-1);
  const of = `of ${bySpeed.length} peers${droppedRounds(rivals, soundRounds)}`;
  const lacks = lackOf(rivals, soundRounds);
  const around = { unit: "×", ...(lacks === "" ? {} : { lacks }) };
  return [
    {
      what: `${about}: deliveries/s ÷ the best ${of}, ${fastest?.name}`,
      value: fastest?.value ?? Number.NaN,
      min: 1,
      ...around,
    },
    {
      what: `${about}: CPU/delivery ÷ the best ${of}, ${thriftiest?.name}`,
      value: thriftiest?.value ?? Number.NaN,
      max: 1,
      ...around,
    },
  ];
}

type Count = (name: string) => number;

function lackOf({ peers, absentPeers }: Rivals, soundRounds: Count): string {
  const failed = peers.filter((name) => soundRounds(name) === 0);
  const absent = absentPeers.length === 0 ? [] : [`not installed ${absentPeers.join(" ")}`];
  return [...absent, ...(failed.length === 0 ? [] : [`failed ${failed.join(" ")}`])].join(", ");
}

/** Rounds that failed or had faults, of those who have others. */
function droppedRounds({ peers, rounds }: Rivals, soundRounds: Count): string {
  const dropped = peers.flatMap((name) => {
    const sound = soundRounds(name);
    return sound > 0 && sound < rounds ? [`${rounds - sound} of ${name}`] : [];
  });
  return dropped.length === 0 ? "" : ` (rounds dropped: ${dropped.join(", ")})`;
}
