// The record behind a peer; handlers see it as a `Peer` of their protocol.

import type { CloseReason, WireMessage } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import type { ServicePort } from "../service/port.ts";
import type { Session } from "../service/session.ts";

/** As much of a room as a record of its member needs. */
export interface JoinedRoom {
  /** Lets go of a member whose connection is gone, or who has left. */
  forget(peer: PeerRecord): void;
}

export class PeerRecord {
  readonly session: Session;
  readonly rooms = new Set<JoinedRoom>();
  readonly #port: ServicePort<WireMessage>;
  #gone: AbortController | null = null;
  data: unknown = undefined;
  isOpen = true;
  /** Whether handlers know of it: its greeting has succeeded, or there is none. */
  isGreeted = false;

  constructor(session: Session, port: ServicePort<WireMessage>) {
    this.session = session;
    this.#port = port;
  }

  get id(): number {
    return this.session.id;
  }

  get address(): string {
    return this.session.address;
  }

  get network(): string {
    return this.session.network;
  }

  get signal(): AbortSignal {
    this.#gone ??= new AbortController();
    if (!this.isOpen) this.#gone.abort();
    return this.#gone.signal;
  }

  send(type: string, fields: object): void {
    this.#port.send(this.session, Object.assign({ type }, fields, { type }));
  }

  close(reason: CloseReason): void {
    this.#port.close(this.session, reason);
  }

  /** Its connection is gone. */
  end(): void {
    this.isOpen = false;
    this.#gone?.abort();
    for (const room of [...this.rooms]) room.forget(this);
  }
}

export function peerRecord(peer: unknown): PeerRecord {
  assert(peer instanceof PeerRecord, "a peer is one that a handler was given");
  return peer;
}
