// Whatever the model holds and however small the screen: every row fits, nothing moves the terminal.

import { afterAll, expect, test } from "bun:test";
import type { Item, RoomModel } from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { MaruError, roomKey } from "@maru/sdk/chat";
import { editorOf } from "@maru/tui/editor";
import type { Frame } from "@maru/tui/frame";
import { createTestTerminal } from "@maru/tui/testing";
import { cellWidth } from "@maru/tui/text";
import { themeNamed } from "@maru/tui/theme";
import fc from "fast-check";
import {
  frameRows,
  sampleMessage,
  sampleMs,
  sampleScreen,
  sampleTimeline,
} from "../../../test/fixtures/sample-screen.ts";
import { hitOf } from "../../layout/click.ts";
import { layoutOf } from "../../layout/layout.ts";
import { overlayScroll } from "../../layout/overlay/overlay-view.ts";
import type { Overlay, ScreenModel } from "../model/screen-model.ts";
import { screenFrame } from "./screen-frame.ts";

const { seed = Date.now() } = fc.readConfigureGlobal();
afterAll(() => process.stdout.write(`seed of the frames: ${seed}\n`));

const hostile = fc.constantFrom(
  ...[
    "\u001b[2J",
    "\u009b31m",
    "\u001b]0;x\u0007",
    "\u202e",
    "\u2066",
    "\r\n",
    "\t",
    "\0",
    "\ud800",
  ],
  ...[
    "\u200d",
    "\u0301",
    "\ufe0f",
    "\u200b",
    "\u0600",
    "🇰",
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "🇰🇷",
    "ᄒ",
    "ᅡ",
    "क्षि",
    "שלום",
  ],
  ...["한국어", "漢字", "e\u0301", "①", "…", "│", "a", "word ", " ", "https://example.org/a?b=c "],
);
const text = fc.array(hostile, { maxLength: 12 }).map((parts) => parts.join(""));
const longText = fc.array(hostile, { maxLength: 120 }).map((parts) => parts.join(""));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(value, { nil: null });
const count = fc.oneof(fc.nat(3), fc.nat(100_000));
const editor = fc
  .tuple(fc.oneof(text, longText), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([typed, at]) => editorOf(typed, Math.floor(typed.length * at)));

const item = fc.record({ from: text, said: fc.oneof(text, longText) });
const items = fc
  .array(item, { maxLength: 30 })
  .map((list): Item[] => list.map(({ from, said }, at) => sampleMessage(at + 1, from, said)));

const room: fc.Arbitrary<Partial<RoomModel>> = fc.record({
  name: text,
  topic: longText,
  memberCount: maybe(count),
  members: maybe(fc.array(text, { maxLength: 40 })),
  typing: fc.array(fc.record({ nick: text, untilMs: fc.constant(sampleMs + 1) }), { maxLength: 4 }),
  unread: count,
  mentions: count,
  hasNews: fc.boolean(),
  divider: maybe(fc.nat(30)),
  timeline: items.map(sampleTimeline),
});

const reason = text.map((message) => new MaruError({ code: "closed", message, retryable: false }));
const state: fc.Arbitrary<ScreenModel["chat"]["state"]> = fc.oneof(
  fc.constant({ phase: "online", nick: "mina", sinceMs: 0 } as const),
  fc.record({ phase: fc.constant("connecting" as const), attempt: fc.nat(9) }),
  fc.record({
    phase: fc.constant("waiting" as const),
    untilMs: fc.integer({ min: sampleMs - 5000, max: sampleMs + 500_000 }),
    attempt: fc.nat(9),
    reason,
  }),
  fc.record({ phase: fc.constant("closed" as const), reason }),
);

const choice = fc.record({
  label: text,
  detail: text,
  room: fc.constant("ops"),
  seq: fc.constant(null),
  id: fc.constant(null),
  isMarked: fc.boolean(),
});
const completion = fc.record({
  start: fc.constant(0),
  end: fc.constant(1),
  candidates: fc.array(text, { minLength: 1, maxLength: 30 }),
  index: fc.nat(30),
});
const overlay: fc.Arbitrary<Overlay> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), title: text, text: longText, top: count }),
  fc.record({ kind: fc.constant("keys" as const), top: count }),
  fc.record({
    kind: fc.constant("list" as const),
    purpose: fc.constantFrom("switch", "directory", "found", "failed"),
    title: text,
    filter: editor,
    choices: fc.array(choice, { maxLength: 30 }),
    index: fc.nat(40),
    isWaiting: fc.boolean(),
    older: maybe(
      fc.record({ type: fc.constant("search" as const), query: text, room: maybe(text) }),
    ),
  }),
  fc.record({
    kind: fc.constant("parts" as const),
    room: fc.constant(roomKey("ops")),
    parts: fc.array(text, { maxLength: 3 }),
    bytes: count,
    bytesMax: count,
  }),
  fc.record({
    kind: fc.constant("ask" as const),
    purpose: fc.constantFrom("find", "date", "react"),
    editor,
    completion: maybe(completion),
    problem: maybe(text),
  }),
  fc.record({
    kind: fc.constant("paste" as const),
    text: longText,
    lines: count,
    bytes: count,
    characters: count,
    fitting: count,
    isCut: fc.boolean(),
    bytesOver: count,
  }),
);
const pane = fc.constantFrom("auto", "on", "off");
const pending = fc.array(fc.record({ text, problem: maybe(text) }), { maxLength: 5 });

