// A peer made for tests, a client or a server's side of one: frames of JSON over a real socket, awaited
// one by one.
// Owns the messages received and not yet taken; checks no protocol, so that it can also send what
// no client would. Every wait has a deadline and then tells what came instead.

import {
  FrameDecoder,
  type Framing,
  frameOf,
  lengthPrefixed,
  type PayloadDecoder,
  type WireMessage,
} from "@maru/protocol";
import type { TCPSocketListener } from "bun";
import { BytePeer, type BytePeerOptions, type PeerEnd } from "./byte-peer.ts";
import { Changes } from "./changes.ts";
import { deadlineMsDefault, withDeadline } from "./deadline.ts";

export type PeerMessage = WireMessage & Readonly<Record<string, unknown>>;

/** A command, whose answer carries its id as `re`. */
export interface Numbered extends WireMessage {
  readonly id: number;
}

/** A type, or a question about the message. */
export type Wanted = string | ((message: PeerMessage) => boolean);

export interface FramePeerOptions extends BytePeerOptions {
  /** Milliseconds that a wait may take before it fails. */
  readonly deadlineMs?: number;
  /** Absent: the length prefix. */
  readonly framing?: Framing;
  /** In place of the framing's own: one that a test looks into. */
  readonly decoder?: PayloadDecoder;
}

/** What happens to a server's side of connections. */
export interface FramePeerEvents {
  /** A connection, before anything of it is read. */
  accepted?(peer: FramePeer): void;
  /** A message, when it has come; it waits to be taken all the same. */
  heard?(message: PeerMessage, peer: FramePeer): void;
}

interface Waiter {
  readonly accepts: (message: PeerMessage) => boolean;
  readonly settle: (message: PeerMessage | null) => void;
}

/** No server of ours sends more in one frame. */
const payloadBytesMax = 64 * 1024 * 1024;
const textDecoder = new TextDecoder();

export class FramePeer implements AsyncIterable<PeerMessage> {
  /** Everything that came, in order, taken or not. */
  readonly received: PeerMessage[] = [];
  readonly #framing: Framing;
  readonly #decoder: PayloadDecoder;
  readonly #deadlineMs: number;
  readonly #events: FramePeerEvents;
  #peer: BytePeer | null = null;
  /** Where in `received` the next wait goes on. */
  #taken = 0;
  #waiters: Waiter[] = [];
  /** Chunks, and the end: for waits that take nothing. */
  readonly #changes = new Changes();
  #hasEnded = false;

  private constructor(options: Partial<FramePeerOptions>, events: FramePeerEvents = {}) {
    this.#framing = options.framing ?? lengthPrefixed;
    this.#decoder = options.decoder ?? this.#framing.createDecoder(payloadBytesMax);
    this.#deadlineMs = options.deadlineMs ?? deadlineMsDefault;
    this.#events = events;
  }

