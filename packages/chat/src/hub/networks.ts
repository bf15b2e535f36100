// The addresses that sessions come from, as far as something is bounded by address: what they have left
// to begin rooms with, to add markers with and to say to people who don't answer, and how many of the
// rooms in memory they have opened.

import { type BucketBounds, TokenBucket } from "./token-bucket.ts";
import type { UnansweredBudget } from "./unanswered-budget.ts";

export interface NetworkBounds {
  /** Rooms that the log doesn't know. */
  readonly newRooms: BucketBounds;
  /** Markers that the log doesn't have. */
  readonly newMarkers: BucketBounds;
}

export interface Network {
  readonly name: string;
  readonly newRooms: TokenBucket;
  readonly newMarkers: TokenBucket;
  /** What may be said to people who have not answered, by unanswered.ts. */
  readonly unanswered: Map<number, UnansweredBudget>;
  sessions: number;
  /** Rooms in memory, or being loaded, that a session from here has asked for first. */
  rooms: number;
  /** Bytes of commands that wait for their sessions' budgets. */
  heldBytes: number;
}

/** Addresses that are remembered although nobody is here from them; those seen longest ago go first. */
export const absentNetworksMax = 10_000;

export class Networks {
  readonly #bounds: NetworkBounds;
  readonly #byName = new Map<string, Network>();
  /** Those without sessions, by when the last one left. */
  readonly #absent = new Set<Network>();

  constructor(bounds: NetworkBounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#byName.size;
  }

  /** A session has come from there. */
  enter(name: string, now: number): Network {
    const network = this.#byName.get(name) ?? this.#add(name, now);
    network.sessions += 1;
    this.#absent.delete(network);
    return network;
  }

  /** One has gone. What it has used up is remembered until it has come back by itself. */
  leave(network: Network): void {
    network.sessions -= 1;
    if (network.sessions > 0) return;
    this.#absent.add(network);
    if (this.#absent.size > absentNetworksMax) this.#forgetOldest();
  }

  #add(name: string, now: number): Network {
    const network = {
      name,
      newRooms: new TokenBucket(this.#bounds.newRooms, now),
      newMarkers: new TokenBucket(this.#bounds.newMarkers, now),
      unanswered: new Map(),
      sessions: 0,
      rooms: 0,
      heldBytes: 0,
    };
    this.#byName.set(name, network);
    return network;
  }

  #forgetOldest(): void {
    const [oldest] = this.#absent;
    if (oldest === undefined) return;
    this.#absent.delete(oldest);
    this.#byName.delete(oldest.name);
  }
}
