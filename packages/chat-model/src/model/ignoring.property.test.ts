// A person ignored: whenever it began, what is held, counted and told is what it would be had they never
// said or done anything.

import { afterAll, expect, test } from "bun:test";
import type { Entry } from "@maru/protocol/chat";
import type { ChatClientEvent } from "@maru/sdk/chat";
import { roomKey } from "@maru/sdk/chat";
import fc from "fast-check";
import { update } from "../update/update.ts";
import { ignoredMax, isIgnored, withIgnored } from "./ignoring.ts";
import { createModel, type Model, withRoom } from "./model.ts";
import { itemsOf } from "./timeline.ts";

const { seed = Date.now() } = fc.readConfigureGlobal();
afterAll(() => process.stdout.write(`seed of the ignored: ${seed}\n`));

const people = fc.constantFrom("ann", "Troll", "me");
const acts = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant("say" as const), people, fc.boolean()) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("react" as const), people, fc.nat(20)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("topic" as const), people, fc.nat()) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("type" as const), people, fc.nat()) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("go" as const), people, fc.boolean()) },
);
type Act = typeof acts extends fc.Arbitrary<infer T> ? T : never;
const places = fc.constantFrom("lobby", "ops", "@me+troll");

/** Seqs are what they are, no matter which nick is ignored. */
function eventsOf(list: readonly (readonly [Act, string])[]): ChatClientEvent[] {
  const heads = new Map<string, number>();
  return list.map(([act, room]) => {
    const head = heads.get(room) ?? 0;
    const [kind] = act;
    if (kind === "say" || kind === "react" || kind === "topic") heads.set(room, head + 1);
    return eventOf(act, room, head);
  });
}

function eventOf([kind, who, more]: Act, room: string, head: number): ChatClientEvent {
  // No other person is in a conversation.
  const from = room.startsWith("@") && who === "ann" ? "Troll" : who;
  const stamp = { room, seq: head + 1, at: 1000 + head, from };
  switch (kind) {
    case "say":
      return { type: "message", ...stamp, text: more === true ? "@me look" : "so" };
    case "react":
      return { type: "reaction", ...stamp, target: 1 + (Number(more) % (head + 1)), emoji: "👍" };
    case "topic":
      return { type: "topic", ...stamp, topic: "same" };
    case "type":
      return { type: "typing", room, from };
    case "go": {
      const nicks = more === true ? { joined: [from] } : { left: [from] };
      return { type: "presence", room, memberCount: 3, ...nicks };
    }
  }
}

const start = (): Model => {
  const model = createModel("me", { phase: "online", nick: "me", sinceMs: 0 });
  const there = withRoom(withRoom(model, "lobby", { memberCount: 3 }), "ops", { memberCount: 3 });
  return { ...there, current: roomKey("lobby"), isRedrawn: true, isWatching: false };
};

const happening = (model: Model, events: readonly ChatClientEvent[]): Model =>
  events.reduce((now, event) => update(now, { type: "event", event }).model, model);

/** Everything of it that a person can see or is counted for. */
function seen(model: Model) {
  return ["lobby", "ops", "@me+troll"].map((key) => {
    const room = model.rooms.get(roomKey(key));
    const items = room === undefined ? [] : itemsOf(room.timeline);
    const shown = items.map((item) => {
      if (item.kind !== "message") return { ...item, key: 0 };
      const { asOf: _asOf, ...message } = item.message;
      return message;
    });
    const typing = room?.typing.map(({ nick }) => nick) ?? [];
    return { key, shown, typing, counts: [room?.unread ?? 0, room?.mentions ?? 0] };
  });
}

test("nothing is left of them, whenever one began to ignore them", () => {
  const lists = fc.array(fc.tuple(acts, places), { maxLength: 40 });
  fc.assert(
    fc.property(lists, fc.nat(40), (list, at) => {
      const events = eventsOf(list);
      const isTheirs = (event: ChatClientEvent) =>
        event.type === "presence"
          ? [...(event.joined ?? []), ...(event.left ?? [])].includes("Troll")
          : "from" in event && event.from === "Troll";
      const never = happening(
        start(),
        events.filter((event) => !isTheirs(event)),
      );
      // In a conversation with them, nothing of one's own is new either.
      const before = happening(start(), events.slice(0, at));
      const ignoring = update(before, { type: "typed", line: "/ignore troll" }).model;
      const after = happening(ignoring, events.slice(at));
      expect(seen(after)).toEqual(seen(withIgnored(never, "troll")));
    }),
    { seed, numRuns: 300 },
  );
});

