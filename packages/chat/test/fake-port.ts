// The engine's service port without an engine: records what each session would receive, in the order
// in which the engine would write it. Holds the service to the port's rules: one answer a command,
// messages that fit their schemas and the frame, nothing published to a session that has left.

import {
  defaultLimits,
  type EngineLimits,
  type Group,
  type ServicePort,
  type Session,
} from "@maru/core";
import type { CloseReason } from "@maru/protocol";
import { type ChatServerMessage, chatProtocol } from "@maru/protocol/chat";

/** A session as the fake engine knows it. */
export interface FakeSession extends Session {
  isOpen: boolean;
  readonly groups: Set<Group>;
}

export class FakePort implements ServicePort<ChatServerMessage> {
  readonly limits: EngineLimits;
  readonly log = () => {};
  groupsCreated = 0;
  readonly #lines = new Map<Session, Line>();
  readonly #members = new Map<Group, Set<Session>>();
  readonly #published = new Map<Group, Publication[]>();
  #lastSession = 0;

  constructor(frameBytes: number) {
    this.limits = { ...defaultLimits, frameBytes };
  }

  /** A session whose connection has just said its first word. */
  openSession(address = "127.0.0.1"): FakeSession {
    this.#lastSession += 1;
    const id = this.#lastSession;
    const session = { id, address, network: address, isOpen: true, groups: new Set<Group>() };
    this.#lines.set(session, { waiting: [], received: [], answers: 0, accepted: 0, closed: null });
    return session;
  }

  lineOf(session: Session): Line {
    return this.#lines.get(session) as Line;
  }

  /** The connection is gone: its groups count without it. */
  forget(session: FakeSession): void {
    session.isOpen = false;
    for (const group of session.groups) this.#members.get(group)?.delete(session);
    session.groups.clear();
  }

  /** The end of a tick: what was said to one session alone goes first, then what its groups were told. */
  flush(): void {
    for (const { waiting, received } of this.#lines.values()) received.push(...waiting.splice(0));
    for (const group of this.#published.keys()) this.#flushGroup(group);
  }

  accept(session: Session): void {
    this.lineOf(session).accepted += 1;
  }

  reply(session: Session, message: ChatServerMessage): void {
    this.lineOf(session).answers += 1;
    this.send(session, message);
  }

  send(session: Session, message: ChatServerMessage): void {
    if (known(session).isOpen) this.lineOf(session).waiting.push(this.#checked(message));
  }

  publish(group: Group, message: ChatServerMessage, options?: { except?: Session }): void {
    const except = options?.except ?? null;
    this.#published.get(group)?.push({ message: this.#checked(message), except });
  }

  createGroup(): Group {
    this.groupsCreated += 1;
    const members = new Set<Session>();
    const group: Group = {
      get size() {
        return members.size;
      },
    };
    this.#members.set(group, members);
    this.#published.set(group, []);
    return group;
  }

  join(group: Group, session: Session): void {
    const { isOpen, groups } = known(session);
    if (!isOpen || groups.has(group)) return;
    this.#settle(group);
    groups.add(group);
    this.#members.get(group)?.add(session);
  }

  leave(group: Group, session: Session): void {
    if (!known(session).groups.delete(group)) return;
    this.#settle(group);
    this.#members.get(group)?.delete(session);
  }

  close(session: Session, reason: CloseReason): void {
    if (!known(session).isOpen) return;
    this.flush();
    this.lineOf(session).closed = reason;
  }

  /** A change of membership stands exactly between what is published before and after it. */
  #settle(group: Group): void {
    for (const { waiting, received } of this.#lines.values()) received.push(...waiting.splice(0));
    this.#flushGroup(group);
  }

  #flushGroup(group: Group): void {
    const published = this.#published.get(group)?.splice(0) ?? [];
    for (const session of this.#members.get(group) ?? []) {
      const forIt = published.filter(({ except }) => except !== session);
      this.lineOf(session).received.push(...forIt.map(({ message }) => message));
    }
  }

  #checked(message: ChatServerMessage): ChatServerMessage {
    chatProtocol.server.parse(message);
    const bytes = Buffer.byteLength(JSON.stringify(message));
    if (bytes > this.limits.frameBytes) {
      throw new Error(`a ${message.type} of ${bytes} bytes doesn't fit a frame`);
    }
    return message;
  }
}

interface Publication {
  readonly message: ChatServerMessage;
  readonly except: Session | null;
}

/** What is known of one connection. */
export interface Line {
  /** Said to it in this tick. */
  readonly waiting: ChatServerMessage[];
  /** What it has received, in order. */
  readonly received: ChatServerMessage[];
  /** Commands answered. */
  answers: number;
  accepted: number;
  closed: CloseReason | null;
}

/** Every session here was made by `openSession`. */
const known = (session: Session): FakeSession => session as FakeSession;
