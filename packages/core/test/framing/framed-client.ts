// A client in any framing, over a real socket, and the bytes that came to it.

import { type Framing, frameOf, type PayloadDecoder } from "@maru/protocol";
import { type BytePeer, FramePeer, type PeerMessage } from "@maru/testkit";

export class FramedClient {
  readonly decoder: PayloadDecoder;
  /** All that came, as it came. */
  readonly chunks: readonly Uint8Array[];
  readonly #framing: Framing;
  readonly #peer: FramePeer;
  #lastId = 0;

  private constructor(
    framing: Framing,
    decoder: PayloadDecoder,
    peer: FramePeer,
    chunks: Uint8Array[],
  ) {
    this.#framing = framing;
    this.decoder = decoder;
    this.#peer = peer;
    this.chunks = chunks;
  }

  static async connect(
    port: number,
    framing: Framing,
    decoder: PayloadDecoder = framing.createDecoder(64 * 1024 * 1024),
  ): Promise<FramedClient> {
    const chunks: Uint8Array[] = [];
    const push = decoder.push.bind(decoder);
    decoder.push = (chunk) => {
      chunks.push(chunk.slice());
      push(chunk);
    };
    const peer = await FramePeer.connect({ port, framing, decoder });
    return new FramedClient(framing, decoder, peer, chunks);
  }

  get socket(): BytePeer {
    return this.#peer.socket;
  }

  /** The frame of a command with the next id. */
  frame(type: string, fields: object = {}): Uint8Array {
    this.#lastId += 1;
    return frameOf(this.#framing, JSON.stringify({ type, id: this.#lastId, ...fields }));
  }

  ask(type: string, fields: object = {}): Promise<PeerMessage> {
    this.#lastId += 1;
    return this.#peer.ask({ type, id: this.#lastId, ...fields });
  }

  next(wanted: (message: PeerMessage) => boolean): Promise<PeerMessage> {
    return this.#peer.next(wanted);
  }

  /** Resolves once `count` messages of the type have come since the start. */
  until(type: string, count: number): Promise<readonly PeerMessage[]> {
    return this.#peer.until(type, count);
  }

  /** Everything up to the end of the stream. */
  async rest(): Promise<readonly PeerMessage[]> {
    await this.#peer.closed();
    return this.#peer.received;
  }
}
