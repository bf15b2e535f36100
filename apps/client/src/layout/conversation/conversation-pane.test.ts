// The pane around the conversation: what waits to be sent, what is fetched, where nothing is.

import { describe, expect, test } from "bun:test";
import { withCurrent, withoutRoom, withRoom } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import {
  conversing,
  drawn,
  minute,
  roomOf,
  says,
  textOf,
  timelineOf,
} from "../../../test/fixtures/sample-conversation.ts";
import {
  inAscii,
  sampleMessage,
  samplePending,
  sampleScreen,
} from "../../../test/fixtures/sample-screen.ts";
import { bindingsOf } from "../../screen/keys/bindings.ts";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import { conversationPane } from "./conversation-pane.ts";

const said = [says(1, "ann", "hi", minute(0)), says(2, "bob", "ho", minute(1))];
const pending = (id: number, problem: string | null, text = `p${id}`) => ({
  ...samplePending(id, problem),
  text,
});

describe("what is not in the log yet", () => {
  const waiting = [
    pending(1, null),
    pending(2, "you are muted"),
    { ...pending(3, null), room: "lobby", key: roomKey("lobby") },
  ];

  test("stands at the end, with the reason and the key where it failed", () => {
    expect(drawn(conversing(said, { pending: waiting }), 80, 10).slice(1)).toEqual([
      "09:00          ann │ hi",
      "09:01          bob │ ho",
      "              mina │ ◌ p1",
      "              mina │ ✗ p2",
      "                   │ not sent: you are muted; Alt-R sends again",
    ]);
    const { rows } = conversationPane(conversing(said, { pending: waiting }), {
      width: 80,
      height: 9,
    });
    expect(rows.at(-3)?.at(-1)?.role).toBe("faint");
    expect(rows.at(-1)?.at(-1)?.role).toBe("error");
  });

  test("is drawn in every arrangement", () => {
    const one = [{ ...pending(1, "no"), isAction: true, text: "waves", replyTo: 2 }];
    expect(drawn(conversing(said, { pending: one }), 40, 10).slice(-3)).toEqual([
      "  ↳ bob: ho",
      "* ✗ mina waves",
      "  not sent: no; Alt-R sends again",
    ]);
    const bare = conversing(said, { pending: [pending(1, null)], isBare: true });
    expect(drawn(bare, 80, 10).at(-1)).toBe("◌ mina: p1");
    expect(drawn(inAscii(bare), 80, 10).at(-1)).toBe("~ mina: p1");
    const unbound = conversing(said, { pending: one, bindings: new Map() });
    expect(drawn(unbound, 40, 10).at(-1)).toBe("  not sent: no");
  });

  test("leaves half of the area to what was said", () => {
    const many = Array.from({ length: 30 }, (_, at) => pending(at + 1, null));
    expect(drawn(conversing(said, { pending: many }), 80, 8)).toEqual([
      "─────────────────────────── Sunday 22 November 2026 ────────────────────────────",
      "09:00          ann │ hi",
      "09:01          bob │ ho",
      "◌ 30 messages are not sent yet",
      "              mina │ ◌ p28",
      "              mina │ ◌ p29",
      "              mina │ ◌ p30",
    ]);
    expect(drawn(conversing(said, { pending: many }), 80, 1)).toEqual([
      "◌ 30 messages are not sent yet",
    ]);
  });

  test("is not seen further up", () => {
    const anchors = new Map([[roomKey("ops"), { key: 1, row: 1 }]]);
    const rows = drawn(conversing(said, { pending: waiting, anchors }), 80, 2);
    expect(rows.at(-1)).toBe("09:00          ann │ hi");
  });
});

describe("what lies below", () => {
  const many = Array.from({ length: 40 }, (_, at) => says(at + 1, "ann", "x", minute(0)));
  const more = (fields: Partial<ScreenModel>, ends = {}, head = 40) =>
    conversationPane(conversing(many, fields, { timeline: timelineOf(many, ends), head }), {
      width: 80,
      height: 5,
    }).more;
  const anchors = new Map([[roomKey("ops"), { key: 30, row: 0 }]]);

  test("is counted while one reads older messages", () => {
    expect(more({})).toBe(0);
    expect(more({ anchors })).toBe(10);
    expect(more({ anchors }, { hasNewer: true }, 100)).toBe(70);
    expect(
      more({ anchors: new Map([[roomKey("ops"), { key: 40, row: 0 }]]) }, { hasNewer: true }),
    ).toBe(1);
  });
});

