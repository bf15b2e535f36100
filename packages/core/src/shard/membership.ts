// Which connections of this shard get the same bytes. Members stand in arrays, because fan-out is a
// walk over them; each connection knows its places, so leaving is a swap with the last member.
//
// Invariant: of each place that a connection has, connections[index] is the connection and
// memberships[index] the place; no group is empty, and there are no other members.

import { assert } from "../base/assert.ts";
import type { Connection, GroupPlace } from "../connection/connection.ts";

interface MemberList {
  readonly connections: Connection[];
  readonly memberships: GroupPlace[];
}

const none: readonly Connection[] = [];

export class Membership {
  readonly #groups = new Map<number, MemberList>();

  /** The members, in no particular order. Valid until the next join or leave. */
  members(group: number): readonly Connection[] {
    return this.#groups.get(group)?.connections ?? none;
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
    connection.addPlace(membership);
    assert(
      list.connections.length === list.memberships.length,
      "each member of a group has a place",
    );
  }

  leave(group: number, connection: Connection): void {
    const place = connection.memberships.findIndex((membership) => membership.group === group);
    if (place < 0) return;
    const [membership] = connection.memberships.splice(place, 1) as [GroupPlace];
    this.#remove(membership);
  }

  leaveAll(connection: Connection): void {
    for (const membership of connection.memberships) this.#remove(membership);
    if (connection.memberships.length > 0) connection.memberships = [];
  }

  #remove(membership: GroupPlace): void {
    const list = this.#groups.get(membership.group);
    assert(list?.memberships[membership.index] === membership, "a member stands at its place");
    const lastConnection = list.connections.pop() as Connection;
    const lastMembership = list.memberships.pop() as GroupPlace;
    if (lastMembership !== membership) {
      list.connections[membership.index] = lastConnection;
      list.memberships[membership.index] = lastMembership;
      lastMembership.index = membership.index;
    }
    if (list.connections.length === 0) this.#groups.delete(membership.group);
    assert(
      list.connections.length === list.memberships.length,
      "each member of a group has a place",
    );
  }

  /** The whole invariant, which looks at every member: for tests, after each step. */
  check(connections: Iterable<Connection>): void {
    let places = 0;
    for (const connection of connections) {
      for (const place of connection.memberships) {
        const list = this.#groups.get(place.group);
        assert(list?.memberships[place.index] === place, "a member stands at its place");
        assert(list.connections[place.index] === connection, "a place is its connection's own");
        places += 1;
      }
    }
    let members = 0;
    for (const { connections: list } of this.#groups.values()) {
      assert(list.length > 0, "no group is kept that is empty");
      members += list.length;
    }
    assert(places === members, "a group has no members that don't know of it");
  }
}
