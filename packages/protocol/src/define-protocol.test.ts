import { describe, expect, test } from "bun:test";
import * as z from "zod";
import { bytesOf } from "../test/bytes.ts";
import { type ChatClientMessage, type CommandType, chatProtocol } from "./chat/mod.ts";
import {
  type ClientMessage,
  type CommandInput,
  type CommandOutput,
  type CommandReply,
  type Definition,
  type DefinitionOf,
  defineProtocol,
  defineRawProtocol,
  type EventMessage,
  type Fields,
  type NoticeInput,
  type ServerMessage,
} from "./mod.ts";

const text = z.string();
const said = { text };

const echo = defineProtocol({
  name: "echo",
  version: 3,
  greeting: "say",
  commands: {
    say: { in: { text }, reply: "said", out: said },
    shout: { in: z.object({ text }).describe("Says it aloud."), reply: "said", out: said },
    leave: { in: {}, reply: "left", out: {} },
  },
  notices: { nod: { times: z.int() } },
  events: { heard: { text } },
});
type Echo = DefinitionOf<typeof echo>;

/** Compiles only when both are the same type: each may stand where the other is wanted. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;
const holds = <T extends true>(_proof?: T): void => {};

describe("a defined protocol", () => {
  test("carries its name, version and greeting, what needs no answer, and what answers the rest", () => {
    expect(echo).toMatchObject({ name: "echo", version: 3, greeting: "say" });
    expect(defineProtocol({ name: "n", version: 1 }).greeting).toBeNull();
    expect([...echo.notices]).toEqual(["nod"]);
    expect(Object.fromEntries(echo.replies)).toEqual({
      say: "said",
      shout: "said",
      leave: "left",
      ping: "pong",
    });
  });

  test("decodes each direction by its own schemas", () => {
    const say = { type: "say", id: 1, text: "hi" } as const;
    expect(echo.client.decode(bytesOf(JSON.stringify(say)))).toMatchObject({
      ok: true,
      message: say,
    });
    expect(echo.server.decode(bytesOf(JSON.stringify(say)))).toMatchObject({
      ok: false,
      fault: { code: "unknown_type" },
    });
    const said = '{"type":"said","re":1,"text":"hi","heartbeatMs":500,"new":1}';
    expect(echo.server.decode(bytesOf(said))).toEqual({
      ok: true,
      message: { type: "said", re: 1, text: "hi", heartbeatMs: 500 },
      text: said,
    });
  });

  test("takes no key more from a client than it names, and a notice without a number", () => {
    expect(() => echo.client.parse({ type: "nod", times: 1, id: 1 })).toThrow("id");
    expect(echo.client.parse({ type: "nod", times: 1 })).toEqual({ type: "nod", times: 1 });
    expect(() => echo.client.parse({ type: "shout", id: 1, text: "x", more: 1 })).toThrow("more");
  });

  test("has ping, pong, error and close from the start, and lists all in the order of the definition", () => {
    const typesOf = (schemas: typeof echo.schemas.client) =>
      schemas.map((schema) => schema.shape.type.value);
    expect(typesOf(echo.schemas.client)).toEqual(["say", "shout", "leave", "ping", "nod"]);
    expect(typesOf(echo.schemas.server)).toEqual([
      "said",
      "left",
      "pong",
      "heard",
      "error",
      "close",
    ]);
    expect(echo.schemas.client[1]?.description).toBe("Says it aloud.");
    const close = { type: "close", code: "shutdown", reason: "bye", reconnect: "now" } as const;
    expect(echo.server.parse(close)).toEqual(close);
  });

  test("may use one type in both directions, and an object that names its type", () => {
    const both = defineProtocol({
      name: "both",
      version: 1,
      commands: { say: { in: { text }, reply: "said", out: said } },
      events: { say: z.object({ type: z.literal("say"), text }) },
    });
    expect(both.server.parse({ type: "say", text: "x" })).toEqual({ type: "say", text: "x" });
  });

  test("keeps the checks of an object", () => {
    const range = z
      .object({ from: z.int(), to: z.int() })
      .refine(({ from, to }) => from <= to, "it ends before it begins");
    const ranged = defineProtocol({
      name: "ranged",
      version: 1,
      commands: { read: { in: range, reply: "page", out: {} } },
    });
    expect(ranged.client.parse({ type: "read", id: 1, from: 1, to: 2 })).toBeObject();
    expect(() => ranged.client.parse({ type: "read", id: 1, from: 2, to: 1 })).toThrow(
      "it ends before it begins",
    );
  });

  test("is refused with a type that is taken, or belongs to every protocol", () => {
    const define = (parts: Pick<Definition, "commands" | "notices" | "events">) => () =>
      defineProtocol({ name: "taken", version: 1, ...parts });
    const say = { in: {}, reply: "said", out: said };
    expect(define({ commands: { say }, notices: { say: {} } })).toThrow(
      'two schemas have the type "say"',
    );
    expect(define({ commands: { say }, events: { said: {} } })).toThrow(
      'two schemas have the type "said"',
    );
    expect(define({ commands: { say, ask: { ...say, out: {} } } })).toThrow(
      'the reply "said" has two sets of fields',
    );
    for (const type of ["ping", "pong", "error", "close"]) {
      const problem = `the type "${type}" belongs to every protocol`;
      expect(define({ commands: { [type]: say } })).toThrow(problem);
      expect(define({ commands: { say: { ...say, reply: type } } })).toThrow(problem);
      expect(define({ notices: { [type]: {} } })).toThrow(problem);
      expect(define({ events: { [type]: {} } })).toThrow(problem);
    }
  });

  test("is refused with a field that the protocol adds, a foreign type, and a greeting that is no command", () => {
    const define = (fields: Fields) => () =>
      defineProtocol({
        name: "n",
        version: 1,
        commands: { say: { in: fields, reply: "said", out: {} } },
      });
    expect(define({ id: z.int() })).toThrow('"say" has a field "id", which the protocol adds');
    expect(define({ type: z.literal("shout") })).toThrow('a field "type" that is another one');
    expect(() =>
      defineProtocol({
        name: "odd",
        version: 1,
        // @ts-expect-error No command has this type.
        greeting: "said",
        commands: { say: { in: {}, reply: "said", out: {} } },
      }),
    ).toThrow('the greeting "said" is none of the commands');
  });
});

describe("the types at both ends", () => {
  test("are inferred from the definition", () => {
    type Client = ClientMessage<typeof echo>;
    type Server = ServerMessage<typeof echo>;
    holds<Same<Client["type"], "say" | "shout" | "leave" | "nod" | "ping">>();
    holds<Same<Server["type"], "said" | "left" | "heard" | "pong" | "error" | "close">>();
    holds<Same<Extract<Client, { type: "say" }>, { type: "say"; id: number; text: string }>>();
    holds<Same<CommandInput<Echo, "shout">, { text: string }>>();
    holds<Same<CommandOutput<Echo, "say">, { text: string }>>();
    holds<Same<CommandReply<Echo, "say">, { text: string; heartbeatMs: number }>>();
    holds<Same<NoticeInput<Echo, "nod">, { times: number }>>();
    holds<Same<EventMessage<Echo>, { type: "heard"; text: string }>>();

    const say = { type: "say", id: 1, text: "hi" } satisfies Client;
    const heard = { type: "heard", text: "hi" } satisfies Server;
    expect(echo.client.encode(say)).toBe('{"type":"say","id":1,"text":"hi"}');
    expect(echo.server.encode(heard)).toBe('{"type":"heard","text":"hi"}');
    // @ts-expect-error A server's message is none of a client's.
    expect(echo.client.encode(heard)).toBeString();
    // @ts-expect-error A field is missing.
    expect(echo.server.encode({ type: "heard" })).toBeString();
    // @ts-expect-error No message has this type.
    const greeting: Parameters<typeof echo.client.encode>[0]["type"] = "nope";
    expect(greeting as string).toBe("nope");
  });

  test("of the chat name each command and its reply", () => {
    holds<Same<ChatClientMessage["type"], CommandType>>();
    const types = chatProtocol.schemas.server.map((schema) => schema.shape.type.value);
    for (const reply of chatProtocol.replies.values()) expect(types).toContain(reply);
    expect(chatProtocol.replies.size).toBe(chatProtocol.schemas.client.length);
  });
});

describe("a raw protocol", () => {
  const raw = defineRawProtocol("nc");

  test("takes bytes as they come and gives them back", () => {
    const bytes = bytesOf("no JSON at all");
    const decoded = raw.client.decode(bytes);
    if (!decoded.ok) throw new Error(decoded.fault.message);
    expect(decoded.message).toEqual({ type: "bytes", bytes });
    expect(raw.server.encode(decoded.message)).toBe(bytes);
    holds<Same<ClientMessage<typeof raw>["type"], "bytes">>();
  });

  test("has no greeting, no header, no schemas, and no wire form of error and close", () => {
    expect(raw).toMatchObject({ greeting: null, schemas: { client: [], server: [] } });
    expect(raw.framing.headerBytesMax).toBe(0);
    const close = { type: "close", code: "shutdown" } as unknown as ServerMessage<typeof raw>;
    expect(raw.server.encode(close)).toHaveLength(0);
  });
});
