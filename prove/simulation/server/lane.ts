// The link between the hub and one shard on a thread of its own: posted messages, in order, late.
// A shard that dies takes its connections along; what it had posted may still arrive, and then the
// hub learns of its death. Plays core's worker slot, pool and run-shard.

import type { DownlinkBatch, PostedUplinkBatch } from "@maru/core/simulation";
import { fromPosted, type ServiceHost, Shard, toPosted } from "@maru/core/simulation";
import type { Wire } from "../network/wire.ts";
import type { ShardPlace } from "./local-place.ts";
import type { ShardParts } from "./shard-parts.ts";

interface Posted {
  readonly batch: PostedUplinkBatch | null;
  readonly acked: number;
}

/** A message between threads takes 0 to so many milliseconds. */
const hopMs = 3;
/** Batches that are applied are told after so long at the latest. */
const ackMs = 50;
const respawnMsMax = 1_500;

export class Lane implements ShardPlace {
  readonly wires = new Set<Wire>();
  shard: Shard | null;
  readonly #index: number;
  readonly #parts: ShardParts;
  readonly #host: () => ServiceHost;
  #lastUpMs = 0;
  #lastDownMs = 0;
  #applied = 0;
  #told = 0;

  constructor(index: number, parts: ShardParts, host: () => ServiceHost) {
    this.#index = index;
    this.#parts = parts;
    this.#host = host;
    this.shard = this.#createShard();
  }

  /** The hub's batch, on its way to the shard that there is now. */
  post(batch: DownlinkBatch): void {
    const { shard } = this;
    this.#lastDownMs = this.#hop(this.#lastDownMs, () => {
      if (shard === null || this.shard !== shard) return;
      shard.apply(batch);
      shard.flush();
      this.#applied = batch.batch;
      this.#parts.after(ackMs, () => this.#tellApplied(shard));
    });
  }

  /** The shard's thread ends, and with it every socket that it had. */
  crash(): void {
    if (this.shard === null) return;
    const { random, after } = this.#parts;
    this.shard = null;
    for (const wire of this.wires) {
      wire.forgetServer();
      wire.reset();
    }
    this.wires.clear();
    this.#lastUpMs = this.#hop(this.#lastUpMs, () => {
      this.#parts.clearAdmission(this.#index);
      this.#host().shardLost(this.#index);
      after(random.between(0, respawnMsMax), () => this.#respawn());
    });
  }

  #respawn(): void {
    this.shard = this.#createShard();
    this.#applied = 0;
    this.#told = 0;
    this.#host().shardReplaced(this.#index);
  }

  #createShard(): Shard {
    const shard: Shard = new Shard({
      ...this.#parts.shardOptions(this.#index),
      posted: true,
      deliver: (batch) => this.#say(structuredClone(toPosted(batch))),
      defer: (callback) =>
        this.#parts.after(0, () => {
          if (this.shard === shard) callback();
        }),
    });
    this.#parts.sweep(shard, () => this.shard === shard);
    return shard;
  }

  #tellApplied(shard: Shard): void {
    if (this.shard === shard && this.#told < this.#applied) this.#say(null);
  }

  #say(batch: PostedUplinkBatch | null): void {
    const said: Posted = { batch, acked: this.#applied };
    this.#told = this.#applied;
    this.#lastUpMs = this.#hop(this.#lastUpMs, () => {
      if (said.batch !== null) this.#host().receive(this.#index, fromPosted(said.batch));
      this.#host().acknowledge(this.#index, said.acked);
    });
  }

  /** Runs later, behind everything that came before it; returns when. */
  #hop(lastMs: number, run: () => void): number {
    const { random, after, now } = this.#parts;
    const atMs = Math.max(lastMs, now() + random.between(0, hopMs));
    after(atMs - now(), run);
    return atMs;
  }
}
