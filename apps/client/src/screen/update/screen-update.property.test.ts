// Whatever a person and a server do, in whatever order: nothing fails, nothing typed is lost, nothing
// is said twice, and no conversation has a hole.

import { afterAll, expect, test } from "bun:test";
import type { RoomModel } from "@maru/chat-model/model";
import { itemsOf, lastSeq } from "@maru/chat-model/model";
import { foldName } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { graphemeBoundary } from "@maru/tui/text";
import fc from "fast-check";
import { Script } from "../../../test/fixtures/scripted-screen.ts";
import { ScriptedServer, unreadOf } from "../../../test/fixtures/scripted-server.ts";
import { bindingsOf } from "../keys/bindings.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import type { ScreenInput } from "../model/screen-step.ts";
import { screenFrame } from "../view/screen-frame.ts";

const { seed = Date.now() } = fc.readConfigureGlobal();
afterAll(() => process.stdout.write(`seed of the screen: ${seed}\n`));

type Act = (screen: Script, server: ScriptedServer) => ScreenInput | null;

const given =
  <T>(input: (value: T) => ScreenInput) =>
  (value: T): Act =>
  () =>
    input(value);
const happens =
  <T>(run: (server: ScriptedServer, value: T) => ScreenInput | null | undefined) =>
  (value: T): Act =>
  (_screen, server) =>
    run(server, value) ?? null;

const { bindings } = bindingsOf();
const key = given((chord: string) => ({ type: "key", chord, text: "" }));
const keys = fc.constantFrom(...bindings.keys());
/** What leads to other parts of the log. */
const ways = fc.constantFrom(
  ...["pageup", "pageup", "pageup", "pagedown", "pagedown", "ctrl-home", "ctrl-home", "ctrl-end"],
  ...["alt-u", "alt-1", "alt-2", "alt-3", "alt-a", "alt-p", "escape", "enter", "shift-up"],
);
const character = fc.constantFrom("a", "ㅎ", "한", "👍🏽", "/", " ", "@", ":", "e\u0301", "\u200d");
const commands = fc.constantFrom(
  ...["/join ops", "/join den", "/part", "/clear", "/goto 3000d", "/goto 8990m", "/search tea"],
  ...[
    "/me waves",
    "//x",
    "/nope",
    "/msg bob hi",
    "/notify none",
    "/bare",
    "/list",
    "/dnd",
    "/help",
  ],
  ...["/retry", "/drop", "/reply 3 yes", "hello", "two\nlines", "/mouse", "/quit now"],
);
const many = fc.constantFrom("x".repeat(9000), "line\n".repeat(30));
const size = fc.record({
  width: fc.integer({ min: 1, max: 200 }),
  height: fc.integer({ min: 1, max: 60 }),
});
const cell = { x: fc.nat(200), y: fc.nat(60) };
const number = fc.nat(1000);

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: keys.map(key) },
  { weight: 12, arbitrary: ways.map(key) },
  { weight: 5, arbitrary: commands.map(entered) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(1), number).map(flooded) },
  {
    weight: 4,
    arbitrary: character.map(given((text) => ({ type: "key", chord: text, text }))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.oneof(commands, commands, many), fc.boolean())
      .map(given(([text, isCut]) => ({ type: "paste", text, isCut }))),
  },
  { weight: 1, arbitrary: size.map(given((each) => ({ type: "resized", size: each }))) },
  {
    weight: 1,
    arbitrary: fc.boolean().map(given((isFocused) => ({ type: "focused", isFocused }))),
  },
  { weight: 1, arbitrary: fc.record(cell).map(given((at) => ({ type: "clicked", ...at }))) },
  {
    weight: 1,
    arbitrary: fc
      .record({ ...cell, rows: fc.integer({ min: -2, max: 2 }) })
      .map(given((at) => ({ type: "wheel", ...at }))),
  },
  { weight: 1, arbitrary: fc.constantFrom("ticked", "due").map(given((type) => ({ type }))) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("one", "two\nlines", null)
      .map(
        given((text) => ({ type: "edited-outside", key: roomKey("lobby"), text, problem: null })),
      ),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(number, number).map(
      happens((server, [room, kind]) => {
        for (let times = 0; times < 1 + (kind % 40); times += 1) server.happen(room, kind + times);
        return null;
      }),
    ),
  },
  { weight: 6, arbitrary: fc.nat(30).map(delivered) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(number, fc.constantFrom("now", "now", "late", "failing"))
      .map(happens((server, [at, way]) => server.answerPage(at, way))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(number, fc.boolean())
      .map(happens((server, [at, isRefused]) => server.answerSend(at, isRefused))),
  },
  { weight: 2, arbitrary: number.map(happens((server, at) => server.answerSearch(at))) },
  {
    weight: 3,
    arbitrary: fc.nat(9).map(happens((server, luck) => server.answerInbox(luck === 0))),
  },
  { weight: 1, arbitrary: number.map(happens((server, at) => void server.throwOut(at))) },
  { weight: 1, arbitrary: fc.constant(undefined).map(happens((server) => void server.rename())) },
  {
    weight: 1,
    arbitrary: fc.nat(5).map(
      happens((server, luck) => {
        if (server.isOnline) server.disconnect();
        else server.reconnect(luck === 0);
        return null;
      }),
    ),
  },
);

