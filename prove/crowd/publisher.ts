// A client that talks in all rooms, through the real client library, and comes back whenever it can. Owns
// its client; says each message once, and leaves the repeating to the library.

import { type ChatClient, connectChat } from "@maru/sdk/chat";
import type { SeededRandom } from "@maru/testkit";
import type { RunRecorder } from "./run-recorder.ts";
import { comeBack } from "./visit.ts";

export interface PublisherOptions {
  readonly port: number;
  readonly nick: string;
  readonly rooms: readonly string[];
  /** Messages unacknowledged at a time. */
  readonly lanes: number;
  readonly random: SeededRandom;
  readonly recorder: RunRecorder;
}

export class Publisher {
  readonly #options: PublisherOptions;
  readonly #client: ChatClient;
  #said = 0;

  private constructor(options: PublisherOptions, client: ChatClient) {
    this.#options = options;
    this.#client = client;
  }

  static async connect(options: PublisherOptions): Promise<Publisher> {
    const { port, nick, rooms } = options;
    const client = await connectChat({ ...comeBack, port, nick, eventsBuffered: 0 });
    for (const room of rooms) await client.join(room);
    return new Publisher(options, client);
  }

  /** Talks until the run is over; resolves when all of it is acknowledged. */
  async talk(): Promise<void> {
    const lanes = Array.from({ length: this.#options.lanes }, () => this.#talkInTurn());
    await Promise.all(lanes);
  }

  close(): Promise<void> {
    return this.#client.close({ deadlineMs: 0 });
  }

  async #talkInTurn(): Promise<void> {
    const { recorder, random, rooms, nick } = this.#options;
    try {
      while (!recorder.isOver) {
        this.#said += 1;
        const room = random.pick(rooms);
        const cid = `c${this.#said}`;
        const key = recorder.willAsk(room, nick, cid);
        recorder.wasAcknowledged(room, key, await this.#client.send(room, key, { cid }));
      }
    } catch (error) {
      recorder.fail(error);
    }
  }
}
