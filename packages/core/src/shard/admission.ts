// Who may connect: the caps on connections, in all and per address, over all shards.
// Owns one counter and one table of counters in shared memory; each shard writes its own region,
// so that a crashed shard's counts can be wiped without the others'.

import { networkOf } from "../base/network-of.ts";

const tableSlots = 16_384;
/** Int32 slots of a region: the shard's total, then the table. */
const regionSlots = 1 + tableSlots;

export type Refusal = "too_many_connections" | "too_many_from_address";

/** Memory for `shards` regions and, behind them, the seed by which addresses find their slots. */
export function createAdmissionMemory(shards: number): SharedArrayBuffer {
  const memory = new SharedArrayBuffer((Math.max(1, shards) * regionSlots + 1) * 4);
  crypto.getRandomValues(seedOf(memory));
  return memory;
}

function countsIn(memory: SharedArrayBuffer): Int32Array {
  return new Int32Array(memory, 0, memory.byteLength / 4 - 1);
}

/** Secret, so that no peer can pick an address that shares a slot with another's. */
function seedOf(memory: SharedArrayBuffer): Uint32Array<SharedArrayBuffer> {
  return new Uint32Array(memory, memory.byteLength - 4);
}

/** Forgets all connections of a shard that is gone. */
export function clearAdmission(memory: SharedArrayBuffer, shard: number): void {
  const counts = countsIn(memory);
  for (let slot = shard * regionSlots; slot < (shard + 1) * regionSlots; slot += 1) {
    Atomics.store(counts, slot, 0);
  }
}

export class Admission {
  readonly #counts: Int32Array;
  readonly #base: number;
  readonly #seed: number;
  readonly #maxConnections: number;
  readonly #maxConnectionsPerIp: number;

  constructor(options: {
    memory: SharedArrayBuffer;
    shard: number;
    maxConnections: number;
    maxConnectionsPerIp: number;
  }) {
    this.#counts = countsIn(options.memory);
    this.#seed = seedOf(options.memory)[0] as number;
    this.#base = options.shard * regionSlots;
    this.#maxConnections = options.maxConnections;
    this.#maxConnectionsPerIp = options.maxConnectionsPerIp;
  }

  /** The key to count a peer of this address by; without a cap per address it isn't needed. */
  keyOf(address: string): number {
    return this.#maxConnectionsPerIp > 0 ? addressKeyOf(address, this.#seed) : 0;
  }

  /**
   * Counts a new connection, or says why it can't be had (and then counts nothing).
   *
   * The caps hold over all shards: each adds itself first and then looks at the sum, so two shards
   * may both refuse the last place, but never both give it.
   */
  admit(addressKey: number): Refusal | null {
    Atomics.add(this.#counts, this.#base, 1);
    Atomics.add(this.#counts, this.#base + 1 + addressKey, 1);
    const refusal = this.#judge(addressKey);
    if (refusal !== null) this.release(addressKey);
    return refusal;
  }

  release(addressKey: number): void {
    Atomics.sub(this.#counts, this.#base, 1);
    Atomics.sub(this.#counts, this.#base + 1 + addressKey, 1);
  }

  #judge(addressKey: number): Refusal | null {
    if (this.#maxConnections > 0 && this.#sum(0) > this.#maxConnections) {
      return "too_many_connections";
    }
    if (this.#maxConnectionsPerIp > 0 && this.#sum(1 + addressKey) > this.#maxConnectionsPerIp) {
      return "too_many_from_address";
    }
    return null;
  }

  #sum(slot: number): number {
    let sum = 0;
    for (let at = slot; at < this.#counts.length; at += regionSlots) {
      sum += Atomics.load(this.#counts, at);
    }
    return sum;
  }
}

/**
 * The slot that an address counts in. IPv6 addresses count by their /64, which is what one customer
 * has. Two addresses in one slot share a cap: with 16,384 slots that is rare and only ever strict.
 */
export function addressKeyOf(address: string, seed: number): number {
  return Number(BigInt(Bun.hash(networkOf(address), seed)) % BigInt(tableSlots));
}