/** Whatever lies on top is closed, what was typed is put away, and this is typed and sent. */
function entered(line: string): Act {
  return (screen, server) => {
    const closing = ["escape", "escape", "alt-1", "ctrl-c"];
    for (const chord of closing.slice(0, line.length % 5)) {
      play(screen, server, { type: "key", chord, text: "" });
    }
    play(screen, server, { type: "paste", text: line, isCut: false });
    return { type: "key", chord: "enter", text: "" };
  };
}

/** So much is said in one room that what is held of it changes altogether. */
function flooded([room, kind]: [number, number]): Act {
  return (screen, server) => {
    for (let times = 0; times < 150; times += 1) server.happen(room, kind + times);
    return delivered(server.events.length)(screen, server);
  };
}

/** Some of what is under way arrives. */
function delivered(count: number): Act {
  return (screen, server) => {
    for (const event of server.events.splice(0, count))
      play(screen, server, { type: "event", event });
    return null;
  };
}

function play(screen: Script, server: ScriptedServer, input: ScreenInput): void {
  const before = screen.model;
  screen.nowMs += 500;
  for (const effect of screen.do(input)) server.take(effect);
  expectNothingLost(before, screen.model, input);
  // A person who has left does nothing any more: here they stay.
  screen.model = { ...screen.model, chat: { ...screen.model.chat, isOver: false } };
}

/** A line that is gone from where it stood was put somewhere, and so was one that was put aside. */
function expectNothingLost(before: ScreenModel, after: ScreenModel, input: ScreenInput): void {
  const { text } = before.editor;
  const { current } = before.chat;
  if (current === null) return;
  const isSent = input.type === "key" && before.bindings.get(input.chord) === "send";
  const isElsewhere = after.chat.current !== current;
  if (!isElsewhere && !(isSent && after.editor.text === "")) return;
  const typed = [text, before.history.stash];
  const kept = [...after.history.entries, after.drafts.get(current)?.text, after.editor.text];
  expect(typed.filter((each) => each.trim() !== "" && !kept.includes(each))).toEqual([]);
}

function expectSound({ model }: Script, server: ScriptedServer): void {
  expect(server.faults).toEqual([]);
  const { text, caret } = model.editor;
  expect([caret, caret <= text.length]).toEqual([graphemeBoundary(text, caret), true]);
  const asked = new Set(server.pages.map(({ room }) => foldName(room)));
  expect(new Set<string>(model.loading)).toEqual(new Set<string>(asked));
  const pending = model.pending.map(({ id, problem }) => `${id} ${problem === null}`).sort();
  const known = [
    ...[...server.sent.keys()].map((id) => `${id} true`),
    ...[...server.refused.keys()].map((id) => `${id} false`),
  ];
  expect(pending).toEqual(known.sort());
  for (const [name, room] of model.chat.rooms) {
    expectWhole(name, room, server, model);
    expectCounted(name, room, server, model);
  }
  screenFrame(model);
}

/** What is held is a stretch of the log, and reaches its end where nothing is said to be newer. */
function expectWhole(
  name: string,
  { timeline, epoch, shown }: RoomModel,
  server: ScriptedServer,
  model: ScreenModel,
): void {
  const known = server.rooms.get(name);
  // Until it is told that the log is another one, the screen shows what it had.
  if (known === undefined || epoch !== `${known.epoch}`) return;
  const held = itemsOf(timeline).flatMap(({ key: seq }) => (seq > 0 ? [seq] : []));
  const [first = 0, last = 0] = [held[0], held.at(-1)];
  const seqs = known.log.filter(({ type }) => type === "message").map(({ seq }) => seq);
  expect(held).toEqual(seqs.filter((seq) => seq >= first && seq <= last));
  const isBounded = timeline.count <= model.chat.scrollback * 2 + 64;
  expect(isBounded).toBe(true);
  if (timeline.hasNewer || held.length === 0) return;
  expect(lastSeq(timeline)).toBeGreaterThanOrEqual(seqs.findLast((seq) => seq <= shown) ?? 0);
}

/** Once everything has come, as much is unread as others have said since it was read. */
function expectCounted(
  name: string,
  { epoch, read, unread, isMarked, timeline }: RoomModel,
  server: ScriptedServer,
  { chat }: ScreenModel,
): void {
  const known = server.rooms.get(name);
  const isQuiet = server.isOnline && server.events.length === 0 && server.inboxes === 0;
  if (!isQuiet || chat.inbox !== "told" || name === chat.current || isMarked !== true) return;
  if (known?.isJoined !== true || epoch !== `${known.epoch}`) return;
  const said = unreadOf(known.log, read);
  // Marked as unread from a message far above the end, it counts what is held until the server tells.
  if (timeline.hasNewer) expect(unread).toBeLessThanOrEqual(said);
  else expect([name, unread]).toEqual([name, said]);
}

test("nothing fails, nothing typed is lost or said twice, and no conversation has a hole", () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 20, maxLength: 120 }), (list) => {
      const screen = new Script({}, { scrollback: 100 });
      const server = new ScriptedServer();
      for (const [name, entries] of [
        ["lobby", 150],
        ["ops", 400],
        ["@bob+mina", 30],
      ] as const) {
        server.open(name, entries);
      }
      for (const [room, seq] of [
        ["lobby", 70],
        ["@bob+mina", 12],
      ] as const) {
        server.markers.set(room, seq);
      }
      play(screen, server, { type: "started" });
      delivered(3)(screen, server);
      for (const act of list) {
        const input = act(screen, server);
        if (input !== null) play(screen, server, input);
        expectSound(screen, server);
      }
    }),
    { seed, numRuns: 100 },
  );
}, 120_000);
