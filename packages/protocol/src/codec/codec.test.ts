import { describe, expect, test } from "bun:test";
import * as z from "zod";
import { bytesOf } from "../../test/bytes.ts";
import { goldenCommands, goldenPayloads } from "../../test/golden.ts";
import { chatProtocol } from "../chat/mod.ts";
import { createJsonCodec, type DecodeFault } from "./codec.ts";

const { client, server } = chatProtocol;

/** The fault that a client's payload must lead to. */
function faultOf(payload: string | Uint8Array): DecodeFault {
  const decoded = client.decode(typeof payload === "string" ? bytesOf(payload) : payload);
  if (decoded.ok) throw new Error(`accepted: ${JSON.stringify(decoded.message)}`);
  expect(decoded.fault.message).not.toMatch(/zod|invalid input|expected|received|\n|\bat .*:\d/i);
  return decoded.fault;
}

const malformed = (text: string): DecodeFault => ({ code: "malformed", message: text });
const notJson = malformed("the payload is not JSON in UTF-8");
const noType = malformed('the payload is not an object with a string "type"');

describe("a payload that is no JSON in UTF-8", () => {
  const nested = (brackets: number) => "[".repeat(brackets) + "]".repeat(brackets);
  const payloads = new Map<string, Uint8Array>([
    ["text", bytesOf("hello")],
    ["half an object", bytesOf('{"type":"ping","id":1')],
    ["two objects", bytesOf('{"type":"ping","id":1}{"type":"ping","id":2}')],
    ["a trailing comma", bytesOf('{"type":"ping","id":1,}')],
    ["single quotes", bytesOf("{'type':'ping','id':1}")],
    ["NaN", bytesOf('{"type":"ping","id":NaN}')],
    ["a raw control character in a string", bytesOf('{"type":"pi\nng","id":1}')],
    ["a byte order mark", bytesOf('\ufeff{"type":"ping","id":1}')],
    ["UTF-16", new Uint8Array(Buffer.from('{"type":"ping","id":1}', "utf16le"))],
    ["a lone continuation byte", Uint8Array.of(0x22, 0x80, 0x22)],
    ["an overlong form", Uint8Array.of(0x22, 0xc0, 0xaf, 0x22)],
    ["a surrogate in UTF-8", Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)],
    ["a code point beyond the last", Uint8Array.of(0x22, 0xf4, 0x90, 0x80, 0x80, 0x22)],
    ["a cut character", Uint8Array.of(0x22, 0xea, 0xb0)],
    ["open brackets without end", bytesOf("[".repeat(60_000))],
    ["nothing but a zero byte", Uint8Array.of(0)],
  ]);
  for (const [name, payload] of payloads) {
    test(`is malformed: ${name}`, () => expect(faultOf(payload)).toEqual(notJson));
  }

  test("may nest 30,000 brackets deep and harms nothing", () => {
    expect(["malformed"]).toContain(faultOf(nested(30_000)).code);
    const inside = faultOf(`{"type":"ping","id":1,"deep":${nested(30_000)}}`);
    expect(["malformed", "invalid_message"]).toContain(inside.code);
    const asText = faultOf(`{"type":"send","id":1,"room":"r","text":${nested(30_000)}}`);
    expect(["malformed", "invalid_message"]).toContain(asText.code);
  });
});

describe("JSON that is no message", () => {
  const payloads = ["1", "null", "true", '"ping"', "[]", "{}", '[{"type":"ping"}]', '{"type":1}'];
  for (const payload of [...payloads, '{"type":null}', '{"type":["ping"]}', '{"Type":"ping"}']) {
    test(`is malformed: ${payload}`, () => expect(faultOf(payload)).toEqual(noType));
  }

  test("is answerable when it has an id, and only when the id is one", () => {
    expect(faultOf('{"id":7}')).toEqual({ ...noType, id: 7 });
    for (const id of ["0", "-1", "1.5", '"7"', "null", "[7]", "1e300", "9007199254740992"]) {
      expect(faultOf(`{"id":${id}}`)).toEqual(noType);
    }
  });

  test("does not borrow its type from a prototype", () => {
    expect(faultOf('{"__proto__":{"type":"ping","id":1}}')).toEqual(noType);
    expect(({} as { type?: string }).type).toBeUndefined();
  });
});

describe("a message of no known type", () => {
  for (const type of [
    "nope",
    "",
    "PING",
    "ping ",
    "__proto__",
    "constructor",
    "welcome",
    "\u001b[",
  ]) {
    test(`is a typed fault that can be answered: ${JSON.stringify(type)}`, () => {
      expect(faultOf(JSON.stringify({ type, id: 3 }))).toEqual({
        code: "unknown_type",
        message: "there is no message of this type",
        id: 3,
        field: "type",
      });
    });
  }
});

describe("the id of a command", () => {
  test("may stand twice: the last one counts, for the command and for its error", () => {
    expect(client.decode(bytesOf('{"type":"ping","id":1,"id":2}'))).toMatchObject({
      ok: true,
      message: { type: "ping", id: 2 },
    });
    expect(faultOf('{"type":"ping","id":1,"extra":0,"id":2}').id).toBe(2);
  });

  test("may be used again: the codec keeps no state", () => {
    const payload = bytesOf('{"type":"ping","id":1}');
    expect(client.decode(payload)).toEqual(client.decode(payload));
  });

  test("is left out of the fault when it is what is wrong", () => {
    for (const id of ["0", "1.5", '"1"', "null", "-3", "1e99"]) {
      const fault = faultOf(`{"type":"ping","id":${id}}`);
      expect(fault).toMatchObject({ code: "invalid_message", field: "id" });
      expect(fault.id).toBeUndefined();
    }
  });
});

