// Whatever a client does, and wherever it is killed or its disk fails: the next one finds all that
// was written before, and no text that was in two places on the way is in none.

import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import { type Fault, Killed, MemoryDisk } from "@maru/tui/testing/files";
import fc from "fast-check";
import { directory, draft, openClient, unsent } from "../../test/store/store-client.ts";
import type { Store } from "./store.ts";
import { noRooms, type Stored } from "./stored.ts";

const roomsOfTest = ["den", "마루", "__proto__"];
const room = fc.constantFrom(...roomsOfTest);
const cid = fc.integer({ min: 0, max: 1 }).map((n) => `c${n}`);
const move = fc.oneof(
  fc.record({ type: fc.constant("type" as const), room }),
  // Sent: from the draft into the outbox. Taken back: from the refused ones into the draft.
  fc.record({ type: fc.constant("send" as const), room, cid }),
  fc.record({ type: fc.constant("back" as const), room, cid }),
  fc.record({ type: fc.constant("back" as const), room, cid }),
  fc.record({ type: fc.constant("settle" as const), cid }),
  fc.record({ type: fc.constant("fail" as const), cid }),
  fc.record({ type: fc.constant("fail" as const), cid }),
  fc.record({ type: fc.constant("again" as const), cid }),
  fc.record({ type: fc.constant("rooms" as const), room }),
  fc.record({ type: fc.constant("flush" as const) }),
  fc.record({ type: fc.constant("flush" as const) }),
);
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;
const moves = fc.array(move, { minLength: 1, maxLength: 40 });

/** What the person believes is kept, as plain values. */
interface Belief {
  drafts: Map<string, string>;
  /** By cid: the text, and whether it was refused. */
  sends: Map<string, { text: string; isFailed: boolean }>;
  history: string[];
  current: string | null;
}

const nothing = (): Belief => ({
  drafts: new Map(),
  sends: new Map(),
  history: [],
  current: null,
});

function beliefOf(stored: Stored): Belief {
  const texts = stored.outbox.map((each) => [each.cid, textOf(each), false] as const);
  const failed = stored.failed.map(({ unsent: each }) => [each.cid, textOf(each), true] as const);
  return {
    drafts: new Map([...stored.drafts].map(([name, { text }]) => [name, text])),
    sends: new Map(
      [...texts, ...failed].map(([id, text, isFailed]) => [id, { text, isFailed }] as const),
    ),
    history: [...stored.history],
    current: stored.rooms.current,
  };
}

function textOf(each: Stored["outbox"][number]): string {
  return "text" in each ? each.text : "";
}

/** Texts are never the same twice, so that each can be looked for. */
class Person {
  belief: Belief;
  #count = 0;

  constructor(belief: Belief) {
    this.belief = belief;
  }

  do(store: Store, step: Move): void {
    const { drafts, sends, history } = this.belief;
    if (step.type === "type") {
      this.#count += 1;
      const text = `${drafts.get(step.room) ?? ""}${this.#count} 가🦊`;
      drafts.set(step.room, text);
      store.saveDraft(roomKey(step.room), draft(text));
    } else if (step.type === "send") {
      const text = drafts.get(step.room);
      if (text === undefined || sends.has(step.cid)) return;
      sends.set(step.cid, { text, isFailed: false });
      if (history.at(-1) !== text) history.push(text);
      drafts.delete(step.room);
      store.outbox.put(unsent(step.cid, text));
      store.remember(text);
      store.saveDraft(roomKey(step.room), null);
    } else if (step.type === "back") {
      const send = sends.get(step.cid);
      if (send?.isFailed !== true) return;
      const text = `${drafts.get(step.room) ?? ""}${send.text}`;
      drafts.set(step.room, text);
      sends.delete(step.cid);
      store.saveDraft(roomKey(step.room), draft(text));
      store.outbox.settle(step.cid);
    } else this.#other(store, step);
  }

  #other(store: Store, step: Move): void {
    const { sends } = this.belief;
    if (step.type === "settle") {
      sends.delete(step.cid);
      store.outbox.settle(step.cid);
    } else if (step.type === "fail" || step.type === "again") {
      const send = sends.get(step.cid);
      if (send === undefined) return;
      sends.set(step.cid, { ...send, isFailed: step.type === "fail" });
      if (step.type === "fail") store.outbox.fail(step.cid, "no");
      else store.outbox.put(unsent(step.cid, send.text));
    } else if (step.type === "rooms") {
      this.belief.current = step.room;
      store.saveRooms({ ...noRooms, current: step.room });
    } else if (step.type === "flush") store.flush();
  }
}

