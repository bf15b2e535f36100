// The rooms of one service: by name, each with its members and its group of the engine.
//
// Invariant: a room is in the table exactly while it has members, and each member lists it.

import type { WireMessage } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import type { ServicePort } from "../service/port.ts";
import type { Group } from "../service/session.ts";
import type { Room } from "./peer-and-room.ts";
import { type JoinedRoom, type PeerRecord, peerRecord } from "./peer-record.ts";

type Port = ServicePort<WireMessage>;

/** The record behind a room; handlers see it as a `Room` of their protocol. */
export class RoomRecord implements JoinedRoom {
  readonly name: string;
  readonly #table: Map<string, RoomRecord>;
  readonly #port: Port;
  readonly #members = new Set<PeerRecord>();
  #group: Group | null = null;

  constructor(name: string, table: Map<string, RoomRecord>, port: Port) {
    this.name = name;
    this.#table = table;
    this.#port = port;
  }

  /** This one if it has members, else the one of its name that has, if there is one. */
  get #live(): RoomRecord {
    return this.#members.size > 0 ? this : (this.#table.get(this.name) ?? this);
  }

  get size(): number {
    return this.#live.#members.size;
  }

  get members(): Iterable<PeerRecord> {
    return this.#live.#members;
  }

  has(peer: unknown): boolean {
    return this.#live.#members.has(peerRecord(peer));
  }

  join(peer: unknown): void {
    this.#live.#take(peerRecord(peer));
  }

  leave(peer: unknown): void {
    this.#live.#release(peerRecord(peer));
  }

  publish(type: string, fields: object, options: { readonly except?: unknown } = {}): void {
    const group = this.#live.#group;
    if (group === null) return;
    const message = Object.assign({ type }, fields, { type });
    const { except } = options;
    if (except === undefined) this.#port.publish(group, message);
    else this.#port.publish(group, message, { except: peerRecord(except).session });
  }

  forget(peer: PeerRecord): void {
    this.#members.delete(peer);
    peer.rooms.delete(this);
    if (this.#members.size > 0) return;
    this.#group = null;
    this.#table.delete(this.name);
  }

  #take(peer: PeerRecord): void {
    if (!peer.isOpen || this.#members.has(peer)) return;
    if (this.#members.size === 0) this.#table.set(this.name, this);
    assert(this.#table.get(this.name) === this, "a name has one room with members");
    this.#members.add(peer);
    peer.rooms.add(this);
    this.#group ??= this.#port.createGroup();
    this.#port.join(this.#group, peer.session);
  }

  #release(peer: PeerRecord): void {
    if (!this.#members.has(peer)) return;
    if (this.#group !== null) this.#port.leave(this.#group, peer.session);
    this.forget(peer);
  }
}

export class Rooms {
  readonly #port: Port;
  readonly #table = new Map<string, RoomRecord>();

  constructor(port: Port) {
    this.#port = port;
  }

  of(name: string): RoomRecord {
    return this.#table.get(name) ?? new RoomRecord(name, this.#table, this.#port);
  }
}

/** What handlers are given instead of the record. */
export function asRoom<P, Data>(room: RoomRecord): Room<P, Data> {
  return room as unknown as Room<P, Data>;
}
