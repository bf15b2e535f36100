// A server that does what a test says, on a real socket: it accepts, hands out each command that
// arrives, and sends whatever it is told. It has no behaviour of its own.

import { createServer, type Server, type Socket } from "node:net";
import { encodeFrame, FrameDecoder } from "@maru/protocol";
import {
  type ChatClientMessage,
  type ChatServerMessage,
  type CommandOf,
  type CommandType,
  chatProtocol,
  type Limits,
} from "@maru/protocol/chat";

/** Hands over what arrives to who waits, in order. */
class Mailbox<T> {
  #items: T[] = [];
  #waiters: ((item: T) => void)[] = [];

  get length(): number {
    return this.#items.length;
  }

  put(item: T): void {
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#items.push(item);
    else waiter(item);
  }

  take(): Promise<T> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }
}

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
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #commands = new Mailbox<ChatClientMessage>();

  constructor(socket: Socket) {
    this.#socket = socket;
    const decoder = new FrameDecoder(65536);
    socket.on("data", (chunk: Uint8Array) => {
      decoder.push(chunk);
      for (let payload = decoder.next(); payload !== null; payload = decoder.next()) {
        const decoded = chatProtocol.client.decode(payload);
        if (!decoded.ok) throw new Error(`the client sent an invalid command: ${decoded.fault}`);
        this.#commands.put(decoded.message);
      }
    });
    socket.on("error", () => {});
    this.closed = new Promise((resolve) => socket.on("close", () => resolve()));
  }

  /** Commands that have arrived and were not taken. */
  get waiting(): number {
    return this.#commands.length;
  }

  /** The next command, whatever it is. */
  take(): Promise<ChatClientMessage> {
    return this.#commands.take();
  }

  /** The next command, which must be of this type. */
  async expect<T extends CommandType>(type: T): Promise<CommandOf<T>> {
    const command = await this.#commands.take();
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
    const checked = messages.map((message) => chatProtocol.server.parse(message));
    const frames = checked.map((message) => encodeFrame(chatProtocol.server.encode(message)));
    this.raw(Buffer.concat(frames));
  }

  raw(bytes: Uint8Array): void {
    this.#socket.write(bytes);
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
    this.#socket.destroy();
  }
}

export function entry(room: string, seq: number, text = `text ${seq}`) {
  return { type: "message", room, seq, at: seq, from: "bob", text } as const;
}

export class FakeServer {
  readonly port: number;
  readonly #server: Server;
  readonly #accepted: Mailbox<FakeConnection>;
  readonly #open = new Set<Socket>();

  private constructor(server: Server, accepted: Mailbox<FakeConnection>) {
    this.#server = server;
    this.#accepted = accepted;
    this.port = (server.address() as { port: number }).port;
    server.on("connection", (socket) => this.#open.add(socket));
  }

  static async start(port = 0): Promise<FakeServer> {
    const accepted = new Mailbox<FakeConnection>();
    const server = createServer((socket) => accepted.put(new FakeConnection(socket)));
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return new FakeServer(server, accepted);
  }

  /** The next connection. */
  accept(): Promise<FakeConnection> {
    return this.#accepted.take();
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