  static async connect(options: FramePeerOptions): Promise<FramePeer> {
    const peer = new FramePeer(options);
    peer.#peer = await BytePeer.connect(options, {
      received: (chunk) => peer.#hear(chunk),
      ended: () => peer.#ended(),
    });
    return peer;
  }

  /** The server's side, on loopback; 0 is a free port. */
  static listen(port: number, events: FramePeerEvents): TCPSocketListener<unknown> {
    return BytePeer.listen(port, (socket) => {
      const peer = new FramePeer({}, events);
      peer.#peer = socket;
      events.accepted?.(peer);
      return { received: (chunk) => peer.#hear(chunk), ended: () => peer.#ended() };
    });
  }

  /** The socket under the frames: to end, reset, pause or resume it. */
  get socket(): BytePeer {
    return this.#peer as BytePeer;
  }

  /** Messages that have come and were not taken. */
  get untaken(): number {
    return this.received.length - this.#taken;
  }

  /** Several in one piece. Resolves when the kernel has taken the frames. */
  send<M extends WireMessage>(...messages: readonly M[]): Promise<void> {
    const frames = messages.map((message) => frameOf(this.#framing, JSON.stringify(message)));
    return this.sendBytes(Buffer.concat(frames));
  }

  /** A frame around any text. */
  sendText(payload: string): Promise<void> {
    return this.sendBytes(frameOf(this.#framing, payload));
  }

  /** Bytes as they are: halves of frames, several frames, no frames at all. */
  sendBytes(bytes: Uint8Array): Promise<void> {
    return this.socket.send(bytes);
  }

  /** Sends a command and takes everything up to its answer, an error too. */
  ask<C extends Numbered>(command: C): Promise<PeerMessage> {
    void this.send(command);
    return this.next(({ re }) => re === command.id);
  }

  /** Takes messages up to the next that is wanted, and returns that one. */
  async next(wanted: Wanted = () => true): Promise<PeerMessage> {
    const message = await this.#take(wanted);
    if (message === null) throw new Error(`the connection ended; ${this.#story(wanted)}`);
    return message;
  }

  /** `count` messages that are wanted, in the order in which they came. */
  async take(count: number, wanted: Wanted = () => true): Promise<PeerMessage[]> {
    const messages: PeerMessage[] = [];
    while (messages.length < count) messages.push(await this.next(wanted));
    return messages;
  }

  /** Resolves once `count` messages of the type have come since the start, taken or not. */
  async until(type: string, count: number): Promise<readonly PeerMessage[]> {
    const look = () => {
      const all = this.ofType(type);
      if (all.length >= count) return all;
      if (this.#hasEnded) throw new Error(`the connection ended; ${this.#story(type)}`);
      return null;
    };
    const story = () => `${this.ofType(type).length} of ${count}; ${this.#story(type)}`;
    return await this.#changes.found(look, story, this.#deadlineMs);
  }

  /** All of the type that have come, in order. */
  ofType(type: string): PeerMessage[] {
    return this.received.filter((message) => message.type === type);
  }

  /** Resolves when the connection has ended, and with how. */
  closed(): Promise<PeerEnd> {
    return withDeadline(this.socket.closed, this.#deadlineMs, () => "the connection stayed open");
  }

  /** Everything until the connection ends. */
  async *[Symbol.asyncIterator](): AsyncGenerator<PeerMessage, void> {
    for (;;) {
      const message = await this.#take(() => true);
      if (message === null) return;
      yield message;
    }
  }

  #take(wanted: Wanted): Promise<PeerMessage | null> {
    const accepts = typeof wanted === "string" ? ofType(wanted) : wanted;
    while (this.#taken < this.received.length) {
      const message = this.received[this.#taken] as PeerMessage;
      this.#taken += 1;
      if (accepts(message)) return Promise.resolve(message);
    }
    if (this.#hasEnded) return Promise.resolve(null);
    const { promise, resolve } = Promise.withResolvers<PeerMessage | null>();
    this.#waiters.push({ accepts, settle: resolve });
    return withDeadline(promise, this.#deadlineMs, () => `no answer; ${this.#story(wanted)}`);
  }

  #hear(chunk: Uint8Array): void {
    const decoder = this.#decoder;
    decoder.push(chunk);
    for (let payload = decoder.next(); payload !== null; payload = decoder.next()) {
      const message = JSON.parse(textDecoder.decode(payload)) as PeerMessage;
      this.received.push(message);
      this.#events.heard?.(message, this);
    }
    this.#serve();
    this.#changes.tell();
  }

  /** Waits are served in the order in which they began; each goes on where the one before stopped. */
  #serve(): void {
    while (this.#waiters.length > 0 && this.#taken < this.received.length) {
      const message = this.received[this.#taken] as PeerMessage;
      this.#taken += 1;
      const [waiter] = this.#waiters as [Waiter, ...Waiter[]];
      if (!waiter.accepts(message)) continue;
      this.#waiters.shift();
      waiter.settle(message);
    }
  }

  #ended(): void {
    this.#hasEnded = true;
    for (const { settle } of this.#waiters.splice(0)) settle(null);
    this.#changes.tell();
  }

  #story(wanted: Wanted): string {
    const last = this.received.slice(-3).map((message) => JSON.stringify(message).slice(0, 200));
    const what = typeof wanted === "string" ? `"${wanted}"` : "a message";
    return `${what} was wanted, ${this.received.length} came, the last ${last.join(" ") || "none"}`;
  }
}

const ofType = (type: string) => (message: PeerMessage) => message.type === type;

export interface ReadFrames {
  readonly messages: readonly PeerMessage[];
  /** Bytes behind the last whole frame; 0 when the stream ends at a frame. */
  readonly restBytes: number;
}

/**
 * A recorded stream as messages, and whether it ends at a frame. Throws on a payload that is no JSON:
 * what core writes always is.
 */
export function readFrames(stream: Uint8Array): ReadFrames {
  const decoder = new FrameDecoder(0xffff_ffff);
  decoder.push(stream.slice());
  const messages: PeerMessage[] = [];
  for (let payload = decoder.next(); payload !== null; payload = decoder.next()) {
    messages.push(JSON.parse(textDecoder.decode(payload)) as PeerMessage);
  }
  return { messages, restBytes: decoder.bufferedBytes };
}
