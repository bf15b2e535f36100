// Every rule of every command, derived from the golden examples: each field is broken in each way
// that its type allows, and the fault must name that field.

import { describe, expect, test } from "bun:test";
import { bytesOf } from "../../test/bytes.ts";
import { goldenCommands } from "../../test/golden.ts";
import { chatProtocol, searchCursorMax, textBytesMax, topicBytesMax } from "./mod.ts";

type Json = Record<string, unknown>;

const required: Record<string, readonly string[]> = {
  hello: ["id", "versions", "client"],
  join: ["id", "room"],
  leave: ["id", "room"],
  send: ["id", "room", "text"],
  nick: ["id", "nick"],
  topic: ["id", "room", "topic"],
  who: ["id", "room"],
  rooms: ["id"],
  edit: ["id", "room", "target", "text"],
  redact: ["id", "room", "target"],
  react: ["id", "room", "target", "emoji"],
  history: ["id", "room", "limit"],
  search: ["id", "query", "limit"],
  mark: ["id", "room", "seq"],
  inbox: ["id"],
  typing: ["id", "room"],
  ping: ["id"],
};

function judge(message: Json): { ok: boolean; field?: string | undefined; code?: string } {
  const decoded = chatProtocol.client.decode(bytesOf(JSON.stringify(message)));
  return decoded.ok ? { ok: true } : { ok: false, ...decoded.fault };
}

function expectRefused(message: Json, field: string): void {
  const { ok, code, field: named } = judge(message);
  expect({ ok, code, named }).toEqual({ ok: false, code: "invalid_message", named: field });
}

/** What is wrong in any field of this value's type. */
function wrongFor(value: unknown): unknown[] {
  const others = [null, {}, [], true, false, 7, -7, 1.5, "7", "", "x".repeat(70_000)];
  const sameType = (other: unknown) =>
    Array.isArray(value) ? Array.isArray(other) && other.length > 0 : typeof other === typeof value;
  const different = others.filter((other) => !sameType(other));
  if (typeof value === "string") return [...different, "x".repeat(70_000)];
  if (typeof value === "number") return [...different, -7, 1.5, 2 ** 53, -1];
  if (typeof value === "boolean") return [...different, false];
  return [...different, [], [0], ["1"], [null], [[1]], Array(17).fill(1)];
}

/** Characters that no text of a client may hold; a body may hold `\n` and `\t`. */
const controls = ["\u0000", "\u0007", "\u001b[2J", "\r", "\u007f", "\u0080", "\u009b31m", "\u009f"];
const surrogates = ["\ud800", "\udfff", "a\ud83d", "\udc4ba", "\udc4b\ud83d"];

describe.each(goldenCommands.map(({ name, payload }) => [name, payload] as const))(
  "the command %p",
  (_name, payload) => {
    const golden: Json = JSON.parse(payload);
    const fields = Object.entries(golden).filter(([field]) => field !== "type");

    test("is accepted", () => expect(judge(golden)).toEqual({ ok: true }));

    test("is refused with an unknown key, which is named", () => {
      for (const key of ["extra", "ID", "__proto__x", "re", "constructor"]) {
        expectRefused({ ...golden, [key]: 1 }, key);
      }
      const polluted = payload.replace("{", '{"__proto__":{"admin":true},');
      const decoded = chatProtocol.client.decode(bytesOf(polluted));
      expect(decoded).toMatchObject({ ok: false, fault: { field: "__proto__" } });
    });

    test("is refused without a required field, and accepted without an optional one", () => {
      for (const [field] of fields) {
        const { [field]: _removed, ...rest } = golden;
        if (required[golden.type as string]?.includes(field)) expectRefused(rest, field);
        else expect(judge(rest)).toEqual({ ok: true });
      }
    });

    test("is refused with a wrong type or a value out of bounds", () => {
      for (const [field, value] of fields) {
        for (const wrong of wrongFor(value)) {
          const { ok, field: named } = judge({ ...golden, [field]: wrong });
          expect({ field, wrong, ok }).toEqual({ field, wrong, ok: false });
          expect(named?.split(".")[0]).toBe(field);
        }
      }
    });

    test("is refused with control characters or unpaired surrogates in any string", () => {
      for (const [field, value] of fields) {
        if (typeof value !== "string") continue;
        for (const bad of [...controls, ...surrogates]) {
          expectRefused({ ...golden, [field]: `${value}${bad}` }, field);
          expectRefused({ ...golden, [field]: bad }, field);
        }
        if (field === "text") continue;
        for (const bad of ["\n", "\t"]) expectRefused({ ...golden, [field]: `a${bad}b` }, field);
      }
    });
  },
);

