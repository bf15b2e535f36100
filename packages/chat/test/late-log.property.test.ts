// Random conversations over a log that answers late, out of step with the ticks, and sometimes not
// as hoped: what a log across a network does. No model foretells the answers here; what each visitor
// sees must still be one story, and every command must have its one answer in the end.

import { expect, test } from "bun:test";
import type { ChatServerMessage } from "@maru/protocol/chat";
import fc from "fast-check";
import { Act } from "./act.ts";
import { ChatFixture, type Visitor } from "./chat-fixture.ts";
import { LateLog } from "./late-log.ts";
import { placeOf, RoomObserver, type SeenEntries } from "./room-observer.ts";

const slots = 4;
const nicks = ["ann", "ANN", "ben", "마루"];
const roomNames = ["a", "A", "b"];
const conversations = ["@ann+ben", "@ann+마루"];
const roomKeys = ["a", "b", "@ann+ben", "@ann+마루"];

interface Said {
  readonly visitor: Visitor;
  readonly id: number;
  readonly cid: string;
}

class World {
  readonly log: () => LateLog;
  readonly #fixture: ChatFixture;
  readonly #seen: SeenEntries = new Map();
  readonly #slots: (RoomObserver | null)[] = new Array(slots).fill(null);
  readonly #said: Said[] = [];
  readonly #asked: { visitor: Visitor; id: number }[] = [];
  #texts = 0;

  constructor() {
    const { log, createLog } = LateLog.create();
    this.log = log;
    const bounds = { roomsMax: 4, replayEntries: 6, roomsPerSession: 3 };
    this.#fixture = new ChatFixture({ log: createLog, ...bounds });
  }

