// The sessions that get the same bytes. The members themselves are known to the shards; here it is
// only known how many each shard has, so that no shard is sent what none of its members needs.

import type { EncodedPayload } from "@maru/protocol";

export class Group {
  readonly id: number;
  /** Members in each shard. */
  readonly membersOfShard: number[];
  /** This tick's messages. */
  pending: EncodedPayload[] = [];

  constructor(id: number, shards: number) {
    this.id = id;
    this.membersOfShard = new Array<number>(shards).fill(0);
  }
}
