// What a shard counts, in memory that the main thread can read without asking.
// One writer (the shard); readers may see a figure that is a moment old, never a torn one.

export const counterNames = [
  "connectionsAccepted",
  "connectionsRefused",
  "connectionsOpen",
  "framesIn",
  "bytesIn",
  "framesRefused",
  "framesRateLimited",
  "readsThrottled",
  "deliveries",
  "bytesOut",
  "writes",
  "writesShort",
  "slowConsumers",
  "closes",
] as const;
export type CounterName = (typeof counterNames)[number];
export type CounterValues = Record<CounterName, number>;

/** A Float64Array holds integers exactly up to 2^53 and is written in one store on 64-bit machines. */
export class Counters {
  readonly memory: SharedArrayBuffer;
  readonly #values: Float64Array;

  constructor(memory?: SharedArrayBuffer) {
    this.memory = memory ?? new SharedArrayBuffer(counterNames.length * 8);
    this.#values = new Float64Array(this.memory);
  }

  add(name: CounterName, amount: number): void {
    const index = indexOf[name];
    this.#values[index] = (this.#values[index] as number) + amount;
  }

  set(name: CounterName, value: number): void {
    this.#values[indexOf[name]] = value;
  }

  read(): CounterValues {
    return Object.fromEntries(
      counterNames.map((name) => [name, this.#values[indexOf[name]] as number]),
    ) as CounterValues;
  }
}

const indexOf = Object.fromEntries(
  counterNames.map((name, index) => [name, index]),
) as CounterValues;

/** Sums the counters of several shards. */
export function sumCounters(all: readonly CounterValues[]): CounterValues {
  return Object.fromEntries(
    counterNames.map((name) => [name, all.reduce((sum, values) => sum + values[name], 0)]),
  ) as CounterValues;
}
