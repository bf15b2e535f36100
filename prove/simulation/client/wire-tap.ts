// Hears one connection of a client, and records what the server promised on it, whatever the client
// makes of it: an acknowledgement counts from when it arrives; the events of a room are a reading of
// their own, which no client has put in order or freed of repetitions.

import type { ChatClientMessage, ChatServerMessage } from "@maru/protocol/chat";
import { messageKey } from "@maru/testkit";
import type { World } from "../world.ts";
import { keyOfText, type Reading, type RunHistory } from "./run-history.ts";
import type { Tap } from "./scripted-transport.ts";

type Heard<T extends ChatServerMessage["type"]> = Extract<ChatServerMessage, { type: T }>;

export class WireTap implements Tap {
  readonly #world: World;
  readonly #history: RunHistory;
  readonly #nick: string;
  readonly #cids = new Map<number, string>();
  readonly #joins = new Map<number, Extract<ChatClientMessage, { type: "join" }>>();
  /** The epoch of each room, as this connection was told. */
  readonly #epochs = new Map<string, string>();
  readonly #readings = new Map<string, { readonly reading: Reading; readonly after: number }>();

  constructor(world: World, history: RunHistory, nick: string) {
    this.#world = world;
    this.#history = history;
    this.#nick = nick;
  }

  sends(message: ChatClientMessage): void {
    this.#world.trace.note(`${this.#nick} → ${message.type} ${message.id}`);
    if (message.type === "join") this.#joins.set(message.id, message);
    if (message.type === "send" && message.cid !== undefined) {
      this.#cids.set(message.id, message.cid);
    }
  }

  hears(message: ChatServerMessage): void {
    const re = "re" in message ? message.re : 0;
    const code = "code" in message ? ` ${message.code}` : "";
    this.#world.trace.note(`${this.#nick} ← ${message.type} ${re}${code}`);
    if (message.type === "joined") this.#joined(message);
    else if (message.type === "left") this.#readings.delete(message.room);
    else if (message.type === "sent") this.#sent(message);
    else if (message.type === "message") {
      const { room, seq, text } = message;
      const known = this.#readings.get(room);
      if (known === undefined) throw new Error("an event of a room that isn't joined");
      if (seq <= known.after) throw new Error(`seq ${seq} of ${room} is told once more`);
      known.reading.steps.push({ kind: "event", seq, key: keyOfText(text) });
    }
  }

  #joined({ re, room, epoch, head, recovered }: Heard<"joined">): void {
    const { statistics } = this.#world;
    const asked = this.#joins.get(re);
    if (asked === undefined) throw new Error("an answer to no join");
    this.#epochs.set(room, epoch);
    const { after } = asked;
    // A new reading for each join: what was heard before the last one ended with it.
    const reading = this.#history.overhears(`${this.#nick}'s connection`, room);
    const behind = recovered ? { after: after ?? head } : null;
    this.#readings.set(room, { reading, after: behind?.after ?? head });
    reading.steps.push({ kind: "joined", epoch, head, ...behind });
    if (recovered && (asked.epoch ?? epoch) !== epoch) throw new Error("another epoch, recovered");
    if (after === undefined) return;
    if (recovered) statistics.resumesRecovered += 1;
    else statistics.resumesNotRecovered += 1;
  }

  #sent({ re, room, seq, duplicate }: Heard<"sent">): void {
    const cid = this.#cids.get(re);
    if (cid === undefined) throw new Error("an answer to nothing asked");
    // A join that the log is read for may be answered behind a send of the same room.
    const epoch = this.#epochs.get(room) ?? this.#world.disk.epochOf(room);
    const key = messageKey(this.#nick, cid);
    this.#history.acknowledged({ room, key, seq, epoch, duplicate });
  }
}