test("what is answered or edited is marked, as if it were chosen", () => {
  for (const kind of ["reply", "edit"] as const) {
    const said = [sampleMessage(1, "bob", "one"), sampleMessage(2, "ann", "two")];
    const model = conversing(said, { compose: { kind, seq: 1 } });
    const { rows } = conversationPane(model, { width: 80, height: 2 });
    const roles = rows.map((row) => row.some(({ role }) => role === "selected"));
    expect(roles).toEqual([true, false]);
  }
});

describe("where there is nothing", () => {
  test("a new room says so", () => {
    const steps = ["type, and press Enter", "F1: keys and commands · /join ROOM · /quit"];
    expect(drawn(conversing([]), 80, 5)).toEqual(["nothing was said here yet", ...steps]);
    const { bindings } = bindingsOf({ f1: "none", "ctrl-s": "send", enter: "newline" });
    expect(drawn({ ...conversing([]), bindings }, 80, 5)).toEqual([
      "nothing was said here yet",
      "type, and press Ctrl-S",
      "/help: keys and commands · /join ROOM · /quit",
    ]);
    expect(drawn(conversing([], { loading: new Set([roomKey("ops")]) }), 80, 5)).toEqual([
      "loading what was said…",
    ]);
    expect(drawn(conversing([], { pending: [pending(1, null)] }), 80, 5)).toEqual([
      "              mina │ ◌ p1",
    ]);
  });

  test("one is told how to enter a room", () => {
    const { chat } = sampleScreen(80, 24);
    const left = [...chat.rooms.keys()].reduce(withoutRoom, chat);
    expect(drawn({ ...sampleScreen(80, 24), chat: left }, 40, 5)).toEqual([
      "you are in no room: /list tells which",
      "there are",
      "F1: keys and commands · /join ROOM ·",
      "/quit",
    ]);
  });
});

test("older messages that are fetched are announced above the oldest", () => {
  const loading = new Set([roomKey("ops")]);
  expect(drawn(conversing(said, { loading }), 80, 9)[0]).toBe("loading older messages…");
  const full = conversationPane(conversing(said, { loading }), { width: 80, height: 3 });
  expect(textOf(full.rows)[0]).toBe("loading older messages…");
  expect(full.keys).toEqual([null, 1, 2]);
  expect(drawn(conversing(said, { loading }), 80, 2)[0]).toBe("09:00          ann │ hi");
});

test("rows name their items, and a shorter conversation stands at the bottom", () => {
  const model = conversing(said, { pending: [pending(1, null)] });
  const { rows, keys } = conversationPane(model, { width: 80, height: 6 });
  expect([rows.length, keys]).toEqual([6, [null, null, 1, 1, 2, null]]);
});

test("every area has as many rows as it is high", () => {
  const anchors = new Map([[roomKey("ops"), { key: 1, row: 0 }]]);
  for (const fields of [
    {},
    { anchors },
    { pending: [pending(1, "no")] },
    { loading: new Set([roomKey("ops")]) },
  ]) {
    for (const height of [0, 1, 2, 3, 50]) {
      for (const width of [0, 1, 2, 7, 49, 50, 300]) {
        const { rows, keys } = conversationPane(conversing(said, fields), { width, height });
        expect([rows.length, keys.length]).toEqual([height, height]);
      }
    }
  }
});

test("only the current room's choice and divider are drawn", () => {
  const model = conversing(said, { selected: 2 }, { divider: 1 });
  const { rows } = conversationPane(model, { width: 80, height: 4 });
  expect(textOf(rows)[2]).toMatch(/^─+ unread ─+$/);
  expect(new Set(rows.at(-1)?.map(({ role }) => role))).toEqual(new Set(["selected"]));
  const chat = withCurrent(
    withRoom(model.chat, "lobby", { timeline: roomOf(model).timeline }),
    roomKey("lobby"),
  );
  const other = conversationPane({ ...model, chat, selected: null }, { width: 80, height: 4 });
  expect(other.rows.flat().some(({ role }) => role === "selected" || role === "unread")).toBe(
    false,
  );
});
