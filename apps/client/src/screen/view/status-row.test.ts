// What the status row says, and what it leaves out first.

import { describe, expect, test } from "bun:test";
import { withRoom } from "@maru/chat-model/model";
import { MaruError, roomKey } from "@maru/sdk/chat";
import {
  frameRows,
  sampleMs,
  samplePending,
  sampleScreen,
} from "../../../test/fixtures/sample-screen.ts";
import { bindingsOf } from "../keys/bindings.ts";
import type { ScreenModel } from "../model/screen-model.ts";
import { statusRow } from "./status-row.ts";

const quietRoom = (model: ScreenModel): ScreenModel => ({
  ...model,
  chat: withRoom(model.chat, "ops", { typing: [] }),
});

function statusOf(
  fields: Partial<ScreenModel>,
  { width = 80, more = 0, isFolded = false } = {},
): string {
  const model = sampleScreen(width, 24, fields);
  return frameRows({ rows: [statusRow(model, width, { more, isFolded })] })[0] ?? "";
}

const inState = (state: ScreenModel["chat"]["state"]): Partial<ScreenModel> => {
  const model = quietRoom(sampleScreen(80, 24));
  return { chat: { ...model.chat, state } };
};
const lost = new MaruError({ code: "closed", message: "the server left\u001b", retryable: true });

describe("the connection is", () => {
  test("on its way", () => {
    expect(statusOf(inState({ phase: "connecting", attempt: 1 }))).toStartWith(
      "○ connecting  mina ",
    );
    expect(statusOf(inState({ phase: "connecting", attempt: 3 }))).toStartWith(
      "↻ reconnecting (attempt 3)  mina ",
    );
  });

  test("tried again in a number of seconds", () => {
    const waiting = { phase: "waiting", attempt: 1, reason: lost } as const;
    const at = (ms: number) => statusOf(inState({ ...waiting, untilMs: sampleMs + ms }));
    expect(at(3001)).toStartWith(
      "↻ reconnecting in 4 s: the server left␛ (/reconnect: now)  mina ",
    );
    expect(at(-50)).toStartWith("↻ reconnecting now: the server left␛  mina ");
  });

  test("tried again at once by a command, which is named where there is room for it", () => {
    const waiting = { phase: "waiting", attempt: 9, untilMs: sampleMs + 29_000 } as const;
    const reason = new MaruError({ code: "connect_failed", message: "no", retryable: true });
    const at = (width: number) => statusOf(inState({ ...waiting, reason }), { width });
    expect(at(80)).toStartWith(
      "↻ reconnecting in 29 s: the server is not reachable (/reconnect: now)  mina",
    );
    expect(at(64)).toStartWith("↻ reconnecting in 29 s: not reachable (/reconnect: now)");
    expect(at(48)).toStartWith("↻ reconnecting in 29 s: not reachable  mina");
    expect(at(30)).toStartWith("↻ reconnecting in 29 s");
  });

  test("tried just now, where no command is of use", () => {
    const waiting = { phase: "waiting", attempt: 9, untilMs: sampleMs, reason: lost } as const;
    expect(statusOf(inState(waiting))).not.toContain("/reconnect");
  });

  test("closed, with the reason made harmless", () => {
    const closed = inState({ phase: "closed", reason: lost });
    expect(statusOf(closed)).toStartWith("✗ closed: the server left␛  mina ");
    expect(statusOf(closed, { width: 10 })).toStartWith("✗ closed");
  });
});

describe("under way is", () => {
  test("what is sent, and what has failed, with the key that sends it again", () => {
    const pending = [samplePending(1, null), samplePending(2, "no"), samplePending(3, "no")];
    expect(statusOf({ pending })).toStartWith(
      "● online  mina  ✗ 2 failed (Alt-R sends again)  ◌ 1 sending ",
    );
    const { bindings } = bindingsOf({ "alt-r": "none", f5: "retry-failed" });
    expect(statusOf({ pending, bindings })).toContain("✗ 2 failed (F5 sends again)");
  });

  test("the rooms that are joined again, and pages that are fetched", () => {
    const joining = new Set(["a", "b"].map(roomKey));
    expect(statusOf({ joining, joiningOf: 12 })).toContain("  joining 10 of 12 rooms ");
    expect(statusOf({ loading: new Set([roomKey("ops")]) })).toContain("  fetching messages ");
    expect(statusOf({ loading: new Set([roomKey("lobby")]) })).not.toContain("fetching");
  });
});

