// A program that chats: the real SDK on a simulated network, kept alive by an operator who restarts it,
// joins again what was left, and repeats what was refused for now. Talks at random times.

import { type ChatClient, type ChatClientEvent, connectChat } from "@maru/sdk/chat";
import type { SeededRandom } from "@maru/testkit";
import type { Network } from "../network/network.ts";
import type { World } from "../world.ts";
import { RoomReader } from "./room-reader.ts";
import type { RunHistory } from "./run-history.ts";
import { ScriptedTransport } from "./scripted-transport.ts";
import { WireTap } from "./wire-tap.ts";

interface Said {
  readonly room: string;
  readonly cid: string;
  readonly text: string;
}

/** After a refusal, milliseconds. */
const againMs = 400;
const longTextChance = 0.2;
const longTextChars = 2_000;
/** The SDK's clock at the beginning of a run. */
const startMs = 1_700_000_000_000;

export class SimulatedClient {
  readonly nick: string;
  readonly readers: readonly RoomReader[];
  readonly #world: World;
  readonly #network: Network;
  readonly #history: RunHistory;
  readonly #random: SeededRandom;
  readonly #pending = new Set<string>();
  #client: ChatClient | null = null;
  #transport: ScriptedTransport | null = null;
  #said = 0;
  #isStopped = false;
  /** Lets a reader who has stopped go on. */
  #goOn: (() => void) | null = null;
  #reads: Promise<void> = Promise.resolve();

  constructor(world: World, network: Network, history: RunHistory, nick: string) {
    this.nick = nick;
    this.#world = world;
    this.#network = network;
    this.#history = history;
    this.#random = world.random.fork();
    this.readers = world.plan.rooms.map((room) => new RoomReader(world, history, nick, room));
  }

  /** Online, nothing unacknowledged, everything read. */
  get isSettled(): boolean {
    const isOnline = this.#client?.state.phase === "online";
    const hasNothingToSay = this.#pending.size === 0 && this.#client?.buffered === 0;
    return isOnline && hasNothingToSay && this.readers.every(({ isUpToDate }) => isUpToDate);
  }

  /** Where it stands, for the report on a run that doesn't settle. */
  get standing(): string {
    const rooms = this.readers.map(({ room, isUpToDate }) => `${room} ${isUpToDate}`).join(", ");
    return `${this.nick} ${this.#client?.state.phase}, ${this.#pending.size} pending, ${rooms}`;
  }

  start(): void {
    const { plan, clock, random } = this.#world;
    void connectChat({
      nick: this.nick,
      retryFirst: true,
      reconnect: { minMs: 100, maxMs: 2_000 },
      eventsBuffered: plan.eventsBuffered,
      clock: { nowMs: () => startMs + clock.nowMs(), after: clock.after },
      random: () => this.#random.fraction(),
      dialer: {
        place: "simulated",
        dial: (handlers) => {
          const tap = new WireTap(this.#world, this.#history, this.nick);
          const options = { network: this.#network, clock, random, tap };
          this.#transport = new ScriptedTransport(options, handlers);
          return this.#transport;
        },
      },
    }).then(
      (client) => this.#live(client),
      (error: Error) => this.#again(error),
    );
  }

  /** Says something new in a room. */
  say(): void {
    this.#said += 1;
    const room = this.#random.pick(this.#world.plan.rooms);
    const cid = `c${this.#said}`;
    const key = this.#history.asked(room, this.nick, cid);
    const isLong = this.#random.chance(longTextChance);
    const text = `${key} ${"말".repeat(this.#random.below(isLong ? longTextChars / 3 : 20))}`;
    this.#pending.add(cid);
    this.#send({ room, cid, text });
  }

  /** Leaves a room, and comes back as soon as it has read that it is out. */
  leave(): void {
    const room = this.#random.pick(this.#world.plan.rooms);
    this.#client?.leave(room).catch(() => {});
  }

  stopReading(): void {
    if (this.#goOn !== null) return;
    this.#reads = new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  readOn(): void {
    this.#goOn?.();
    this.#goOn = null;
  }

  /**
   * Its program ends and is started again; it knows what it read and what it wanted to say. With
   * `isSilent` the server is not told.
   */
  restart(isSilent = false): void {
    if (isSilent) this.#transport?.vanish();
    void this.#client?.close({ deadlineMs: 0 });
  }

  stop(): void {
    this.#isStopped = true;
    this.restart();
  }

  #live(client: ChatClient): void {
    this.#client = client;
    if (this.#isStopped) return this.restart();
    for (const reader of this.readers) {
      reader.isIn = false;
      this.#join(client, reader);
    }
    void this.#read(client).then(
      () => this.#again(null),
      (error: Error) => {
        this.#world.bugs.push(`${error.stack}`);
        this.#again(error);
      },
    );
  }

  #again(error: Error | null): void {
    this.#client = null;
    this.#world.trace.note(`${this.nick} is closed ${error?.message ?? ""}`);
    if (!this.#isStopped) this.#world.clock.after(againMs, () => this.start());
  }

  async #read(client: ChatClient): Promise<void> {
    const events = client.events();
    for (;;) {
      await this.#reads;
      const { done, value } = await events.next();
      if (done) return;
      this.#saw(client, value);
    }
  }

  #saw(client: ChatClient, event: ChatClientEvent): void {
    if (!("room" in event)) return;
    const reader = this.readers.find(({ room }) => room === event.room);
    reader?.saw(event);
    if (event.type === "left" && reader !== undefined) this.#join(client, reader);
  }

  #join(client: ChatClient, reader: RoomReader): void {
    const again = () => {
      if (this.#client === client) this.#join(client, reader);
    };
    client.join(reader.room, reader.ask()).catch((error: Error) => {
      this.#world.trace.note(`${this.nick} can't join: ${error.message}`);
      this.#world.clock.after(againMs, again);
    });
  }

  #send(said: Said): void {
    const client = this.#client;
    const again = () => this.#world.clock.after(againMs, () => this.#send(said));
    if (client === null) return void again();
    client.send(said.room, said.text, { cid: said.cid }).then(
      () => this.#pending.delete(said.cid),
      (error: Error) => {
        this.#world.trace.note(`${this.nick} is refused ${said.cid}: ${error.message}`);
        again();
      },
    );
  }
}