describe("the bounds of a command", () => {
  const accepts = (message: Json) => expect(judge(message)).toEqual({ ok: true });
  const send = { type: "send", id: 1, room: "lobby", text: "hi" };

  test("let a text be as long as its bytes allow, and hold lines and tabs", () => {
    accepts({ ...send, text: "x".repeat(textBytesMax) });
    accepts({ ...send, text: "one\n\ttwo" });
    accepts({ ...send, text: "👨‍👩‍👧 \u00a0\u2028\ufeff" });
    expectRefused({ ...send, text: "x".repeat(textBytesMax + 1) }, "text");
  });

  test("let a cid be 64 characters and a topic 512, and a topic be empty", () => {
    accepts({ ...send, cid: "x".repeat(64) });
    expectRefused({ ...send, cid: "x".repeat(65) }, "cid");
    accepts({ type: "topic", id: 1, room: "lobby", topic: "" });
    accepts({ type: "topic", id: 1, room: "lobby", topic: "x".repeat(topicBytesMax) });
    expectRefused({ type: "topic", id: 1, room: "lobby", topic: "x".repeat(513) }, "topic");
  });

  test("let an id be any whole number from 1 on that JSON keeps exact", () => {
    accepts({ type: "ping", id: 1 });
    accepts({ type: "ping", id: Number.MAX_SAFE_INTEGER });
    expectRefused({ type: "ping", id: 0 }, "id");
    expectRefused({ type: "ping", id: Number.MAX_SAFE_INTEGER + 1 }, "id");
  });

  test("let a page be 1 to 1000 entries", () => {
    const history = { type: "history", id: 1, room: "lobby" };
    accepts({ ...history, limit: 1 });
    accepts({ ...history, limit: 1000 });
    expectRefused({ ...history, limit: 0 }, "limit");
    expectRefused({ ...history, limit: 1001 }, "limit");
  });

  test("let a cursor be as long as its rooms' names may get", () => {
    const search = { type: "search", id: 1, query: "w", limit: 1 };
    accepts({ ...search, cursor: "x".repeat(searchCursorMax) });
    expectRefused({ ...search, cursor: "x".repeat(searchCursorMax + 1) }, "cursor");
    expectRefused({ ...search, cursor: "" }, "cursor");
  });

  test("let a join replay from the very beginning", () => {
    accepts({ type: "join", id: 1, room: "lobby", after: 0, epoch: "e" });
    expectRefused({ type: "join", id: 1, room: "lobby", after: -1 }, "after");
  });

  test("leave the judgement of a name's letters to names.ts", () => {
    accepts({ type: "join", id: 1, room: "no room is called like this!" });
    accepts({ type: "nick", id: 1, nick: "@@@" });
  });
});

test("whatever a field holds that can't be sent, is named; no field only breaks its rule", () => {
  const words = { "\u0007": "control character U+0007", "\ud83d": "unpaired surrogate U+D83D" };
  for (const { payload } of goldenCommands) {
    const command: Json = JSON.parse(payload);
    for (const [field, value] of Object.entries(command)) {
      if (typeof value !== "string" || field === "type") continue;
      for (const [character, named] of Object.entries(words)) {
        const message = { ...command, [field]: `a${character}` };
        const decoded = chatProtocol.client.decode(bytesOf(JSON.stringify(message)));
        const said = decoded.ok ? "" : decoded.fault.message;
        expect([command.type, field, said]).toEqual([
          command.type,
          field,
          `this field holds the ${named}, which can't be sent`,
        ]);
      }
    }
    for (const [field, value] of Object.entries(command)) {
      for (const wrong of [5.5, "\n", false, "later", [], {}, null, -1]) {
        if (typeof value === "object" || field === "type") continue;
        const message = { ...command, [field]: wrong };
        const decoded = chatProtocol.client.decode(bytesOf(JSON.stringify(message)));
        if (!decoded.ok)
          expect([field, decoded.fault.message]).not.toContain("this field breaks its rule");
      }
    }
  }
});
