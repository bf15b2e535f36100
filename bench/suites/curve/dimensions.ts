// The curve's dimensions: from one base point, one thing at a time is changed. Pure.

import type { Scenario } from "../../load/scenario.ts";

/** What a point of the curve is measured at. */
export interface Setting extends Pick<Scenario, "rooms" | "members" | "talkers" | "textBytes"> {
  readonly durability: "memory" | "os" | "fsync";
  /** Connections that say nothing, held beside those in the rooms. */
  readonly idle: number;
  /** Messages that the room holds before the first is said. */
  readonly entries: number;
}

export interface Dimension {
  readonly about: string;
  readonly xs: readonly (number | string)[];
  /** Of these xs alone in a quick run. */
  readonly quickXs: readonly (number | string)[];
  /** Whether the reference can be measured too: it keeps nothing, and every member has a room. */
  readonly hasReference: boolean;
  at(x: number | string): Setting;
}

export const base: Setting = {
  rooms: 1,
  members: 100,
  talkers: 10,
  textBytes: 64,
  durability: "memory",
  idle: 0,
  entries: 0,
};

function counted(
  about: string,
  xs: readonly number[],
  quickXs: readonly number[],
  change: (count: number) => Partial<Setting>,
): Dimension {
  const at = (x: number | string): Setting => ({ ...base, ...change(Number(x)) });
  return { about, xs, quickXs, hasReference: true, at };
}

export const dimensions = {
  members: counted(
    "members of the one room, 10 of them talking",
    [2, 10, 30, 100, 300, 1_000, 3_000, 10_000],
    [2, 100, 1_000],
    (members) => ({ members, talkers: Math.min(members, base.talkers) }),
  ),
  rooms: counted(
    "rooms of 10, all talking",
    [1, 3, 10, 30, 100, 300, 1_000],
    [1, 30, 300],
    (rooms) => ({ rooms, members: 10, talkers: 10 }),
  ),
  idle: {
    ...counted(
      "idle connections beside the room of 100",
      [0, 1_000, 5_000, 9_000],
      [0, 5_000],
      (idle) => ({ idle }),
    ),
    hasReference: false,
  },
  talkers: counted("talkers among the 100", [1, 3, 10, 30, 100], [1, 100], (talkers) => ({
    talkers,
  })),
  bytes: counted("bytes of a text", [64, 256, 1_024, 4_096, 8_192], [64, 8_192], (textBytes) => ({
    textBytes,
  })),
  durability: {
    about: "durability",
    xs: ["memory", "os", "fsync"],
    quickXs: ["memory", "fsync"],
    hasReference: false,
    at: (x) => ({ ...base, durability: x as Setting["durability"] }),
  },
  history: {
    about: "messages that the room holds already, fsync",
    xs: [0, 100_000, 1_000_000],
    quickXs: [0, 50_000],
    hasReference: false,
    at: (x) => ({ ...base, durability: "fsync", entries: Number(x) }),
  },
} satisfies Record<string, Dimension>;

export type DimensionName = keyof typeof dimensions;
export const dimensionNames = Object.keys(dimensions) as DimensionName[];
