// Whatever people call themselves, and in whatever order they come, rename and go: no two who are here
// have equal nicks or such that look alike, and a session that asks for a free one gets it.

import { expect, test } from "bun:test";
import { foldName, type Nick, nickSkeleton } from "@maru/protocol/chat";
import fc from "fast-check";
import { ChatFixture, type Message, type Visitor } from "../../test/chat-fixture.ts";

/** Latin, Greek and Cyrillic that are drawn alike in capitals, in small letters, or in neither. */
const families = [
  ["HPA", "hpa", "ΗΡΑ", "ηρα", "НРА", "нра"],
  ["coco", "COCO", "сосо", "СОСО"],
  ["paul", "pau1", "PAUI", "modern", "modem", "barn", "bam"],
  ["TOM", "ΤΟΜ", "τομ", "ТОМ", "том"],
];
const nick = fc.constantFrom(...families.flat());
const slot = fc.integer({ min: 0, max: 3 });

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("hello" as const), slot, nick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("resume" as const), slot, nick }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("nick" as const), slot, nick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close" as const), slot, nick }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
interface Guest {
  readonly visitor: Visitor;
  nick: string;
}

const clash = (one: string, other: string) =>
  foldName(one) === foldName(other) || nickSkeleton(one as Nick) === nickSkeleton(other as Nick);

class Tries {
  readonly #fixture = new ChatFixture();
  readonly #slots = new Map<number, Guest>();

  run({ kind, slot: at, nick: wanted }: Step): void {
    const guest = this.#slots.get(at);
    if (kind === "hello") {
      if (guest === undefined) this.#hello(at, wanted);
    } else if (guest === undefined) return;
    else if (kind === "close") {
      guest.visitor.leaveForGood();
      this.#slots.delete(at);
    } else if (kind === "resume") this.#hello(at, wanted, guest);
    else this.#rename(guest, wanted);
    const nicks = [...this.#slots.values()].map((one) => one.nick);
    for (const [index, one] of nicks.entries()) {
      for (const other of nicks.slice(index + 1))
        expect([one, other, clash(one, other)]).toEqual([one, other, false]);
    }
  }

  #hello(at: number, wanted: string, former?: Guest): void {
    const visitor = this.#fixture.visitor();
    const resume = former && { resume: former.visitor.token };
    const reply = visitor.hello({ nick: wanted, ...resume });
    expect(reply.type).toBe(this.#isFree(wanted, former) ? "welcome" : "error");
    if (reply.type !== "welcome") return visitor.leaveForGood();
    this.#slots.set(at, { visitor, nick: (reply as Message<"welcome">).nick });
  }

  #rename(guest: Guest, wanted: string): void {
    const reply = guest.visitor.ask("nick", { nick: wanted });
    const isFree = this.#isFree(wanted, guest);
    expect(reply).toMatchObject(isFree ? { type: "renamed" } : { code: "nick_taken" });
    if (isFree) guest.nick = wanted;
  }

  #isFree(wanted: string, asker?: Guest): boolean {
    return [...this.#slots.values()].every((one) => one === asker || !clash(one.nick, wanted));
  }
}

test("nicks that are equal or look alike are never two people's, and a free one is always given", () => {
  const { seed = Date.now() } = fc.readConfigureGlobal();
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const tries = new Tries();
      for (const one of steps) tries.run(one);
    }),
    { seed, numRuns: 300 },
  );
});

test.each(["nick", "resume"])(
  "one's own other spelling opens no way to a look-alike: by %s",
  (way) => {
    const fixture = new ChatFixture();
    fixture.guest("HPA");
    const eve = fixture.guest("ηρα");
    const reply =
      way === "nick"
        ? eve.ask("nick", { nick: "ΗΡΑ" })
        : fixture.visitor().hello({ nick: "ΗΡΑ", resume: eve.token });
    expect(reply).toMatchObject({ type: "error", code: "nick_taken", field: "nick" });
  },
);