/** Everything that can be read in it: a text is there if it is a part of one of these. */
function allTexts({ drafts, sends }: Belief): string {
  return [...drafts.values(), ...[...sends.values()].map(({ text }) => text)].join("\n");
}

/** The pieces that were typed: `1 가🦊`. */
function pieces(belief: Belief): string[] {
  return allTexts(belief).match(/\d+ 가🦊/gu) ?? [];
}

const sorted = ({ drafts, sends, history, current }: Belief) => ({
  drafts: [...drafts].sort(),
  sends: [...sends].sort(([one], [other]) => (one < other ? -1 : 1)),
  history,
  current,
});

/** A run that fails tells its seed. */
const parameters = { numRuns: 400 };

test("what was flushed is found, whatever came before", () => {
  fc.assert(
    fc.property(moves, (steps) => {
      const { store, disk } = openClient();
      const person = new Person(nothing());
      for (const step of steps) person.do(store, step);
      store.flush();
      expect(sorted(beliefOf(openClient(disk).store.stored))).toEqual(sorted(person.belief));
      store.close();
      expect(sorted(beliefOf(openClient(disk).store.stored))).toEqual(sorted(person.belief));
    }),
    parameters,
  );
});

const part = fc.double({ min: 0, max: 1, noNaN: true });
const killStep = fc.integer({ min: 1, max: 160 });

