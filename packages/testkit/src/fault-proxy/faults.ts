// What a fault proxy can do to a stream, in toxiproxy's vocabulary. Owns the record and its bounds.

/** Upstream: from the client to the server. Each direction of each connection has its own faults. */
export type Direction = "upstream" | "downstream";

export interface Faults {
  /** Milliseconds that what is read from now on waits before it goes on; order stays. */
  readonly latencyMs: number;
  /** Up to so many milliseconds more, at random for each read. */
  readonly jitterMs: number;
  /** Cuts the stream into writes of 1 to n bytes, one a turn of the event loop; null = as it comes. */
  readonly sliceBytes: number | null;
  /** Null = as fast as it goes. */
  readonly bytesPerSecond: number | null;
  /** Ends the connection once so many bytes have gone on since this was set. */
  readonly limit: { readonly bytes: number; readonly end: "reset" | "close" } | null;
  /** Nothing goes on, neither bytes nor an end: half-open. Lifted, the stream goes on unharmed. */
  readonly blackhole: boolean;
}

export const noFaults: Faults = {
  latencyMs: 0,
  jitterMs: 0,
  sliceBytes: null,
  bytesPerSecond: null,
  limit: null,
  blackhole: false,
};

/** Throws a RangeError for what makes no sense, before it is in force anywhere. */
export function assertFaults(faults: Partial<Faults>): void {
  const { latencyMs = 0, jitterMs = 0, sliceBytes, bytesPerSecond, limit } = faults;
  assertWhole("latencyMs", latencyMs, 0);
  assertWhole("jitterMs", jitterMs, 0);
  assertWhole("sliceBytes", sliceBytes ?? 1, 1);
  assertWhole("bytesPerSecond", bytesPerSecond ?? 1, 1);
  assertWhole("limit.bytes", limit?.bytes ?? 0, 0);
}

export function assertWhole(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} is ${value}, not a whole number from ${least} on`);
  }
}
