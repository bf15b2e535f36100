// The server's side of connections in memory, for tests of programs that use the SDK: no socket, no port.
// Owns what was said and not taken yet. What both sides say is checked against the protocol, so that no test
// speaks with a client that no server could meet.

import type {
  ClientMessageOf,
  CommandName,
  CommandReply,
  Definition,
  EncodedPayload,
  Protocol,
  ServerMessageOf,
  TypedProtocol,
} from "@maru/protocol";
import type { ServerSaid } from "../base/message.ts";
import type { Dialer, Transport, TransportHandlers } from "../transport/transport.ts";
import { Mailbox } from "./mailbox.ts";

/** What a client says. */
export type Heard<D> = ClientMessageOf<D>;

export class MemoryServer<D extends Definition> {
  /** What `connect` is given as `dialer`. */
  readonly dialer: Dialer;
  readonly #accepted = new Mailbox<MemoryPeer<D>>();

  constructor(protocol: TypedProtocol<D>) {
    this.dialer = {
      place: "memory",
      dial: (handlers) => {
        const peer = new MemoryPeer<D>(protocol, handlers);
        queueMicrotask(() => peer.open());
        this.#accepted.put(peer);
        return peer.transport;
      },
    };
  }

  /** The next connection; waits for it. */
  accept(): Promise<MemoryPeer<D>> {
    return this.#accepted.take();
  }
}

const textEncoder = new TextEncoder();

/** One connection, as a server has it. */
export class MemoryPeer<D extends Definition> {
  readonly #protocol: Protocol;
  readonly #handlers: TransportHandlers;
  readonly #heard = new Mailbox<Heard<D>>();
  #waiting: Uint8Array[] = [];
  #isPaused = false;
  #isOver = false;
  /** For the client. */
  readonly transport: Transport;

  /** For `MemoryServer` only. */
  constructor(protocol: Protocol, handlers: TransportHandlers) {
    this.#protocol = protocol;
    this.#handlers = handlers;
    const over = () => {
      this.#isOver = true;
    };
    this.transport = {
      writable: true,
      firstBytes: null,
      send: (payload) => this.#hear(payload),
      pause: () => {
        this.#isPaused = true;
      },
      resume: () => {
        this.#isPaused = false;
        this.#deliver();
      },
      end: over,
      destroy: over,
    };
  }

  /** For `MemoryServer` only. */
  open(): void {
    if (!this.#isOver) this.#handlers.opened();
  }

  /** The next thing that the client says; waits for it. */
  heard(): Promise<Heard<D>> {
    return this.#heard.take();
  }

  /** The same; throws when it is of another type. */
  async next<K extends Heard<D>["type"]>(type: K): Promise<Extract<Heard<D>, { type: K }>> {
    const message = await this.heard();
    if (message.type === type) return message as Extract<Heard<D>, { type: K }>;
    throw new Error(`"${type}" was expected, and came ${JSON.stringify(message)}`);
  }

  /** Says anything that the protocol allows a server; throws where it does not. */
  say(message: ServerMessageOf<D>): void {
    this.#protocol.server.parse(message);
    this.#waiting.push(textEncoder.encode(JSON.stringify(message)));
    this.#deliver();
  }

  /** Answers a command with its reply's fields. */
  reply<K extends CommandName<D>>(
    command: { readonly type: K; readonly id: number },
    fields: CommandReply<D, K>,
  ): void {
    const type = this.#protocol.replies.get(command.type);
    const reply: ServerSaid & object = { ...(fields as object), type: type ?? "", re: command.id };
    this.say(reply as ServerMessageOf<D>);
  }

  /** The connection is lost. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#handlers.ended();
  }

  #hear(payload: EncodedPayload): void {
    const bytes = typeof payload === "string" ? textEncoder.encode(payload) : payload;
    const decoded = this.#protocol.client.decode(bytes);
    if (!decoded.ok) throw new Error(`no server takes this: ${decoded.fault.message}`);
    this.#heard.put(decoded.message as Heard<D>);
  }

  #deliver(): void {
    while (!this.#isPaused && !this.#isOver) {
      const payload = this.#waiting.shift();
      if (payload === undefined) return;
      this.#handlers.payload(payload);
    }
  }
}
