// Random conversations through the real service and hub, held against a naive model and against what
// every visitor must see. The log answers at once; late-log.property.test.ts has one that doesn't.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { saidOf } from "../src/entry/entry-bytes.ts";
import { Act } from "./act.ts";
import { ChatFixture, type Message } from "./chat-fixture.ts";
import { bounds, NaiveChat, type Person, type Stored } from "./naive-chat.ts";
import { RoomObserver, type SeenEntries } from "./room-observer.ts";
import { Roster } from "./roster.ts";

const slots = 4;
const nicks = ["ann", "ANN", "ben", "mia", "rnia", "마루"];
const roomNames = ["a", "A", "b", "방", "c", "d"];
const conversations = [
  "@ann+ben",
  "@Ben+Ann",
  "@ann+마루",
  "@ann+mia",
  "@zoe+ann",
  "@ben+mia",
  "@mia+mia",
];

interface Guest {
  readonly person: Person;
  readonly observer: RoomObserver;
}

/** The chat and the model side by side: every act is done to both and compared. */
class World {
  readonly #fixture = new ChatFixture(bounds);
  readonly #model = new NaiveChat();
  readonly #seen: SeenEntries = new Map();
  readonly #slots: (Guest | null)[] = new Array(slots).fill(null);
  /** Lines and topics of this tick that the model took, in order. */
  #sends: { guest: Guest; id: number }[] = [];
  /** Answers that were given and are still to be read. */
  #checks: (() => void)[] = [];
  /** A member that is in the room "a" from the beginning to the end. */
  readonly #roster = new Roster(this.#fixture, "watcher", "a");
  readonly #watcher = this.#model.hello("watcher", undefined) as Person;
  #texts = 0;

  constructor() {
    this.#model.join(this.#watcher, "a");
  }

  hello(slot: number, nick: string, resumedSlot: number | null): void {
    if (this.#slots[slot] !== null) return;
    const former = resumedSlot === null ? null : (this.#slots[resumedSlot] ?? null);
    const visitor = this.#fixture.visitor();
    const resume = former?.observer.visitor.token;
    const hello = { versions: [1], client: "test", nick, ...(resume && { resume }) };
    const expected = this.#model.hello(nick, former?.person);
    const id = visitor.tell("hello", hello);
    const failed = typeof expected === "string";
    this.#answers(visitor.answerTo.bind(visitor), id, failed ? expected : null, { nick });
    if (failed) return visitor.hangUp();
    if (former !== null) {
      this.#slots[resumedSlot as number] = null;
      former.observer.visitor.hangUp();
    }
    this.#slots[slot] = { person: expected, observer: new RoomObserver(visitor, this.#seen) };
  }

  join(guest: Guest, room: string, back: number | null): void {
    const { said } = this.#model.room(room);
    const after = back === null ? undefined : Math.max(0, said.length - back);
    const problem = this.#model.join(guest.person, room);
    const id = guest.observer.join(room, after);
    const head = said.length;
    const shape = {
      head,
      memberCount: this.#model.here(room).length,
      recovered: after !== undefined && after <= head,
    };
    this.#expect(guest, id, problem, shape);
  }

  leave(guest: Guest, room: string): void {
    const problem = this.#model.leave(guest.person, room);
    this.#expect(guest, guest.observer.visitor.tell("leave", { room }), problem, { type: "left" });
  }

  send(guest: Guest, room: string, cid: string | undefined): void {
    this.#texts += 1;
    const text = `text ${this.#texts}`;
    const problem = this.#model.propose(guest.person, room, text, cid);
    const id = guest.observer.send(room, text, cid);
    if (problem !== null) this.#expect(guest, id, problem, {});
    else this.#sends.push({ guest, id });
  }

  topic(guest: Guest, room: string): void {
    this.#texts += 1;
    const topic = `topic ${this.#texts}`;
    const problem = this.#model.propose(guest.person, room, topic, undefined);
    const id = guest.observer.topic(room, topic);
    if (problem !== null) this.#expect(guest, id, problem, {});
    else this.#sends.push({ guest, id });
  }

  history(guest: Guest, room: string): void {
    const problem = this.#model.problemOfUsing(guest.person, room);
    const said = this.#model.room(room).said.slice(-5);
    const id = guest.observer.visitor.tell("history", { room, limit: 5 });
    if (problem !== null) return this.#expect(guest, id, problem, {});
    this.#checks.push(() => {
      const { entries } = guest.observer.visitor.answerTo(id) as Message<"page">;
      const texts = entries.map(saidOf);
      expect(texts).toEqual(said);
    });
  }

