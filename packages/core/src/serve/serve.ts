// Runs handlers as a service of the engine: greets, answers ping, gives each command to its handler and
// each reply to whom it belongs, keeps peers and rooms. Holds no state of the application.

import {
  type ClientMessage,
  type DefinedProtocol,
  type ErrorReply,
  type ServerMessage,
  systemErrors,
  type WireMessage,
} from "@maru/protocol";
import type { CreateService, Service, ServicePort } from "../service/port.ts";
import type { Session } from "../service/session.ts";
import type { Handlers, ServiceContext } from "./handlers.ts";
import { PeerRecord } from "./peer-record.ts";
import { Refusal } from "./refuse.ts";
import { asRoom, Rooms } from "./room-record.ts";

/** A service together with the protocol that it speaks: what `startServer` takes. */
export type ServiceOf<P> = CreateService<
  Extract<ClientMessage<P>, WireMessage>,
  Extract<ServerMessage<P>, WireMessage>
> & { readonly protocol: P };

/**
 * Makes a service out of handlers. `create` is called once for each service that runs: what it keeps in
 * its closure belongs to one server (with `placement: "shard"` to one shard). The type of `peer.data` is
 * given with the context's: `({ rooms }: ServiceContext<typeof board, User>) => ({ … })`.
 *
 * A handler that throws anything but a `Refusal` answers its one command with `internal_error`, and is
 * logged by its command's type: others are served on.
 */
export function serve<P extends DefinedProtocol, Data = undefined>(
  protocol: P,
  create: (context: ServiceContext<P, Data>) => Handlers<P, Data>,
): ServiceOf<P> {
  const createService = (port: unknown) =>
    new Served(protocol, port as ServicePort<WireMessage>, (context) =>
      create(context as unknown as ServiceContext<P, Data>),
    );
  return Object.assign(createService, { protocol }) as unknown as ServiceOf<P>;
}

/** What a client sent, as it is here: a command has an `id`, a notice none. */
interface Received extends WireMessage {
  readonly id: number;
}

/** Handlers without the types of their protocol. */
interface AnyHandlers {
  greet?(input: Received, peer: PeerRecord): unknown;
  readonly commands?: Readonly<Record<string, (peer: PeerRecord, input: Received) => unknown>>;
  readonly notices?: Readonly<Record<string, (peer: PeerRecord, input: Received) => unknown>>;
  opened?(peer: PeerRecord): void;
  closed?(peer: PeerRecord, code: string): void;
  stopping?(deadlineMs: number): unknown;
  stopped?(): unknown;
}

type Kind = "greeting" | "command" | "notice";

interface Greeted {
  readonly data: unknown;
  readonly reply: object;
}

class Served implements Service<WireMessage> {
  readonly #protocol: DefinedProtocol;
  readonly #port: ServicePort<WireMessage>;
  readonly #handlers: AnyHandlers;
  readonly #peers = new Map<number, PeerRecord>();
  readonly #present = new Set<PeerRecord>();