/** Plays the moves until the kill: what was flushed without a problem, and what stood then. */
function playUntilKilled(disk: MemoryDisk, steps: readonly Move[]) {
  const person = new Person(nothing());
  const played = { flushed: nothing(), after: nothing(), stored: new Set<string>() };
  try {
    const { store, problems } = openClient(disk);
    for (const step of steps) {
      if (step.type === "settle") {
        for (const each of settledPieces(person, step)) played.stored.add(each);
      }
      try {
        person.do(store, step);
      } finally {
        played.after = structuredClone(person.belief);
      }
      const isWell = problems.length % 2 === 0;
      if (step.type === "flush" && isWell) played.flushed = structuredClone(person.belief);
    }
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  disk.restart();
  const { store, problems } = openClient(disk);
  expect(problems).toEqual([]);
  const found = beliefOf(store.stored);
  const there = new Set(pieces(found));
  const isLost = (piece: string) => !there.has(piece) && !played.stored.has(piece);
  return { ...played, found, lost: pieces(played.flushed).filter(isLost) };
}

test("a client killed at any step leaves what was flushed, and no text is lost on its way", () => {
  fc.assert(
    fc.property(moves, killStep, part, (steps, killed, taken) => {
      const disk = new MemoryDisk();
      disk.fault = (step) => (step === killed ? { kind: "kill", part: taken } : null);
      const { flushed, after, found, lost } = playUntilKilled(disk, steps);
      // Each place holds what was flushed, or what it had become by then.
      for (const name of roomsOfTest) {
        expect([flushed.drafts.get(name), after.drafts.get(name)]).toContain(
          found.drafts.get(name),
        );
      }
      expect([flushed.current, after.current]).toContain(found.current);
      expect(found.history.slice(0, flushed.history.length)).toEqual(flushed.history);
      expect(lost).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

test("nor is one lost when the disk takes only some of the files before the kill", () => {
  const file = fc.constantFrom("outbox", "drafts");
  const from = fc.integer({ min: 1, max: 80 });
  fc.assert(
    fc.property(moves, killStep, part, file, from, (steps, killed, taken, failing, first) => {
      const disk = new MemoryDisk();
      disk.fault = (step, isWrite, path) => {
        if (step === killed) return { kind: "kill", part: taken };
        const isHit = isWrite && step >= first && path.includes(failing);
        return isHit ? { kind: "ENOSPC", part: taken } : null;
      };
      expect(playUntilKilled(disk, steps).lost).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

test("the way of a text into the outbox and back is safe at every single step", () => {
  const den = { room: "den", cid: "c1" };
  const way = ["type", "send", "fail", "back", "type", "send", "fail", "again", "fail", "back"];
  const script = way.flatMap((type) => [{ type, ...den }, { type: "flush" }] as Move[]);
  for (const failing of ["nothing", "outbox", "drafts"]) {
    for (let first = 1; first < (failing === "nothing" ? 2 : 60); first += 3) {
      for (let killed = 1; killed < 120; killed += 1) {
        const disk = new MemoryDisk();
        const taken = (killed + first) % 3 === 0 ? 1 : 0.5;
        disk.fault = (step, isWrite, path) => {
          if (step === killed) return { kind: "kill", part: taken };
          const isHit = isWrite && step >= first && path.includes(failing);
          return isHit ? { kind: "ENOSPC", part: taken } : null;
        };
        expect(playUntilKilled(disk, script).lost).toEqual([]);
      }
    }
  }
});

test("a client killed while it puts a broken file aside leaves what could be read of it", () => {
  for (let killed = 1; ; killed += 1) {
    const { store, disk } = openClient();
    for (const text of ["one", "two", "three"]) store.remember(text);
    store.flush();
    const path = `${directory}/history.jsonl`;
    const broken = (disk.text(path) ?? "").replace('"line":"two"', "???");
    disk.put(path, broken);
    const before = disk.steps;
    let isKilled = false;
    disk.fault = (step) => {
      isKilled ||= step - before === killed;
      return isKilled ? { kind: "kill", part: 0.5 } : null;
    };
    try {
      openClient(disk);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    disk.restart();
    expect(openClient(disk).store.stored.history).toEqual(["one", "three"]);
    expect(disk.text(`${path}.broken-1`)).toBe(broken);
    if (!isKilled) return expect(killed).toBeGreaterThan(10);
  }
});

function settledPieces(person: Person, step: { cid: string }): string[] {
  const send = person.belief.sends.get(step.cid);
  return send === undefined ? [] : pieces({ ...nothing(), drafts: new Map([["", send.text]]) });
}

test("a disk that fails for a while, at any step, loses nothing once it works again", () => {
  const kind = fc.constantFrom<Fault["kind"]>("ENOSPC", "EROFS", "EACCES");
  const from = fc.integer({ min: 1, max: 80 });
  const steps = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(moves, kind, from, steps, part, (list, code, first, count, taken) => {
      const disk = new MemoryDisk();
      let isFailing = false;
      disk.fault = (step, isWrite) => {
        const isHit = step >= first && step < first + count && isWrite;
        isFailing ||= isHit;
        return isHit ? { kind: code, part: taken } : null;
      };
      const { store, problems } = openClient(disk);
      const person = new Person(nothing());
      for (const step of list) person.do(store, step);
      disk.fault = () => null;
      person.do(store, { type: "type", room: "den" });
      store.flush();
      expect(sorted(beliefOf(openClient(disk).store.stored))).toEqual(sorted(person.belief));
      // Each failure was told once, and so was its end; or it was a leftover that does no harm.
      expect(problems.length % 2).toBe(0);
      if (!isFailing) expect(problems).toEqual([]);
    }),
    parameters,
  );
});

test("any bytes in any of the files are no crash, and are not deleted", () => {
  const name = fc.constantFrom("drafts.jsonl", "outbox.jsonl", "history.jsonl", "rooms.json");
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(name, bytes, fc.nat(400), (file, garbage, at) => {
      const { store, disk } = openClient();
      const person = new Person(nothing());
      person.do(store, { type: "type", room: "den" });
      person.do(store, { type: "send", room: "den", cid: "c1" });
      person.do(store, { type: "type", room: "den" });
      person.do(store, { type: "rooms", room: "den" });
      store.flush();
      const path = `${directory}/${file}`;
      const former = Buffer.from(disk.text(path) ?? "");
      const place = Math.min(at, former.length);
      const broken = Buffer.concat([former.subarray(0, place), garbage, former.subarray(place)]);
      disk.put(path, broken);
      const next = openClient(disk);
      next.store.saveDraft(roomKey("attic"), draft("new"));
      next.store.flush();
      if (next.problems.length > 0) expect(disk.text(`${path}.broken-1`)).toBe(broken.toString());
      expect(openClient(disk).problems).toEqual([]);
    }),
    parameters,
  );
});
