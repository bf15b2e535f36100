// The service of the small group chat. Numbers what is said in each room; tells the room "gone"
// of every session that ends, and with which code.

import type { CreateService, Group, ServicePort, Session } from "../../src/mod.ts";
import { sessionRecord } from "../../src/service/session.ts";
import type { FloorCommand, FloorMessage } from "./floor-protocol.ts";

interface Room {
  readonly group: Group;
  n: number;
}

/** What a test may look at from the service's own thread. */
export interface FloorWatch {
  /** Sessions opened and not closed. */
  open: number;
  /** The most commands that were held at once. */
  heldMax: number;
  stopped: boolean;
}

type Port = ServicePort<FloorMessage>;
type Say = Extract<FloorCommand, { type: "say" }>;
type Flood = Extract<FloorCommand, { type: "flood" }>;

const names = new WeakMap<Session, string>();

class Floor {
  readonly #port: Port;
  readonly #watch: FloorWatch;
  readonly #rooms = new Map<string, Room>();
  readonly #held: { session: Session; id: number }[] = [];

  constructor(port: Port, watch: FloorWatch) {
    this.#port = port;
    this.#watch = watch;
  }

  open(): void {
    this.#watch.open += 1;
  }

  close(session: Session, code: string): void {
    this.#watch.open -= 1;
    const { group } = this.#room("gone");
    this.#port.publish(group, { type: "gone", name: names.get(session) ?? "", code });
  }

  stop(): void {
    this.#watch.stopped = true;
  }

  message(session: Session, command: FloorCommand): void {
    const port = this.#port;
    const { id: re } = command;
    switch (command.type) {
      case "hello":
        return this.#greet(session, re, command.name);
      case "join": {
        const { group, n } = this.#room(command.room);
        port.reply(session, { type: "joined", re, room: command.room, n });
        return port.join(group, session);
      }
      case "leave": {
        const { group, n } = this.#room(command.room);
        port.leave(group, session);
        return port.reply(session, { type: "left", re, room: command.room, n });
      }
      case "say":
        return this.#say(session, command);
      case "flood":
        return this.#flood(session, command);
      case "hold":
        this.#held.push({ session, id: re });
        this.#watch.heldMax = Math.max(this.#watch.heldMax, this.#held.length);
        return;
      case "release":
        for (const held of this.#held.splice(0)) {
          port.reply(held.session, { type: "done", re: held.id });
        }
        return port.reply(session, { type: "done", re });
      case "fail":
        throw new Error("the floor gave way");
      case "nothing":
        return port.reply(session, { type: "done", re });
    }
  }

  #greet(session: Session, re: number, name: string): void {
    if (name === "nobody") {
      const message = "nobody is not welcome";
      return this.#port.reply(session, {
        type: "error",
        re,
        code: "not_welcome",
        message,
        retryable: false,
      });
    }
    names.set(session, name);
    this.#port.accept(session);
    this.#port.reply(session, {
      type: "welcome",
      re,
      heartbeatMs: 15_000,
      shard: sessionRecord(session).shard,
    });
  }

  #say(session: Session, { id: re, room, text }: Say): void {
    const place = this.#room(room);
    place.n += 1;
    this.#port.reply(session, { type: "said", re, n: place.n });
    const from = names.get(session) ?? "";
    this.#port.publish(place.group, { type: "message", room, n: place.n, from, text });
  }

  #flood(session: Session, { id: re, count, bytes, andClose }: Flood): void {
    const text = "x".repeat(bytes);
    for (let n = 1; n <= count; n += 1) this.#port.send(session, { type: "filler", n, text });
    this.#port.reply(session, { type: "done", re });
    if (!andClose) return;
    this.#port.close(session, { code: "flooded", reason: "That was it.", reconnect: "never" });
  }

  #room(name: string): Room {
    let room = this.#rooms.get(name);
    if (room === undefined) {
      room = { group: this.#port.createGroup(), n: 0 };
      this.#rooms.set(name, room);
    }
    return room;
  }
}

export function watchedFloor(): {
  watch: FloorWatch;
  createFloor: CreateService<FloorCommand, FloorMessage>;
} {
  const watch: FloorWatch = { open: 0, heldMax: 0, stopped: false };
  return { watch, createFloor: (port) => new Floor(port, watch) };
}

/** The service without a watch. */
export const createFloor: CreateService<FloorCommand, FloorMessage> = (port) =>
  watchedFloor().createFloor(port);
