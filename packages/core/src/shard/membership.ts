// Which connections of this shard get the same bytes. Members stand in arrays, because fan-out is a
// walk over them; each connection knows its places, so leaving is a swap with the last member.

import type { Connection, Membership } from "../connection/connection.ts";

interface MemberList {
  readonly connections: Connection[];
  readonly memberships: Membership[];
}

const nobody: readonly Connection[] = [];

export class GroupTable {
  readonly #groups = new Map<number, MemberList>();

  /** The members, in no particular order. Valid until the next join or leave. */
  members(group: number): readonly Connection[] {
    return this.#groups.get(group)?.connections ?? nobody;
  }

  /** Joining twice is joining once. */
  join(group: number, connection: Connection): void {
    if (connection.memberships.some((membership) => membership.group === group)) return;
    let list = this.#groups.get(group);
    if (list === undefined) {
      list = { connections: [], memberships: [] };
      this.#groups.set(group, list);
    }
    const membership = { group, index: list.connections.length };
    list.connections.push(connection);
    list.memberships.push(membership);
    connection.addMembership(membership);
  }

  leave(group: number, connection: Connection): void {
    const place = connection.memberships.findIndex((membership) => membership.group === group);
    if (place < 0) return;
    const [membership] = connection.memberships.splice(place, 1) as [Membership];
    this.#remove(membership);
  }

  leaveAll(connection: Connection): void {
    for (const membership of connection.memberships) this.#remove(membership);
    if (connection.memberships.length > 0) connection.memberships = [];
  }

  #remove(membership: Membership): void {
    const list = this.#groups.get(membership.group) as MemberList;
    const lastConnection = list.connections.pop() as Connection;
    const lastMembership = list.memberships.pop() as Membership;
    if (lastMembership !== membership) {
      list.connections[membership.index] = lastConnection;
      list.memberships[membership.index] = lastMembership;
      lastMembership.index = membership.index;
    }
    if (list.connections.length === 0) this.#groups.delete(membership.group);
  }
}
