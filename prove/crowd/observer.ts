// A client that reads all rooms and writes down what it is shown, over visits and lost connections. Owns
// its client while it visits, and its place in each room between two visits.

import { type ChatClient, type ChatClientEvent, connectChat, MaruError } from "@maru/sdk/chat";
import type { ObserverRecord, ObserverStep } from "@maru/testkit";
import type { RunRecorder } from "./run-recorder.ts";
import { comeBack } from "./visit.ts";

export interface ObserverOptions {
  readonly port: number;
  readonly name: string;
  readonly rooms: readonly string[];
  readonly recorder: RunRecorder;
}

interface Place {
  readonly steps: ObserverStep[];
  /** The epoch that the room was in, and the last seq seen; null before the first visit. */
  epoch: string | null;
  seq: number;
  /** What the join that is under way has asked for. */
  asked: number | undefined;
}

export class Observer {
  readonly #options: ObserverOptions;
  readonly #places: Map<string, Place>;
  #visits = 0;
  #visit: { readonly client: ChatClient; readonly read: Promise<void> } | null = null;
  #watches: (() => void)[] = [];
  resets = 0;

  constructor(options: ObserverOptions) {
    this.#options = options;
    const place = (): Place => ({ steps: [], epoch: null, seq: 0, asked: undefined });
    this.#places = new Map(options.rooms.map((room) => [room, place()]));
  }

  /** Comes, or comes back to where it was; `from`: where the first visit begins, else with what is new. */
  async enter(from?: number): Promise<void> {
    const client = await this.#connect();
    this.#visit = { client, read: this.#read(client) };
    for (const [room, place] of this.#places) {
      place.asked = place.epoch === null ? from : place.seq;
      const epoch = place.epoch ?? undefined;
      await client.join(room, { after: place.asked, epoch });
    }
  }

  /** What was on its way is not seen; the next visit is owed it. */
  async leave(): Promise<void> {
    const visit = this.#visit;
    this.#visit = null;
    await visit?.client.close({ deadlineMs: 0 });
    await visit?.read;
  }

  /** Resolves when it has seen what has this seq, or what is behind. */
  async hasSeen(room: string, seq: number): Promise<void> {
    const place = this.#placeOf(room);
    while (place.seq < seq) await new Promise<void>((resolve) => this.#watches.push(resolve));
  }

  /** It must have seen everything by now. */
  get records(): ObserverRecord[] {
    const observer = this.#options.name;
    return [...this.#places].map(([room, { steps }]) => ({
      ...{ observer, room, steps },
      completeTo: Number.POSITIVE_INFINITY,
    }));
  }

  /** Under a name of its own each time: the last one may be held by a connection that died unseen. */
  async #connect(): Promise<ChatClient> {
    const { name, port } = this.#options;
    for (;;) {
      this.#visits += 1;
      try {
        return await connectChat({ ...comeBack, port, nick: `${name}-${this.#visits}` });
      } catch (error) {
        if (!(error instanceof MaruError) || error.code !== "nick_taken") throw error;
      }
    }
  }

  async #read(client: ChatClient): Promise<void> {
    for await (const event of client.events()) {
      this.#note(event);
      for (const look of this.#watches.splice(0)) look();
    }
  }

  #note(event: ChatClientEvent): void {
    if (event.type === "joined") {
      const { epoch, head, again } = event;
      const place = this.#placeOf(event.room);
      // All behind `after` is owed, recovered or not: the library pages what the server doesn't replay.
      const after = again || place.asked === undefined ? {} : { after: place.asked };
      place.steps.push({ kind: "joined", epoch, head, ...after });
      const isAnew = place.epoch !== null && place.epoch !== epoch;
      if (isAnew) place.seq = 0;
      else if (place.epoch === null && place.asked === undefined) place.seq = head;
      place.epoch = epoch;
    } else if (event.type === "message") {
      const { seq, text: key } = event;
      const place = this.#placeOf(event.room);
      place.steps.push({ kind: "event", seq, key });
      place.seq = seq;
    } else if (event.type === "reset") {
      this.resets += 1;
      this.#placeOf(event.room).steps.push({ kind: "reset" });
    } else if (event.type === "left" && event.reason !== null) {
      this.#options.recorder.fail(event.reason);
    }
  }

  #placeOf(room: string): Place {
    const place = this.#places.get(room);
    if (place === undefined) throw new RangeError(`room "${room}" was never asked for`);
    return place;
  }
}
