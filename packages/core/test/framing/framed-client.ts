// A client in any framing, over a real socket: sends messages, and awaits those that come.

import { type Framing, frameOf, type PayloadDecoder } from "@maru/protocol";
import { BytePeer, type PeerMessage, withDeadline } from "@maru/testkit";

const deadlineMs = 20_000;
const textDecoder = new TextDecoder();

export class FramedClient {
  readonly messages: PeerMessage[] = [];
  readonly decoder: PayloadDecoder;
  /** All that came, as it came. */
  readonly chunks: Uint8Array[] = [];
  readonly #framing: Framing;
  #peer: BytePeer | null = null;
  #lastId = 0;
  #taken = 0;
  #look: () => void = () => {};
  #hasEnded = false;

  private constructor(framing: Framing, decoder: PayloadDecoder) {
    this.#framing = framing;
    this.decoder = decoder;
  }

  static async connect(
    port: number,
    framing: Framing,
    decoder: PayloadDecoder = framing.createDecoder(64 * 1024 * 1024),
  ): Promise<FramedClient> {
    const client = new FramedClient(framing, decoder);
    client.#peer = await BytePeer.connect(
      { port },
      { received: (chunk) => client.#hear(chunk), ended: () => client.#end() },
    );
    return client;
  }

  get socket(): BytePeer {
    return this.#peer as BytePeer;
  }

  /** The frame of a command with the next id. */
  frame(type: string, fields: object = {}): Uint8Array {
    this.#lastId += 1;
    return frameOf(this.#framing, JSON.stringify({ type, id: this.#lastId, ...fields }));
  }

  ask(type: string, fields: object = {}): Promise<PeerMessage> {
    void this.socket.send(this.frame(type, fields));
    const id = this.#lastId;
    return this.next(({ re }) => re === id);
  }

  /** The first message not yet passed of which this holds; those before it are passed over. */
  next(wanted: (message: PeerMessage) => boolean): Promise<PeerMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<PeerMessage>();
    this.#look = () => {
      for (; this.#taken < this.messages.length; this.#taken += 1) {
        const message = this.messages[this.#taken] as PeerMessage;
        if (!wanted(message)) continue;
        this.#taken += 1;
        this.#look = () => {};
        return resolve(message);
      }
      if (this.#hasEnded)
        reject(new Error(`it ended behind ${JSON.stringify(this.messages.at(-1))}`));
    };
    this.#look();
    return withDeadline(promise, deadlineMs, () => "what was wanted did not come");
  }

  /** Everything up to the end of the stream. */
  async rest(): Promise<readonly PeerMessage[]> {
    await withDeadline(this.socket.closed, deadlineMs, () => "the connection did not end");
    return this.messages;
  }

  #hear(chunk: Uint8Array): void {
    this.chunks.push(chunk.slice());
    this.decoder.push(chunk);
    for (let payload = this.decoder.next(); payload !== null; payload = this.decoder.next()) {
      this.messages.push(JSON.parse(textDecoder.decode(payload)) as PeerMessage);
    }
    this.#look();
  }

  #end(): void {
    this.#hasEnded = true;
    this.#look();
  }
}
