// Sessions and groups: the handles that a service holds, and the records behind them, which outbound.ts
// and host.ts alone change.

import type { EncodedPayload } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import { networkOf } from "../base/network-of.ts";

/** Who is on a connection: a handle, valid after the end too; what is then sent to it is dropped. */
export interface Session {
  /** Unique within this service for as long as the process lives. */
  readonly id: number;
  /** Where the peer connects from. */
  readonly address: string;
  /** The same as far as one peer may choose it: of an IPv6 address the /64. */
  readonly network: string;
}

/** Sessions that get the same messages: a handle. */
export interface Group {
  /** Members, as of what the service has asked for so far. */
  readonly size: number;
}

export class SessionRecord implements Session {
  readonly id: number;
  readonly address: string;
  readonly network: string;
  /** Which shard, and which of its connections. */
  readonly shard: number;
  readonly connection: number;
  /** Which of the port's framings its peer speaks. */
  readonly framing: number;
  /** False once the connection is known to be gone; what is sent then is dropped. */
  isOpen = true;
  /** The code of the close that the service asked for first. */
  askedCode: string | null = null;
  readonly groups = new Set<GroupRecord>();
  /** This tick's messages for it alone, and how many of its commands they answer. */
  pending: EncodedPayload[] = [];
  answered = 0;

  constructor(id: number, address: string, shard: number, connection: number, framing = 0) {
    this.id = id;
    this.address = address;
    this.network = networkOf(address);
    this.shard = shard;
    this.connection = connection;
    this.framing = framing;
  }
}

/** A message of a group that is for all members but one. */
export interface GroupException {
  /** The message's place in `pending`. */
  readonly place: number;
  readonly session: SessionRecord;
}

/**
 * The sessions that get the same bytes. The members themselves are known to the shards; here it is
 * only known how many of each framing each shard has, so that no shard is sent what none of its members
 * needs, and nothing is framed for none.
 */
export class GroupRecord implements Group {
  readonly id: number;
  /** Members of each framing, in each shard. */
  readonly members: readonly number[][];
  /** This tick's messages. */
  pending: EncodedPayload[] = [];
  /** Which of them a member does not get, in their order; null: none. */
  exceptions: GroupException[] | null = null;

  constructor(id: number, shards: number, framings = 1) {
    this.id = id;
    this.members = Array.from({ length: framings }, () => new Array<number>(shards).fill(0));
  }

  get size(): number {
    return this.members.flat().reduce((sum, members) => sum + members, 0);
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
