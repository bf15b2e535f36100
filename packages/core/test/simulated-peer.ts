// One client of a simulated server: what its socket reports, and what it was sent.

import { encodeFrame } from "@maru/protocol";
import { type PeerMessage, type ReadFrames, readFrames, ScriptedSocket } from "@maru/testkit";
import type { Connection } from "../src/connection/connection.ts";
import type { Shard } from "../src/shard/shard.ts";
import { ClientDecoder, clientFrame, upgradeRequest } from "./framing/web-socket-client.ts";

export class SimulatedPeer {
  readonly socket: ScriptedSocket;
  readonly connection: Connection;
  readonly #shard: Shard;
  #waiting: Uint8Array[] = [];
  #lastId = 0;
  #isGone = false;
  readonly #isPage: boolean;

  /** A page speaks WebSocket, and has asked for it. */
  constructor(shard: Shard, address: string | null, isPage: boolean) {
    this.#shard = shard;
    this.#isPage = isPage;
    this.socket = new ScriptedSocket({ address });
    this.connection = shard.opened(this.socket);
    this.socket.onDrain = () => shard.drained(this.connection);
    this.socket.onClose = () => this.gone();
    if (isPage) this.bytes(upgradeRequest());
  }

  /** Sends a command with the next id, which it returns. */
  ask(type: string, fields: object = {}): number {
    this.#lastId += 1;
    this.say({ type, id: this.#lastId, ...fields });
    return this.#lastId;
  }

  say(message: object): void {
    const text = JSON.stringify(message);
    this.bytes(this.#isPage ? clientFrame(text) : encodeFrame(text));
  }

  /** Bytes that come in one chunk; while the socket is paused they wait, as in the kernel. */
  bytes(chunk: Uint8Array): void {
    this.#waiting.push(chunk.slice());
    this.pump();
  }

  /** Hands over what waited for a socket that is no longer paused. */
  pump(): void {
    while (!this.socket.isPaused && this.#waiting.length > 0) {
      this.#shard.received(this.connection, this.#waiting.shift() as Uint8Array);
    }
  }

  /** Sends FIN. */
  end(): void {
    this.#shard.peerEnded(this.connection);
  }

  /** The socket is gone, from whichever side. */
  gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#shard.closed(this.connection);
  }

  get heard(): ReadFrames {
    return this.#isPage ? this.heardByPage : readFrames(this.socket.output);
  }

  /** And what beside messages a page was told. */
  get heardByPage(): ReadFrames & { readonly decoder: ClientDecoder } {
    const decoder = new ClientDecoder();
    decoder.push(this.socket.output);
    const messages: PeerMessage[] = [];
    for (let text = decoder.next(); text !== null; text = decoder.next()) {
      messages.push(JSON.parse(new TextDecoder().decode(text)));
    }
    return { messages, restBytes: decoder.bufferedBytes, decoder };
  }

  get isPage(): boolean {
    return this.#isPage;
  }

  get messages(): readonly PeerMessage[] {
    return this.heard.messages;
  }

  ofType(type: string): readonly PeerMessage[] {
    return this.messages.filter((message) => message.type === type);
  }
}
