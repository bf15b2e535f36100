// The addresses that sessions come from, as far as something is bounded by address: what they have left
// to begin rooms with, to add markers with and to say to people who don't answer, and how many of the
// rooms in memory they have opened.

import type { ChatSettings } from "../settings.ts";
import { type BucketBounds, TokenBucket } from "./token-bucket.ts";
import type { UnansweredBudget } from "./unanswered-budget.ts";

/** What all sessions from one address may do together. */
export type NetworkBounds = Pick<
  ChatSettings,
  "newRoomBurstPerIp" | "newRoomRatePerIp" | "newMarkerBurstPerIp" | "newMarkerRatePerIp"
>;

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

/** Addresses without a session that are remembered; those seen longest ago go first. */
export const absentNetworksMax = 10_000;

export class Networks {
  readonly #newRooms: BucketBounds;
  readonly #newMarkers: BucketBounds;
  readonly #byName = new Map<string, Network>();
  /** Those without sessions, by when the last one left. */
  readonly #absent = new Set<Network>();

  constructor(bounds: NetworkBounds) {
    this.#newRooms = { burst: bounds.newRoomBurstPerIp, perHour: bounds.newRoomRatePerIp };
    this.#newMarkers = { burst: bounds.newMarkerBurstPerIp, perHour: bounds.newMarkerRatePerIp };
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
      newRooms: new TokenBucket(this.#newRooms, now),
      newMarkers: new TokenBucket(this.#newMarkers, now),
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