describe("the fault of a message", () => {
  const send = { type: "send", id: 4, room: "lobby", text: "hello" };
  const cases: [string, Record<string, unknown>, string, string][] = [
    ["a missing field", { ...send, text: undefined }, "text", "this field is missing"],
    ["a wrong type", { ...send, text: 5 }, "text", "this field must be a string"],
    ["null", { ...send, cid: null }, "cid", "this field must be a string"],
    ["a fraction", { ...send, replyTo: 1.5 }, "replyTo", "this field must be a whole number"],
    ["too little", { ...send, replyTo: 0 }, "replyTo", "this field must be at least 1"],
    ["emptiness", { ...send, text: "" }, "text", "this field must have at least 1 character"],
    [
      "length",
      { ...send, cid: "x".repeat(65) },
      "cid",
      "this field must have at most 64 characters",
    ],
    [
      "a control character",
      { ...send, text: "a\u0007b\u0000" },
      "text",
      "this field holds the control character U+0007, which can't be sent",
    ],
    [
      "half a character",
      { ...send, text: "a\ud83d!" },
      "text",
      "this field holds the unpaired surrogate U+D83D, which can't be sent",
    ],
    [
      "a line break where there is one line",
      { ...send, cid: "a\nb" },
      "cid",
      "this field holds the control character U+000A, which can't be sent",
    ],
    ["a wrong literal", { ...send, action: false }, "action", "this field must be true"],
    ["an unknown key", { ...send, extra: 1 }, "extra", "this field is not known here"],
  ];
  for (const [name, message, field, text] of cases) {
    test(`names the field and says what to change: ${name}`, () => {
      const fault = faultOf(JSON.stringify(message));
      expect(fault).toEqual({ code: "invalid_message", message: text, id: 4, field });
    });
  }

  test("names the place in a list", () => {
    const hello = { type: "hello", id: 1, client: "x" };
    expect(faultOf(JSON.stringify({ ...hello, versions: [1, "2"] })).field).toBe("versions.1");
    expect(faultOf(JSON.stringify({ ...hello, versions: [] }))).toMatchObject({
      field: "versions",
      message: "this field must have at least 1 item",
    });
    expect(faultOf(JSON.stringify({ ...hello, versions: Array(17).fill(1) }))).toMatchObject({
      field: "versions",
      message: "this field must have at most 16 items",
    });
  });

  test("echoes an unknown key cut and plain: no escape sequence, no half character", () => {
    const field = (key: string) => faultOf(JSON.stringify({ type: "ping", id: 1, [key]: 1 })).field;
    expect(field("x".repeat(60_000))).toBe("x".repeat(64));
    expect(field("\u001b]0;title\u0007")).toBe("??0?title?");
    expect(field("\ud800")).toBe("?");
    expect(field("a b\n")).toBe("a?b?");
    expect(field("")).toBe("");
  });

  test("is the same for every key that could reach a prototype", () => {
    for (const key of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"]) {
      const fault = faultOf(`{"type":"ping","id":1,"${key}":{"polluted":true}}`);
      expect(fault).toMatchObject({ code: "invalid_message", field: key });
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("the server's codec, as a client reads it", () => {
  test("drops unknown keys, at the top and inside", () => {
    const message = { type: "pong", re: 1, added: { later: true } };
    expect(server.decode(bytesOf(JSON.stringify(message)))).toMatchObject({
      ok: true,
      message: { type: "pong", re: 1 },
    });
    const decoded = server.decode(
      bytesOf(
        '{"type":"page","re":1,"entries":[{"type":"message","room":"r","seq":1,"at":1,"from":"a","text":"t","new":1}],"more":false,"__proto__":{"x":1}}',
      ),
    );
    if (!decoded.ok) throw new Error(decoded.fault.message);
    expect(JSON.stringify(decoded.message)).not.toContain("new");
    expect(Object.hasOwn(decoded.message, "__proto__")).toBe(false);
  });

  test("gives a typed fault for an event that it does not know, so that it can be ignored", () => {
    const decoded = server.decode(bytesOf('{"type":"waving","room":"r"}'));
    expect(decoded).toMatchObject({ ok: false, fault: { code: "unknown_type", field: "type" } });
  });

  test("still refuses a message that breaks a rule", () => {
    const decoded = server.decode(bytesOf('{"type":"pong"}'));
    expect(decoded).toMatchObject({ ok: false, fault: { code: "invalid_message", field: "re" } });
  });
});

describe("a codec", () => {
  test("gives back the payload's text, and encodes to JSON", () => {
    for (const { payload } of goldenCommands) {
      const decoded = client.decode(bytesOf(payload));
      if (!decoded.ok) throw new Error(decoded.fault.message);
      expect(decoded.text).toBe(payload);
      expect(client.encode(decoded.message)).toBe(payload);
    }
  });

  test("does not hold on to the payload's bytes", () => {
    for (const { payload } of goldenPayloads) {
      const bytes = bytesOf(payload);
      const decoded = (payload.includes('"id"') ? client : server).decode(bytes);
      const before = JSON.stringify(decoded);
      bytes.fill(0);
      expect(JSON.stringify(decoded)).toBe(before);
    }
  });

  test("throws at once when two schemas have one type", () => {
    const Ping = z.strictObject({ type: z.literal("ping") });
    expect(() => createJsonCodec([Ping, Ping])).toThrow('two schemas have the type "ping"');
  });

  test("throws from parse, which is for tests, on what is no message", () => {
    expect(() => client.parse({ type: "nope" })).toThrow("unknown message type: nope");
    expect(() => client.parse(null)).toThrow("unknown message type");
    expect(() => client.parse({ type: "ping" })).toThrow();
  });
});
