// Asks over the wire, so many at a time, and holds each answer to what it must be.

import { type Latencies, latenciesOf } from "../../harness/latencies.ts";
import type { WireClient } from "../../harness/wire-client.ts";
import type { Ask, Entry } from "./asks.ts";

/** Closed loop: with `inflight` questions under way until all have been asked. */
export async function measureAsks(
  client: WireClient,
  asks: readonly Ask[],
  inflight: number,
): Promise<Latencies> {
  const timingsMs: number[] = [];
  const left = asks.values();
  const one = async () => {
    for (const { command, check } of left) {
      const { reply, ms } = await client.ask(command);
      timingsMs.push(ms);
      check(reply.entries as readonly Entry[]);
    }
  };
  await Promise.all(Array.from({ length: inflight }, one));
  return latenciesOf(timingsMs);
}