  typing(guest: Guest, room: string, stops: boolean): void {
    const problem = this.#model.problemOfTyping(guest.person, room);
    const stopped = stops && { stopped: true as const };
    const id = guest.observer.visitor.tell("typing", { room, ...stopped });
    this.#expect(guest, id, problem, { type: "noted" });
  }

  rooms(guest: Guest): void {
    const names = this.#model.directory;
    const id = guest.observer.visitor.tell("rooms", {});
    this.#checks.push(() => {
      const { rooms } = guest.observer.visitor.answerTo(id) as Message<"directory">;
      expect(rooms.map(({ room }) => room.toLowerCase())).toEqual(names.sort());
    });
  }

  rename(guest: Guest, nick: string): void {
    const problem = this.#model.rename(guest.person, nick);
    const id = guest.observer.visitor.tell("nick", { nick });
    this.#expect(guest, id, problem, { nick });
  }

  who(guest: Guest, room: string): void {
    const names = this.#model.here(room).map(({ nick }) => nick);
    const problem = this.#model.problemOfSeeing(guest.person, room);
    const id = guest.observer.visitor.tell("who", { room });
    if (problem !== null) return this.#expect(guest, id, problem, {});
    this.#checks.push(() => {
      const { members } = guest.observer.visitor.answerTo(id) as Message<"members">;
      expect(members.toSorted()).toEqual(names.sort());
    });
  }

  close(slot: number): void {
    const guest = this.#slots[slot];
    if (!guest) return;
    this.#model.close(guest.person);
    guest.observer.visitor.hangUp();
    this.#slots[slot] = null;
  }

  /** Every visitor reads what came of this tick. */
  tick(): void {
    this.#fixture.tick();
    const stored = this.#model.commit();
    for (const [index, { guest, id }] of this.#sends.splice(0).entries()) {
      if (!guest.observer.visitor.session.isOpen) continue;
      const told = stored[index] as (typeof stored)[number];
      expect(guest.observer.visitor.answerTo(id)).toMatchObject(
        told.problem === null
          ? { type: "sent", seq: told.seq, duplicate: told.duplicate }
          : { type: "error", code: told.problem },
      );
    }
    for (const guest of this.#slots) guest?.observer.read();
    for (const line of stored) if (line.problem === null) this.#compareHearers(line);
    for (const check of this.#checks.splice(0)) check();
    this.#compare();
  }

  end(): void {
    for (let slot = 0; slot < slots; slot += 1) this.close(slot);
    this.#model.close(this.#watcher);
    this.#roster.visitor.hangUp();
    this.#fixture.tick();
    expect(this.#fixture.service.counts).toEqual({
      connections: 0,
      sessions: 0,
      rooms: 0,
      groups: 0,
    });
    void this.#fixture.service.stop();
  }

  guest(slot: number): Guest | null {
    return this.#slots[slot] ?? null;
  }

  #compare(): void {
    this.#roster.read();
    const members = [...this.#model.room("a").members].map(({ nick: known }) => known).sort();
    expect(this.#roster.nicks).toEqual(members);
    const { sessions, rooms, groups } = this.#fixture.service.counts;
    const busy = this.#model.busyRooms.length;
    const expected = { sessions: this.#model.people.size, rooms: busy, groups: busy };
    expect({ sessions, rooms, groups }).toEqual(expected);
    for (const guest of this.#slots) {
      for (const room of guest ? this.#model.roomsOf(guest.person) : []) {
        const seen = guest?.observer.seqOf(room) ?? null;
        if (room.startsWith("@") && seen === null) continue;
        // Every member has seen everything: nothing was lost on the way.
        expect(`${room} ${seen}`).toBe(`${room} ${this.#model.room(room).said.length}`);
      }
    }
  }

  /** The members at the commit have heard it, and no other session. */
  #compareHearers({ room, seq, duplicate, hearers }: Stored): void {
    if (duplicate) return;
    for (const guest of this.#slots) {
      if (guest === null) continue;
      const place = `${room} ${seq} to ${guest.person.nick}:`;
      const hasHeard = guest.observer.hasHeard(room, seq);
      expect(`${place} ${hasHeard}`).toBe(`${place} ${hearers.has(guest.person)}`);
    }
  }

  #expect({ observer }: Guest, id: number, problem: string | null, shape: object): void {
    const { visitor } = observer;
    this.#answers((asked) => visitor.answerTo(asked), id, problem, shape);
  }

  #answers(answerTo: (id: number) => unknown, id: number, problem: string | null, shape: object) {
    this.#checks.push(() =>
      expect(answerTo(id)).toMatchObject(
        problem === null ? shape : { type: "error", code: problem },
      ),
    );
  }
}

