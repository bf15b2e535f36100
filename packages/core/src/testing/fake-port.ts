// The engine's service port without an engine: records what each session would receive, in the order
// in which the engine would write it. Holds the service to the port's rules: messages that fit their
// schemas and the frame, nothing published to a session that has left. Its user opens the sessions,
// calls the service, and ends each tick with `flush`.

import type { CloseReason, Protocol, WireMessage } from "@maru/protocol";
import { type EngineLimits, resolveLimits } from "../base/limits.ts";
import { type Log, silentLog } from "../base/log.ts";
import { networkOf } from "../base/network-of.ts";
import type { ServicePort } from "../service/port.ts";
import type { Group, Session } from "../service/session.ts";

/** A session as the fake engine knows it. */
export interface FakeSession extends Session {
  isOpen: boolean;
  readonly groups: Set<Group>;
}

/** What is known of one connection. */
export interface Line<S extends WireMessage> {
  /** Said to it in this tick. */
  readonly waiting: S[];
  /** What it has received, in order. */
  readonly received: S[];
  /** Calls of `reply`. */
  answers: number;
  /** Calls of `accept`. */
  accepted: number;
  /** Why the service has closed it; null while it has not. */
  closed: CloseReason | null;
}

export interface FakePortOptions<S extends WireMessage> {
  /** Its schemas judge all that the service says. */
  readonly protocol: Pick<Protocol<WireMessage, S>, "server">;
  /** `frameBytes` bounds a message here as in the engine; the others are the service's to read. */
  readonly limits?: Partial<EngineLimits>;
  readonly log?: Log;
  /** The service has said something; within a tick, too. */
  readonly onSaid?: () => void;
}

interface Publication<S> {
  readonly message: S;
  readonly except: Session | null;
}

export class FakePort<S extends WireMessage> implements ServicePort<S> {
  readonly limits: EngineLimits;
  readonly log: Log;
  groupsCreated = 0;
  readonly #options: FakePortOptions<S>;
  readonly #lines = new Map<Session, Line<S>>();
  readonly #members = new Map<Group, Set<Session>>();
  readonly #published = new Map<Group, Publication<S>[]>();
  #lastSession = 0;

  constructor(options: FakePortOptions<S>) {
    this.#options = options;
    this.limits = resolveLimits(options.limits);
    this.log = options.log ?? silentLog;
  }

  /** A session whose connection has just said its first word. */
  openSession(address = "127.0.0.1"): FakeSession {
    this.#lastSession += 1;
    const id = this.#lastSession;
    const network = networkOf(address);
    const session = { id, address, network, isOpen: true, groups: new Set<Group>() };
    this.#lines.set(session, { waiting: [], received: [], answers: 0, accepted: 0, closed: null });
    return session;
  }

  lineOf(session: Session): Line<S> {
    return this.#lines.get(session) as Line<S>;
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
    this.#options.onSaid?.();
  }

  reply(session: Session, message: S): void {
    this.lineOf(session).answers += 1;
    this.send(session, message);
  }

  send(session: Session, message: S): void {
    if (known(session).isOpen) this.lineOf(session).waiting.push(this.#checked(message));
    this.#options.onSaid?.();
  }

  publish(group: Group, message: S, options?: { readonly except?: Session }): void {
    const except = options?.except ?? null;
    this.#published.get(group)?.push({ message: this.#checked(message), except });
    this.#options.onSaid?.();
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
    const line = this.lineOf(session);
    if (!known(session).isOpen || line.closed !== null) return;
    this.flush();
    line.closed = reason;
    this.#options.onSaid?.();
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

  #checked(message: S): S {
    this.#options.protocol.server.parse(message);
    const bytes = Buffer.byteLength(JSON.stringify(message));
    if (bytes > this.limits.frameBytes) {
      throw new RangeError(`a "${message.type}" of ${bytes} bytes doesn't fit a frame`);
    }
    return message;
  }
}

/** Every session here was made by `openSession`. */
const known = (session: Session): FakeSession => session as FakeSession;
