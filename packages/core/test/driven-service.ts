// A service that does nothing by itself: a test moves it, in and between ticks, next to a naive
// model of what each peer must get. Numbers everything that it says.

import { type ClientMessage, defineProtocol, type ServerMessage } from "@maru/protocol";
import * as z from "zod";
import type { Group, Service, ServicePort, Session } from "../src/mod.ts";
import { sessionRecord } from "../src/service/session.ts";
import type { SimulatedPeer } from "./simulated-peer.ts";
import type { SimulatedServer } from "./simulated-server.ts";

const own = { n: z.int(), text: z.string() };

export const drivenProtocol = defineProtocol({
  name: "driven",
  version: 1,
  commands: { poke: { in: {}, reply: "poked", out: own } },
  events: { own, pub: { ...own, group: z.int() } },
});
type Command = ClientMessage<typeof drivenProtocol>;
type Event = ServerMessage<typeof drivenProtocol>;

/** What the model knows of one peer. */
export interface Expected {
  readonly peer: SimulatedPeer;
  readonly shard: number;
  /** Numbers of what it must get: its own, and each group's. */
  readonly own: number[];
  readonly pubs: number[][];
  end: "open" | "closed" | "crashed";
}

export class DrivenService implements Service<Command> {
  readonly #port: ServicePort<Event>;
  readonly #groups: Group[];
  readonly #members: Set<Session>[];
  readonly #open: Session[] = [];
  readonly #expectedOf = new Map<Session, Expected>();
  readonly peers: Expected[] = [];
  #n = 0;

  constructor(port: ServicePort<Event>, groups: number) {
    this.#port = port;
    this.#groups = Array.from({ length: groups }, () => port.createGroup());
    this.#members = this.#groups.map(() => new Set());
  }

  connect(server: SimulatedServer<Command, Event>, shard: number, isPage = false): void {
    const peer = server.connect({ shard, isPage });
    const pubs = this.#groups.map(() => []);
    this.peers.push({ peer, shard, own: [], pubs, end: "open" });
    peer.ask("poke");
  }

  crashed(shard: number): void {
    for (const each of this.peers) {
      if (each.shard === shard) each.end = "crashed";
    }
  }

  open(session: Session): void {
    const { shard: place, connection } = sessionRecord(session);
    const expected = this.peers.find(
      ({ peer, shard, end }) =>
        end === "open" && shard === place && peer.connection.id === connection,
    );
    if (expected === undefined) throw new Error("a session of no peer");
    this.#open.push(session);
    this.#expectedOf.set(session, expected);
  }

  message(session: Session): void {
    this.#own(session, (message) => this.#port.reply(session, message), "");
  }

  close(session: Session): void {
    this.#forget(session);
  }

  /** Makes one move; `who` and `group` are taken modulo what there is. */
  move(kind: string, who: number, group: number, text: string): void {
    const session = this.#open[who % Math.max(1, this.#open.length)];
    const at = group % this.#groups.length;
    const [place, members] = [this.#groups[at] as Group, this.#members[at] as Set<Session>];
    if (kind === "publish") return this.#publish(at, text);
    if (session === undefined) return;
    if (kind === "publish-except") return this.#publish(at, text, session);
    if (kind === "send") {
      this.#own(session, (message) => this.#port.send(session, message), text);
    } else if (kind === "join") {
      members.add(session);
      this.#port.join(place, session);
    } else if (kind === "leave") {
      members.delete(session);
      this.#port.leave(place, session);
    } else if (kind === "close") {
      (this.#expectedOf.get(session) as Expected).end = "closed";
      this.#port.close(session, { code: "told", reason: "to go", reconnect: "never" });
      this.#forget(session);
    }
  }

  #own(session: Session, say: (message: Event) => void, text: string): void {
    this.#n += 1;
    this.#expectedOf.get(session)?.own.push(this.#n);
    say({ type: "own", n: this.#n, text });
  }

  #publish(at: number, text: string, except?: Session): void {
    this.#n += 1;
    for (const session of this.#members[at] as Set<Session>) {
      if (session !== except) this.#expectedOf.get(session)?.pubs[at]?.push(this.#n);
    }
    const message = { type: "pub", n: this.#n, group: at, text } as const;
    this.#port.publish(this.#groups[at] as Group, message, except && { except });
  }

  #forget(session: Session): void {
    for (const members of this.#members) members.delete(session);
    const place = this.#open.indexOf(session);
    if (place >= 0) this.#open.splice(place, 1);
  }
}
