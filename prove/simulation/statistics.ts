// What happened in a run, in numbers: shows that a run without a violation was not an empty one.

export const faultKinds = [
  "reset",
  "delay",
  "drop",
  "half-open",
  "vanish",
  "refuse",
  "stop-reading",
  "server-crash",
  "power-loss",
  "crash-at-commit",
  "shard-crash",
  "disk-failure",
  "clock-jump",
  "retention",
  "client-restart",
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Statistics {
  /** Steps of the clock. */
  steps: number;
  virtualMs: number;
  asked: number;
  /** `sent` on the wire, and those of them that said `duplicate`. */
  acknowledged: number;
  duplicates: number;
  /** Entries that readers were given. */
  seen: number;
  connects: number;
  resumesRecovered: number;
  resumesNotRecovered: number;
  resets: number;
  newEpochs: number;
  slowConsumers: number;
  /** Appends that a failing disk refused; that a crash left stored and unanswered; lost with the power. */
  refused: number;
  unanswered: number;
  lostUnsynced: number;
  trimmed: number;
  readonly faults: Record<FaultKind, number>;
}

export function createStatistics(): Statistics {
  return {
    ...{ steps: 0, virtualMs: 0, asked: 0, acknowledged: 0, duplicates: 0, seen: 0, connects: 0 },
    ...{ resumesRecovered: 0, resumesNotRecovered: 0, resets: 0, newEpochs: 0, slowConsumers: 0 },
    ...{ refused: 0, unanswered: 0, lostUnsynced: 0, trimmed: 0 },
    faults: Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>,
  };
}

/** Adds one run's numbers to the sum of several. */
export function addStatistics(sum: Statistics, { faults, ...run }: Statistics): void {
  for (const name of Object.keys(run) as (keyof typeof run)[]) sum[name] += run[name];
  for (const kind of faultKinds) sum.faults[kind] += faults[kind];
}