const slot = fc.nat(slots - 1);
const nick = fc.constantFrom(...nicks);
const anyRoom = fc.constantFrom(...roomNames, ...conversations);
const cid = fc.option(fc.constantFrom("c1", "c2", "c3"), { nil: undefined });
const back = fc.option(fc.constantFrom(-1, 0, 1, 3, 1_000));

const byGuest = (label: string, at: number, act: (world: World, guest: Guest) => void) =>
  new Act<World>(`${at}: ${label}`, (world) => {
    const guest = world.guest(at);
    if (guest !== null) act(world, guest);
  });

const acts = [
  fc
    .record({ at: slot, as: nick, from: fc.option(slot) })
    .map(
      ({ at, as, from }) =>
        new Act<World>(`${at}: hello ${as} ${from}`, (w) => w.hello(at, as, from)),
    ),
  fc
    .record({ at: slot, room: anyRoom, ago: back })
    .map(({ at, room, ago }) =>
      byGuest(`join ${room} ${ago} back`, at, (world, guest) => world.join(guest, room, ago)),
    ),
  fc
    .record({ at: slot, room: anyRoom })
    .map(({ at, room }) =>
      byGuest(`leave ${room}`, at, (world, guest) => world.leave(guest, room)),
    ),
  fc
    .record({ at: slot, room: anyRoom, id: cid })
    .map(({ at, room, id }) =>
      byGuest(`send ${room} ${id}`, at, (world, guest) => world.send(guest, room, id)),
    ),
  fc
    .record({ at: slot, as: nick })
    .map(({ at, as }) => byGuest(`nick ${as}`, at, (world, guest) => world.rename(guest, as))),
  fc
    .record({ at: slot, room: anyRoom })
    .map(({ at, room }) => byGuest(`topic ${room}`, at, (w, guest) => w.topic(guest, room))),
  fc
    .record({ at: slot, room: anyRoom })
    .map(({ at, room }) => byGuest(`history ${room}`, at, (w, guest) => w.history(guest, room))),
  fc
    .record({ at: slot, room: anyRoom, stops: fc.boolean() })
    .map(({ at, room, stops }) =>
      byGuest(`typing ${room} ${stops}`, at, (world, guest) => world.typing(guest, room, stops)),
    ),
  slot.map((at) => byGuest("rooms", at, (world, guest) => world.rooms(guest))),
  fc
    .record({ at: slot, room: anyRoom })
    .map(({ at, room }) => byGuest(`who ${room}`, at, (world, guest) => world.who(guest, room))),
  slot.map((at) => new Act<World>(`${at}: close`, (world) => world.close(at))),
  fc.constant(new Act<World>("tick", (world) => world.tick())),
];

test("random conversations: one order for all, no gap, no repeat, nothing twice, nothing left behind", () => {
  fc.assert(
    fc.property(fc.commands(acts, { maxCommands: 120, size: "max" }), (commands) => {
      const world = new World();
      fc.modelRun(() => ({ model: {}, real: world }), commands);
      world.tick();
      world.end();
    }),
    { numRuns: 400 },
  );
});