interface Parts {
  readonly size: ScreenModel["size"];
  readonly fields: Partial<ScreenModel>;
  readonly rooms: readonly Partial<RoomModel>[];
  readonly me: string;
  readonly current: number;
  readonly state: ScreenModel["chat"]["state"];
  readonly said: readonly { text: string; problem: string | null }[];
  readonly isAscii: boolean;
}

const parts: fc.Arbitrary<Parts> = fc.record({
  size: fc.record({
    width: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 250 })),
    height: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 80 })),
  }),
  fields: fc.record({
    editor,
    overlay: maybe(overlay),
    rooms: pane,
    members: pane,
    isBare: fc.boolean(),
    doNotDisturb: fc.boolean(),
    joining: fc.constantFrom(new Set<NameKey>(), new Set([roomKey("ops")])),
    joiningOf: fc.nat(20),
    loading: fc.constantFrom(new Set<NameKey>(), new Set([roomKey("room0")])),
    toast: maybe(fc.record({ text, isError: fc.boolean(), untilMs: fc.constant(sampleMs + 1) })),
    completion: maybe(completion),
    compose: fc.oneof(
      fc.constant({ kind: "say" } as const),
      fc.record({ kind: fc.constantFrom("reply" as const, "edit" as const), seq: fc.nat(30) }),
    ),
    history: fc.record({
      entries: fc.array(text, { maxLength: 3 }),
      at: fc.constant(null),
      stash: fc.constant(""),
      search: maybe(fc.record({ query: text, at: maybe(fc.nat(3)) })),
    }),
  }),
  rooms: fc.array(room, { maxLength: 12 }),
  me: text,
  current: fc.nat(14),
  state,
  said: pending,
  isAscii: fc.boolean(),
});

function modelOf({ size, fields, rooms, me, current, state: phase, said, isAscii }: Parts) {
  const base = sampleScreen(size.width, size.height, fields);
  const known = base.chat.rooms.get(roomKey("ops"));
  if (known === undefined) throw new Error("the sample has no room");
  const named = new Map(
    rooms.map((each, at) => {
      const key = roomKey(`room${at}`);
      return [key, { ...known, ...each, key }];
    }),
  );
  const key = roomKey(`room${current}`);
  const who = { me, meKey: roomKey(me) };
  return {
    ...base,
    settings: { ...base.settings, isAscii },
    chat: {
      ...base.chat,
      ...who,
      state: phase,
      rooms: named,
      current: named.has(key) ? key : null,
    },
    pending: said.map((each, id) => {
      const where = { room: "room0", key: roomKey("room0") };
      return { ...each, ...where, id, isAction: false, replyTo: null, sinceMs: sampleMs };
    }),
  };
}

/** What a terminal might obey, or a row that goes on in the next. */
const control = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

function expectSound(frame: Frame, { size }: ScreenModel): void {
  expect({ width: frame.width, height: frame.height }).toEqual(size);
  expect(frame.rows.length).toBeLessThanOrEqual(size.height);
  for (const row of frame.rows) {
    const drawn = row.map((span) => span.text).join("");
    expect(control.exec(drawn)?.[0] ?? null).toBeNull();
    const cells = row.reduce((sum, span) => sum + cellWidth(span.text), 0);
    expect(cells).toBeLessThanOrEqual(size.width);
  }
  const { x, y } = frame.caret ?? { x: 0, y: 0 };
  expect(x >= 0 && x < size.width && y >= 0 && y < size.height).toBe(true);
}

test("every row fits, holds nothing to obey, and the caret is on the screen", () => {
  fc.assert(
    fc.property(parts, (given) => {
      const model = modelOf(given);
      expectSound(screenFrame(model), model);
      overlayScroll(model);
    }),
    { seed, numRuns: 400 },
  );
});

test("the parts of the screen cover it without overlapping", () => {
  fc.assert(
    fc.property(parts, (given) => {
      const model = modelOf(given);
      const { title, rooms, conversation, members, status, input } = layoutOf(model);
      const cells = [title, rooms, conversation, members, status, input].reduce(
        (sum, area) => sum + (area === null ? 0 : area.width * area.height),
        0,
      );
      expect(cells).toBe(model.size.width * model.size.height);
      expect(input.y + input.height).toBe(model.size.height);
      expect(input.height).toBeGreaterThan(0);
    }),
    { seed, numRuns: 400 },
  );
});

test("a click anywhere leads somewhere or nowhere", () => {
  fc.assert(
    fc.property(parts, fc.nat(250), fc.nat(80), (given, x, y) => {
      const hit = hitOf(modelOf(given), x, y);
      expect(hit === null || typeof hit.kind === "string").toBe(true);
    }),
    { seed, numRuns: 200 },
  );
});

/** Marks and joiners that stand behind no letter have no cell, and are not drawn. */
const seen = (drawn: string) =>
  drawn
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .replace(/ +$/gm, "")
    .trimEnd();

test("a terminal draws the frame as it is, and puts its caret there", async () => {
  const theme = themeNamed("default");
  if (theme === null) throw new Error("there is no default theme");
  const sizes = [
    [40, 12],
    [40, 24],
    [80, 24],
    [120, 40],
    [200, 50],
  ] as const;
  const models = sizes.map(([width, height]) => sampleScreen(width, height));
  for (const model of [...models, ...fc.sample(parts, { seed, numRuns: 12 }).map(modelOf)]) {
    const frame = screenFrame(model);
    const looks = theme.styles;
    const screen = await createTestTerminal({ ...model.size, frame: () => frame, theme: looks });
    try {
      expect(seen(await screen.frameText())).toBe(seen(frameRows(frame).join("\n")));
      expect(await screen.caret()).toEqual(frame.caret);
    } finally {
      await screen.end();
    }
  }
});
