// The chat's words for a server that does what a test says: each command that arrives is checked, and
// so is what is said; the raw bytes are not.

import {
  type ChatClientMessage,
  type ChatServerMessage,
  type CommandOf,
  type CommandType,
  chatProtocol,
  type Limits,
} from "@maru/protocol/chat";
import { type FramePeer, FrameServer } from "@maru/testkit";

export const fakeLimits: Limits = {
  frameBytes: 65536,
  textBytes: 8192,
  inflight: 8,
  sendRate: 0,
  sendBurst: 0,
  roomsPerSession: 64,
  historyPage: 100,
};

export class FakeConnection {
  readonly #peer: FramePeer;

  constructor(peer: FramePeer) {
    this.#peer = peer;
  }

  get closed(): Promise<unknown> {
    return this.#peer.socket.closed;
  }

  /** Commands that have arrived and were not taken. */
  get waiting(): number {
    return this.#peer.untaken;
  }

  /** The next command, whatever it is. */
  async take(): Promise<ChatClientMessage> {
    return (await this.#peer.next()) as ChatClientMessage;
  }

  /** Every command that was not taken, until the connection ends. */
  async *commands(): AsyncGenerator<ChatClientMessage> {
    for await (const command of this.#peer) yield command as ChatClientMessage;
  }

  /** The next command, which must be of this type. */
  async expect<T extends CommandType>(type: T): Promise<CommandOf<T>> {
    const command = await this.take();
    if (command.type !== type) {
      throw new Error(`expected "${type}", got ${JSON.stringify(command)}`);
    }
    return command as CommandOf<T>;
  }

  say(message: ChatServerMessage): void {
    this.sayAll([message]);
  }

  /** Several messages in one write, so that they arrive together. */
  sayAll(messages: readonly ChatServerMessage[]): void {
    void this.#peer.send(...messages.map((message) => chatProtocol.server.parse(message)));
  }

  raw(bytes: Uint8Array): void {
    void this.#peer.sendBytes(bytes);
  }

  /** Answers hello. */
  async welcome(fields: { nick?: string; heartbeatMs?: number; limits?: Partial<Limits> } = {}) {
    const hello = await this.expect("hello");
    this.say({
      type: "welcome",
      re: hello.id,
      version: 1,
      server: "fake/1",
      nick: fields.nick ?? hello.nick ?? "guest",
      session: "token-1",
      time: 0,
      durability: "memory",
      heartbeatMs: fields.heartbeatMs ?? 30_000,
      limits: { ...fakeLimits, ...fields.limits },
    });
    return hello;
  }

  /** Answers the next join. */
  async joined(fields: { epoch?: string; head?: number; recovered?: boolean } = {}) {
    const join = await this.expect("join");
    const { epoch = "e1", head = 0, recovered = join.after !== undefined } = fields;
    const members = { topic: "", memberCount: 1, members: [] };
    const { id: re, room } = join;
    this.say({ type: "joined", re, room, epoch, head, recovered, ...members });
    return join;
  }

  /** Acknowledges the next send. */
  async sent(seq: number): Promise<CommandOf<"send">> {
    const send = await this.expect("send");
    this.say({ type: "sent", re: send.id, room: send.room, seq, at: 0, duplicate: false });
    return send;
  }

  /** Drops the connection without a word. */
  drop(): void {
    this.#peer.socket.reset();
  }
}

export function entry(room: string, seq: number, text = `text ${seq}`) {
  return { type: "message", room, seq, at: seq, from: "bob", text } as const;
}

export class FakeServer {
  readonly port: number;
  readonly #server: FrameServer;

  constructor(port = 0) {
    const heard = (message: unknown) => void chatProtocol.client.parse(message);
    this.#server = new FrameServer({ port, heard });
    this.port = this.#server.port;
  }

  /** The next connection. */
  async accept(): Promise<FakeConnection> {
    return new FakeConnection(await this.#server.accept());
  }

  stop(): void {
    this.#server.stop();
  }
}