  constructor(
    protocol: DefinedProtocol,
    port: ServicePort<WireMessage>,
    create: (context: object) => object,
  ) {
    this.#protocol = protocol;
    this.#port = port;
    const rooms = new Rooms(port);
    const { log } = port;
    this.#handlers = create({
      rooms: (name: string) => asRoom(rooms.of(name)),
      peers: this.#present,
      log,
    }) as AnyHandlers;
  }

  open(session: Session): void {
    const peer = new PeerRecord(session, this.#port);
    this.#peers.set(session.id, peer);
    if (this.#protocol.greeting === null) this.#welcome(peer);
  }

  message(session: Session, given: WireMessage): void {
    const peer = this.#peers.get(session.id);
    if (peer === undefined) return;
    const message = given as Received;
    const { type } = message;
    if (type === "ping") this.#port.reply(session, pongOf(message));
    else if (this.#protocol.notices.has(type)) this.#handle("notice", peer, message);
    else if (type !== this.#protocol.greeting) this.#handle("command", peer, message);
    else if (!peer.isGreeted) this.#handle("greeting", peer, message);
    else this.#answer(peer, alreadyGreeted(message));
  }

  close(session: Session, code: string): void {
    const peer = this.#peers.get(session.id);
    if (peer === undefined) return;
    this.#peers.delete(session.id);
    this.#present.delete(peer);
    // What it was in is still to be read by the handler, and nothing reaches it there any more.
    peer.isOpen = false;
    if (peer.isGreeted) this.#guard("closed", () => this.#handlers.closed?.(peer, code));
    peer.end();
  }

  async stopping(deadlineMs: number): Promise<void> {
    await this.#handlers.stopping?.(deadlineMs);
  }

  async stop(): Promise<void> {
    await this.#handlers.stopped?.();
  }

  #welcome(peer: PeerRecord): void {
    peer.isGreeted = true;
    this.#present.add(peer);
    this.#guard("opened", () => this.#handlers.opened?.(peer));
  }

  /** Calls the handler of a message; what it gives is used now, if it is there now. */
  #handle(kind: Kind, peer: PeerRecord, message: Received): void {
    let output: unknown;
    try {
      output = this.#call(kind, peer, message);
    } catch (error) {
      this.#fail(kind, peer, message, error);
      return;
    }
    if (!isThenable(output)) {
      this.#finish(kind, peer, message, output);
      return;
    }
    output.then(
      (later) => this.#finish(kind, peer, message, later),
      (error) => this.#fail(kind, peer, message, error),
    );
  }

  #call(kind: Kind, peer: PeerRecord, message: Received): unknown {
    const { greet, commands, notices } = this.#handlers;
    if (kind === "greeting") return greet?.(message, peer);
    return kind === "command"
      ? commands?.[message.type]?.(peer, message)
      : notices?.[message.type]?.(peer, message);
  }

  /** A reply that can't be sent, because it is too large, is a fault of its handler like another. */
  #finish(kind: Kind, peer: PeerRecord, message: Received, output: unknown): void {
    if (kind === "notice") return;
    try {
      if (kind === "command") this.#reply(peer, message, output as object | undefined);
      else this.#greeted(peer, message, output as Greeted);
    } catch (error) {
      this.#fail(kind, peer, message, error);
    }
  }

  #fail(kind: Kind, peer: PeerRecord, message: Received, error: unknown): void {
    if (!(error instanceof Refusal)) this.#report(message.type, error);
    if (kind !== "notice") this.#answer(peer, errorOf(message.id, error));
  }

  #greeted(peer: PeerRecord, message: Received, { data, reply }: Greeted): void {
    if (!peer.isOpen) return;
    peer.data = data;
    this.#reply(peer, message, { heartbeatMs: this.#port.limits.heartbeatMs, ...reply });
    this.#port.accept(peer.session);
    this.#welcome(peer);
  }

  #reply(peer: PeerRecord, { type, id }: Received, output: object | undefined): void {
    const reply = { type: this.#protocol.replies.get(type) as string, re: id };
    this.#answer(peer, Object.assign({ ...reply }, output, reply));
  }

  #answer(peer: PeerRecord, reply: WireMessage): void {
    this.#port.reply(peer.session, reply);
  }

  /** What belongs to no command has no reply to give. */
  #guard(moment: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#report(moment, error);
    }
  }

  #report(type: string, error: unknown): void {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#port.log("error", "service.handler-failed", { type, error: stack ?? message });
  }
}

function pongOf({ id }: Received): WireMessage {
  return { type: "pong", re: id } as WireMessage;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

function systemError(re: number, code: keyof typeof systemErrors): ErrorReply {
  const { about: message, retryable } = systemErrors[code];
  return { type: "error", re, code, message, retryable };
}

const alreadyGreeted = ({ id }: Received) => systemError(id, "already_greeted");

function errorOf(re: number, error: unknown): ErrorReply {
  if (!(error instanceof Refusal)) return systemError(re, "internal_error");
  const { code, message, retryable, retryAfterMs, field } = error;
  return {
    type: "error",
    re,
    code,
    message,
    retryable,
    ...(retryAfterMs !== null && { retryAfterMs }),
    ...(field !== null && { field }),
  };
}