describe("elsewhere", () => {
  test("those who write are named, up to two", () => {
    const typing = (...nicks: string[]) => {
      const each = nicks.map((nick) => ({ nick, untilMs: sampleMs + 1 }));
      return { chat: withRoom(sampleScreen(80, 24).chat, "ops", { typing: each }) };
    };
    expect(statusOf(typing("bob"))).toEndWith("─ bob is writing…");
    expect(statusOf(typing("bob", "지호"))).toEndWith("─ bob and 지호 are writing…");
    expect(statusOf(typing("a", "b", "c"))).toEndWith("─ several people are writing…");
    const stale = { chat: { ...typing("bob").chat, nowMs: sampleMs + 5 } };
    expect(statusOf(stale)).not.toContain("writing");
  });

  test("rooms with something new are named where no list shows them, mentions first", () => {
    expect(statusOf({}, { isFolded: true })).toEndWith("[@bob @1, lobby 2]");
    expect(statusOf({})).not.toContain("lobby");
    const levels = new Map([[roomKey("lobby"), "none" as const]]);
    expect(statusOf({ levels }, { isFolded: true })).toEndWith("[@bob @1]");
    const { chat } = sampleScreen(80, 24);
    const named = { chat: withRoom(chat, "lobby", { unread: 5, mentions: 2 }) };
    expect(statusOf(named, { isFolded: true })).toEndWith("[lobby @2 5, @bob @1]");
  });

  test("there are newer rows than those that are read", () => {
    expect(statusOf({}, { more: 45 })).toEndWith("  -MORE(45)-");
  });

  test("what lies below and names oneself is told apart", () => {
    const named = { chat: withRoom(sampleScreen(80, 24).chat, "ops", { unread: 3, mentions: 1 }) };
    expect(statusOf(named, { more: 17 })).toEndWith("  -MORE(17, @1)-");
    expect(statusOf(named, { more: 17, width: 20 })).toEndWith("+17 @1");
    expect(statusOf(named)).not.toContain("@1");
  });
});

test("a toast takes the right end while it lasts", () => {
  const toast = { text: "nothing new in other rooms", isError: false, untilMs: sampleMs + 1 };
  expect(statusOf({ toast })).toEndWith("─ nothing new in other rooms");
  expect(statusOf({ toast: { ...toast, untilMs: sampleMs } }, { more: 5 })).toEndWith("-MORE(5)-");
});

test("however long it is, it leaves what lies below to be seen", () => {
  const toast = { text: "long ".repeat(40), isError: true, untilMs: sampleMs + 1 };
  expect(statusOf({ toast }, { more: 5 })).toMatch(/^● online .*long.*… {2}-MORE\(5\)-$/u);
  expect(statusOf({ toast }, { more: 5, width: 30 })).toMatch(/^● .*… {2}(\+5|-MORE\(5\)-)$/u);
});

test("a reason is short where one knows it, and leaves the others their words", () => {
  const refused = new MaruError({
    code: "connect_failed",
    message: "No connection to chat.example:6697: connect ECONNREFUSED chat.example:6697",
    retryable: true,
  });
  const waiting = { phase: "waiting", attempt: 4, untilMs: sampleMs + 7000 } as const;
  const pending = Array.from({ length: 10 }, (_, at) => samplePending(at + 1, null));
  const known = { ...inState({ ...waiting, reason: refused }), pending };
  expect(statusOf(known)).toStartWith(
    "↻ reconnecting in 7 s: not reachable (/reconnect: now)  mina  ◌ 10 waiting ",
  );
  const long = new MaruError({ code: "busy", message: "so busy ".repeat(20), retryable: true });
  const other = { ...inState({ ...waiting, reason: long }), pending };
  for (const width of [60, 80, 120]) {
    expect(statusOf(other, { width })).toMatch(
      /^↻ reconnecting in 7 s: so.*… {2}mina {2}◌ 10 waiting/u,
    );
  }
  expect(statusOf(other, { width: 42 })).toStartWith("↻ reconnecting in 7 s  mina  ◌ 10 waiting");
});

test("what matters least goes first when the row is short", () => {
  const fields = {
    pending: [samplePending(1, "no"), samplePending(2, null)],
    doNotDisturb: true,
    joining: new Set([roomKey("a")]),
    joiningOf: 3,
  };
  const at = (width: number) => statusOf(fields, { width, more: 7, isFolded: true });
  expect(at(140)).toBe(
    "● online  mina  ⊘  ✗ 1 failed (Alt-R sends again)  ◌ 1 sending  joining 2 of 3 rooms ──────── " +
      "bob is writing…  [@bob @1, lobby 2]  -MORE(7)-",
  );
  expect(at(60)).toBe("● online  ⊘  ✗ 1 failed (Alt-R)  ◌1  2/3  ✎  [+2]  -MORE(7)-");
  expect(at(24)).toBe("●  ✗1  ◌1  2/3  [+2]  +7");
  expect(at(8)).toBe("●  ✗1  ✎");
  expect(at(1)).toBe("●");
});