test("they are told, listed and found nowhere", () => {
  const model = withIgnored(start(), "Troll");
  const said = (seq: number, from: string): Extract<Entry, { type: "message" }> => ({
    ...{ type: "message", room: "lobby", seq, at: 1, from, text: `of ${from}` },
    reactions: [{ emoji: "👎", count: 2, from: ["troll", "ann"] }],
  });
  const messages = [said(1, "ann"), said(2, "troll")];
  const answers = [
    update(model, { type: "listed", room: "lobby", messages }),
    update(model, { type: "found", query: "of", messages, next: null, isBehind: false }),
    ...eventsOf([
      [["say", "Troll", true], "lobby"],
      [["react", "Troll", 0], "lobby"],
      [["topic", "Troll", 0], "lobby"],
      [["go", "Troll", true], "lobby"],
      [["go", "Troll", false], "lobby"],
    ]).map((event) => update(model, { type: "event", event })),
  ];
  const told = JSON.stringify(answers.map(({ lines }) => lines));
  expect(told).toContain("of ann");
  expect(told.toLowerCase()).not.toContain("troll");
  expect(told).toContain('"count":1');
});

test("another nick is ignored, too, as far as is held; and so many at most", () => {
  const renamed = (from: string, to: string): ChatClientEvent => ({
    ...{ type: "presence", room: "lobby", memberCount: 3 },
    renamed: [{ from, to }],
  });
  const model = happening(withIgnored(start(), "troll"), [renamed("Troll", "Bob")]);
  expect(["troll", "BOB", "ann"].map((nick) => isIgnored(model, nick))).toEqual([
    true,
    true,
    false,
  ]);
  let full = start();
  for (let count = 0; count <= ignoredMax; count += 1) full = withIgnored(full, `n${count}`);
  expect(full.ignored.size).toBe(ignoredMax);
  const refused = update(full, { type: "typed", line: "/ignore another" });
  expect([refused.model.ignored.size, refused.lines[0]?.type]).toEqual([ignoredMax, "error"]);
});

const renamedTo = (from: string, to: string): ChatClientEvent => ({
  ...{ type: "presence", room: "lobby", memberCount: 3 },
  renamed: [{ from, to }],
});
const typed = (model: Model, line: string) => update(model, { type: "typed", line });

test("whom one ignores is followed through every rename, and one /unignore of any nick shows all", () => {
  const nicks = ["junho", "junho2", "Jun", "minho"];
  const steps = fc.array(fc.constantFrom(...nicks), { maxLength: 8 });
  fc.assert(
    fc.property(steps, fc.nat(8), (list, at) => {
      let model = typed(start(), "/ignore junho").model;
      const had = ["junho"];
      for (const to of list) {
        model = happening(model, [renamedTo(had.at(-1) ?? "", to)]);
        had.push(to);
      }
      const known = [...new Set(had)];
      expect(known.filter((nick) => !isIgnored(model, nick))).toEqual([]);
      const [listed] = typed(model, "/ignore").lines;
      const nick = had[at % had.length] ?? "";
      const shown = typed(model, `/unignore ${nick}`);
      const words = JSON.stringify([listed, shown.lines]).toLowerCase();
      for (const each of known) expect(words).toContain(each.toLowerCase());
      expect([shown.model.ignored.size, shown.model.ignoredAs.size]).toEqual([0, 0]);
      expect(typed(shown.model, "/ignore").lines).toMatchObject([{ text: "you ignore nobody" }]);
    }),
    { seed, numRuns: 200 },
  );
});

test("of several who are ignored, one is shown again and the others are not", () => {
  let model = typed(typed(start(), "/ignore junho").model, "/ignore troll").model;
  model = happening(model, [renamedTo("junho", "j2"), renamedTo("troll", "t2")]);
  expect(typed(model, "/ignore").lines).toMatchObject([
    { text: "you ignore junho (also as j2), troll (also as t2)" },
  ]);
  const shown = typed(model, "/unignore J2");
  expect(shown.lines).toMatchObject([{ text: `"J2" (also as junho) is shown again` }]);
  expect([...shown.model.ignored]).toEqual([roomKey("troll"), roomKey("t2")]);
  // He has the nick of another who is ignored: they are one from now on.
  const one = happening(typed(shown.model, "/ignore junho").model, [renamedTo("t2", "junho")]);
  expect([...typed(one, "/unignore troll").model.ignored]).toEqual([]);
});
