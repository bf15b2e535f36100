// Who is on a connection, as the service sees it: a handle that stays valid after the end.

import type { EncodedPayload } from "@maru/protocol";
import { networkOf } from "../base/network-of.ts";
import type { Group } from "./group.ts";

export class Session {
  /** Unique within this service for as long as the process lives. */
  readonly id: number;
  /** Where the peer connects from. */
  readonly address: string;
  /** The same as far as one peer may choose it: of an IPv6 address the /64. */
  readonly network: string;
  /** Which shard, and which of its connections. */
  readonly shard: number;
  readonly connection: number;
  /** False once the connection is known to be gone; what is sent then is dropped. */
  isOpen = true;
  readonly groups = new Set<Group>();
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
