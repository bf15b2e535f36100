// What one kept idle run has: connections that are in no room and those that are in one apart,
// because they are two measurements. Older results tell the rooms in their options only.

import type { Kept } from "../harness/record.ts";
import type { IdleMeasurement } from "../load/measure-idle.ts";

export interface IdleKind {
  readonly rooms: number;
  readonly measurements: readonly IdleMeasurement[];
}

/** The fewest rooms first. */
export function idleKinds({ options, measurements }: Kept): IdleKind[] {
  const { rooms } = (options ?? {}) as { readonly rooms?: number | readonly number[] };
  const ofAll = typeof rooms === "number" ? rooms : 0;
  const all = measurements as readonly (IdleMeasurement & { readonly rooms?: number })[];
  const kinds = [...Map.groupBy(all, (each) => each.rooms ?? ofAll)];
  return kinds
    .map(([count, here]) => ({ rooms: count, measurements: here }))
    .toSorted((one, other) => one.rooms - other.rooms);
}
