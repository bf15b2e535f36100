// What the engine knows of a session and of a group behind the handles that a service holds. Records,
// changed by outbound.ts and host.ts alone; a service sees of them what port.ts promises.

import type { EncodedPayload } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import { networkOf } from "../base/network-of.ts";
import type { Group, Session } from "./port.ts";

/** Who is on a connection. Stays valid after the end. */
export class SessionRecord implements Session {
  readonly id: number;
  readonly address: string;
  readonly network: string;
  /** Which shard, and which of its connections. */
  readonly shard: number;
  readonly connection: number;
  /** False once the connection is known to be gone; what is sent then is dropped. */
  isOpen = true;
  /** The code of the close that the service asked for first. */
  askedCode: string | null = null;
  readonly groups = new Set<GroupRecord>();
  /** This tick's messages for it alone, and how many of its commands they answer. */
  pending: EncodedPayload[] = [];
  answered = 0;

  constructor(id: number, address: string, shard: number, connection: number) {
    this.id = id;
    this.address = address;
    this.network = networkOf(address);
    this.shard = shard;
    this.connection = connection;
  }
}

/**
 * The sessions that get the same bytes. The members themselves are known to the shards; here it is
 * only known how many each shard has, so that no shard is sent what none of its members needs.
 */
export class GroupRecord implements Group {
  readonly id: number;
  /** Members in each shard. */
  readonly membersOfShard: number[];
  /** This tick's messages. */
  pending: EncodedPayload[] = [];

  constructor(id: number, shards: number) {
    this.id = id;
    this.membersOfShard = new Array<number>(shards).fill(0);
  }

  get size(): number {
    return this.membersOfShard.reduce((sum, members) => sum + members, 0);
  }
}

export function sessionRecord(session: Session): SessionRecord {
  assert(session instanceof SessionRecord, "a session is one that the service was given");
  return session;
}

export function groupRecord(group: Group): GroupRecord {
  assert(group instanceof GroupRecord, "a group is one that createGroup has made");
  return group;
}