  hello(slot: number, nick: string, resumedSlot: number | null): void {
    if (this.#slots[slot] !== null) return;
    const former = resumedSlot === null ? null : (this.#slots[resumedSlot] ?? null);
    const visitor = this.#fixture.visitor();
    const resume = former?.visitor.token;
    const reply = visitor.hello({ nick, ...(resume && { resume }) });
    if (reply.type !== "welcome") return visitor.hangUp();
    if (former !== null) this.close(resumedSlot as number);
    const observer = new RoomObserver(visitor, this.#seen);
    this.#slots[slot] = observer;
  }

  with(slot: number, act: (observer: RoomObserver) => number): void {
    const observer = this.#slots[slot];
    if (observer) this.#asked.push({ visitor: observer.visitor, id: act(observer) });
  }

  send(slot: number, room: string, cid: string | undefined): void {
    this.#texts += 1;
    const text = `text ${this.#texts}`;
    this.with(slot, (observer) => {
      const id = observer.send(room, text, cid);
      if (cid !== undefined) this.#said.push({ visitor: observer.visitor, id, cid });
      return id;
    });
  }

  topic(slot: number, room: string): void {
    this.#texts += 1;
    const topic = `topic ${this.#texts}`;
    this.with(slot, (observer) => observer.topic(room, topic));
  }

  rename(slot: number, nick: string): void {
    this.with(slot, ({ visitor }) => visitor.tell("nick", { nick }));
  }

  close(slot: number): void {
    this.#slots[slot]?.visitor.hangUp();
    this.#slots[slot] = null;
  }

  tick(): void {
    this.#fixture.tick();
    for (const observer of this.#slots) observer?.read();
  }

  /** The log catches up, and every visitor with it. */
  settle(): void {
    for (;;) {
      this.tick();
      if (this.log().pending === 0) break;
      this.log().answer(0, false);
    }
    this.tick();
  }

  /** One answer a command, one place a cid; every member has seen all that is stored. */
  compare(): void {
    for (const { visitor, id } of this.#asked) {
      if (visitor.session.isOpen) visitor.answerTo(id);
    }
    const places = new Map<string, string>();
    for (const { visitor, id, cid } of this.#said) {
      const sent = visitor.line.received.find((message) => isSent(message, id));
      const place = sent === undefined ? "" : placeOf(sent.room, sent.seq);
      const author = this.#seen.get(place)?.from.toLowerCase();
      if (author === undefined) continue;
      const key = `${author} ${cid}`;
      expect(place).toBe(places.get(key) ?? place);
      places.set(key, place);
    }
    for (const observer of this.#slots) {
      for (const room of roomKeys) {
        const seq = observer?.seqOf(room) ?? null;
        if (seq !== null) expect(`${room} ${seq}`).toBe(`${room} ${this.log().headOf(room)}`);
      }
    }
  }

  end(): void {
    for (let slot = 0; slot < slots; slot += 1) this.close(slot);
    this.settle();
    expect(this.#fixture.service.counts).toEqual({
      connections: 0,
      sessions: 0,
      rooms: 0,
      groups: 0,
    });
    void this.#fixture.service.stop();
  }
}

function isSent(
  message: ChatServerMessage,
  id: number,
): message is Extract<ChatServerMessage, { type: "sent" }> {
  return message.type === "sent" && message.re === id;
}

const slot = fc.nat(slots - 1);
const room = fc.constantFrom(...roomNames, ...conversations);
const after = fc.option(fc.nat(8), { nil: undefined });
const cid = fc.option(fc.constantFrom("c1", "c2"), { nil: undefined });
const refuses = fc.nat(9).map((number) => number === 0);
const act = (label: string, run: (world: World) => void) => new Act<World>(label, run);

const acts = [
  fc
    .tuple(slot, fc.constantFrom(...nicks), fc.option(slot))
    .map(([at, as, from]) => act(`${at}: hello ${as} ${from}`, (w) => w.hello(at, as, from))),
  fc
    .tuple(slot, room, after)
    .map(([at, name, seq]) =>
      act(`${at}: join ${name} ${seq}`, (world) => world.with(at, (who) => who.join(name, seq))),
    ),
  fc
    .tuple(slot, room)
    .map(([at, name]) =>
      act(`${at}: leave ${name}`, (world) =>
        world.with(at, ({ visitor }) => visitor.tell("leave", { room: name })),
      ),
    ),
  fc
    .tuple(slot, room)
    .map(([at, name]) =>
      act(`${at}: history ${name}`, (world) =>
        world.with(at, ({ visitor }) => visitor.tell("history", { room: name, limit: 5 })),
      ),
    ),
  fc
    .tuple(slot, room, cid)
    .map(([at, name, id]) => act(`${at}: send ${name} ${id}`, (world) => world.send(at, name, id))),
  fc
    .tuple(slot, room)
    .map(([at, name]) => act(`${at}: topic ${name}`, (world) => world.topic(at, name))),
  fc
    .tuple(slot, fc.constantFrom(...nicks))
    .map(([at, as]) => act(`${at}: nick ${as}`, (world) => world.rename(at, as))),
  slot.map((at) => act(`${at}: close`, (world) => world.close(at))),
  fc.constant(act("tick", (world) => world.tick())),
  fc
    .tuple(fc.nat(9), refuses)
    .map(([pick, no]) => act(`store ${pick} ${no}`, (world) => world.log().store(pick, no))),
  fc
    .tuple(fc.nat(9), refuses)
    .map(([pick, no]) => act(`answer ${pick} ${no}`, (world) => world.log().answer(pick, no))),
  fc.nat(9).map((pick) => act(`read early ${pick}`, (world) => world.log().readEarly(pick))),
  fc.constant(act("settle", (world) => world.settle())),
];

test("random conversations over a late log: one story for all, one answer each, nothing left behind", () => {
  fc.assert(
    fc.property(fc.commands(acts, { maxCommands: 150, size: "max" }), (commands) => {
      const world = new World();
      fc.modelRun(() => ({ model: {}, real: world }), commands);
      world.settle();
      world.compare();
      world.end();
    }),
    { numRuns: 500 },
  );
});
