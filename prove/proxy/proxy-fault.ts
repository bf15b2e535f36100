// What the network is like for a while: one fault after the other, chosen from the seed.

import type { SeededRandom } from "@maru/testkit";
import { type Direction, type FaultProxy, type Faults, noFaults } from "@maru/testkit";

export const proxyFaultKinds = [
  "latency",
  "slices",
  "bandwidth",
  "resets",
  "ends",
  "half-open",
] as const;
export type ProxyFaultKind = (typeof proxyFaultKinds)[number];

export interface ProxyFault {
  readonly kind: ProxyFaultKind;
  readonly faults: Partial<Faults>;
  /** Undefined: both ways. */
  readonly direction: Direction | undefined;
  /** Every connection is reset when it begins. */
  readonly resets: boolean;
  /** It is over after so many acknowledgements, or milliseconds, whichever comes first. */
  readonly acknowledgements: number;
  readonly ms: number;
}

export function chooseFault(random: SeededRandom, kind: ProxyFaultKind): ProxyFault {
  return {
    kind,
    faults: faultsOf(random, kind),
    direction: random.pick([undefined, "upstream", "downstream"] as const),
    resets: kind === "resets",
    acknowledgements: random.between(1, 500),
    // Half-open for longer than a heartbeat now and then: so that both sides find out.
    ms: random.between(100, kind === "half-open" ? 2_000 : 800),
  };
}

function faultsOf(random: SeededRandom, kind: ProxyFaultKind): Partial<Faults> {
  switch (kind) {
    case "latency":
      return { latencyMs: random.between(0, 40), jitterMs: random.between(1, 40) };
    case "slices":
      return { sliceBytes: random.between(1, 200) };
    case "bandwidth":
      return { bytesPerSecond: random.between(10_000, 400_000) };
    case "ends":
      return {
        limit: { bytes: random.below(20_000), end: random.pick(["reset", "close"] as const) },
      };
    case "half-open":
      return { blackhole: true };
    case "resets":
      return {};
  }
}

/** What was before is over. */
export function beginFault(proxy: FaultProxy, { faults, direction, resets }: ProxyFault): void {
  proxy.set(noFaults);
  if (resets) proxy.resetAll();
  proxy.set(faults, direction);
}
