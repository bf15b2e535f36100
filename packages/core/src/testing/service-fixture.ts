// A service without sockets, threads or an engine's time: clients that ask it, tick by tick, and read what
// they would have received. What they send is judged and copied as on the wire, so that a service
// that passes here does not depend on whose object a message is.

import { type CloseReason, type Protocol, startTimer, type WireMessage } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import type { EngineLimits } from "../base/limits.ts";
import type { Log } from "../base/log.ts";
import type { CreateService, Service } from "../service/port.ts";
import { FakePort, type FakeSession, type Line } from "./fake-port.ts";

/** What has an id, and so an answer. */
export type CommandOf<C extends WireMessage> = Extract<C, { readonly id: number }>;
/** What has none. */
export type NoticeOf<C extends WireMessage> = Exclude<C, { readonly id: number }>;
/** A message without what the client adds. */
export type FieldsOf<M extends WireMessage, T extends string> = Omit<
  Extract<M, { readonly type: T }>,
  "type" | "id"
>;

export interface ServiceFixtureOptions<C extends WireMessage, S extends WireMessage> {
  readonly protocol: Protocol<C, S>;
  readonly service: CreateService<C, S>;
  readonly limits?: Partial<EngineLimits>;
  readonly log?: Log;
  /** Milliseconds that an answer may take before `ask` fails and tells what came instead. */
  readonly deadlineMs?: number;
}

const deadlineMsDefault = 20_000;

export class ServiceFixture<C extends WireMessage, S extends WireMessage> {
  readonly protocol: Protocol<C, S>;
  readonly port: FakePort<S>;
  readonly service: Service<C>;
  readonly deadlineMs: number;
  readonly #clients = new Set<FixtureClient<C, S>>();
  #isTickDue = false;

  constructor(options: ServiceFixtureOptions<C, S>) {
    this.protocol = options.protocol;
    this.deadlineMs = options.deadlineMs ?? deadlineMsDefault;
    this.port = new FakePort<S>({ ...options, onSaid: () => this.#tickSoon() });
    this.service = options.service(this.port);
  }

  /** A connection that has said nothing yet: the service learns of it with its first message. */
  connect(address?: string): FixtureClient<C, S> {
    const client = new FixtureClient<C, S>(this, this.port.openSession(address));
    this.#clients.add(client);
    return client;
  }

  /** Ends the tick, as the engine does behind what has arrived: all that was said is received. */
  tick(): void {
    this.#isTickDue = true;
    this.service.endTick?.();
    this.port.flush();
    this.#isTickDue = false;
    for (const client of this.#clients) {
      client.received();
      if (client.closed !== null) this.end(client, client.closed.code);
    }
  }

  /** The connection of a client is gone; the service is told with this code. */
  end(client: FixtureClient<C, S>, code: string): void {
    if (!this.#clients.delete(client)) return;
    this.port.forget(client.session);
    if (!client.isKnown) return;
    this.service.close(client.session, code);
    this.tick();
  }

  /** Stops as a server does: the service finishes, every session is closed, the service ends. */
  async stop(deadlineMs = this.deadlineMs): Promise<void> {
    await this.service.stopping?.(deadlineMs);
    this.tick();
    for (const client of [...this.#clients]) this.end(client, "shutdown");
    await this.service.stop?.();
  }

  /** What a service says outside of a tick (a timer, a promise) starts one. */
  #tickSoon(): void {
    if (this.#isTickDue) return;
    this.#isTickDue = true;
    queueMicrotask(() => this.tick());
  }
}

interface Waiter {
  readonly isSettled: () => boolean;
}

export class FixtureClient<C extends WireMessage, S extends WireMessage> {
  readonly session: FakeSession;
  readonly #fixture: ServiceFixture<C, S>;
  readonly #line: Line<S>;
  readonly #waiters = new Set<Waiter>();
  #isKnown = false;
  #lastId = 0;
  #read = 0;

  constructor(fixture: ServiceFixture<C, S>, session: FakeSession) {
    this.#fixture = fixture;
    this.session = session;
    this.#line = fixture.port.lineOf(session);
  }

  /** Everything that it has received, in order; a close that the service asked for is in `closed`. */
  get messages(): readonly S[] {
    return this.#line.received;
  }

  /** Why the service has closed it, or null. */
  get closed(): CloseReason | null {
    return this.#line.closed;
  }

  /** Whether the service has been told of it. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Sends a command in a tick of its own, and resolves with its answer: an `error`, too. */
  ask<T extends CommandOf<C>["type"]>(type: T, fields: FieldsOf<C, T>): Promise<S> {
    const id = this.tell(type, fields);
    const { promise, resolve, reject } = Promise.withResolvers<S>();
    const cancel = startTimer(this.#fixture.deadlineMs, () =>
      reject(new Error(`no answer to "${type}" (id ${id}); ${this.#story()}`)),
    );
    const waiter: Waiter = {
      isSettled: () => {
        const answer = this.messages.find((message) => "re" in message && message.re === id);
        if (answer !== undefined) resolve(answer);
        else if (this.closed !== null) reject(new Error(`closed before it; ${this.#story()}`));
        return answer !== undefined || this.closed !== null;
      },
    };
    this.#waiters.add(waiter);
    this.received();
    return promise.finally(cancel);
  }

  /** Sends a command in a tick of its own, and returns its id; the answer comes when it comes. */
  tell<T extends CommandOf<C>["type"]>(type: T, fields: FieldsOf<C, T>): number {
    this.#lastId += 1;
    this.#say({ type, id: this.#lastId, ...fields });
    return this.#lastId;
  }

  /** Sends a notice in a tick of its own. */
  notify<T extends NoticeOf<C>["type"]>(type: T, fields: FieldsOf<C, T>): void {
    this.#say({ type, ...fields });
  }

  /** What it has received since it was last asked, without answers. */
  events(): S[] {
    const news = this.messages.slice(this.#read).filter((message) => !("re" in message));
    this.#read = this.messages.length;
    return news;
  }

  /** Its connection ends, in a tick of its own. */
  leave(code = "peer_closed"): void {
    this.#fixture.end(this, code);
  }

  /** Settles what waits for what has come. */
  received(): void {
    for (const waiter of this.#waiters) {
      if (waiter.isSettled()) this.#waiters.delete(waiter);
    }
  }

  #say(message: WireMessage): void {
    const { protocol, service } = this.#fixture;
    assert(this.session.isOpen, `who has left says no "${message.type}"`);
    const decoded = protocol.client.decode(new TextEncoder().encode(JSON.stringify(message)));
    if (!decoded.ok) {
      const { field, message: sentence } = decoded.fault;
      throw new Error(`a "${message.type}" that the server refuses: ${field}: ${sentence}`);
    }
    const isGreeted = protocol.greeting === null || this.#line.accepted > 0;
    assert(isGreeted || message.type === protocol.greeting, "the greeting comes first");
    if (!this.#isKnown) service.open(this.session);
    this.#isKnown = true;
    service.message(this.session, decoded.message);
    this.#fixture.tick();
  }

  #story(): string {
    const last = this.messages.slice(-3).map((message) => JSON.stringify(message).slice(0, 200));
    return `${this.messages.length} came, the last ${last.join(" ") || "none"}`;
  }
}
