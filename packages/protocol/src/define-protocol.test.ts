import { describe, expect, test } from "bun:test";
import * as z from "zod";
import { bytesOf } from "../test/bytes.ts";
import {
  type ChatClientMessage,
  type ChatServerMessage,
  chatProtocol,
  replyTypes,
} from "./chat/mod.ts";
import {
  type ClientMessage,
  defineProtocol,
  defineRawProtocol,
  type ServerMessage,
} from "./mod.ts";

const Say = z.strictObject({ type: z.literal("say"), id: z.int(), text: z.string() });
const Bye = z.strictObject({ type: z.literal("bye"), id: z.int() });
const Said = z.object({ type: z.literal("said"), re: z.int(), text: z.string() });

const echo = defineProtocol({
  name: "echo",
  version: 3,
  greeting: "say",
  client: [Say, Bye],
  server: [Said],
});

/** Compiles only when both are the same type: each may stand where the other is wanted. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;
const holds = <T extends true>(_proof?: T): void => {};

describe("a defined protocol", () => {
  test("carries its name, version and greeting", () => {
    expect(echo).toMatchObject({ name: "echo", version: 3, greeting: "say" });
    expect(
      defineProtocol({ name: "n", version: 1, client: [Say], server: [] }).greeting,
    ).toBeNull();
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
    const said = echo.server.decode(bytesOf('{"type":"said","re":1,"text":"hi","new":1}'));
    expect(said).toMatchObject({ ok: true, message: { type: "said", re: 1, text: "hi" } });
  });

  test("has error and close from the start, listed for the documentation", () => {
    expect(echo.schemas.client).toEqual([Say, Bye]);
    const types = echo.schemas.server.map((schema) => schema.shape.type.value as string);
    expect(types).toEqual(["said", "error", "close"]);
    const close = { type: "close", code: "shutdown", reason: "bye", reconnect: "now" } as const;
    expect(echo.server.parse(close)).toEqual(close);
  });

  test("refuses two messages of one type, in either direction, and types that are taken", () => {
    const define = (client: [typeof Say, typeof Say] | [typeof Say], server: (typeof Said)[]) =>
      defineProtocol({ name: "twice", version: 1, client, server });
    expect(() => define([Say, Say], [])).toThrow('two schemas have the type "say"');
    expect(() => define([Say], [Said, Said])).toThrow('two schemas have the type "said"');
    const OwnError = z.object({ type: z.literal("error"), re: z.int() });
    expect(() =>
      defineProtocol({ name: "taken", version: 1, client: [Say], server: [OwnError] }),
    ).toThrow('two schemas have the type "error"');
  });

  test("may use one type in both directions", () => {
    const Topic = z.object({ type: z.literal("say"), text: z.string() });
    const both = defineProtocol({ name: "both", version: 1, client: [Say], server: [Topic] });
    expect(both.server.parse({ type: "say", text: "x" })).toEqual({ type: "say", text: "x" });
  });
});

describe("the types at both ends", () => {
  test("are inferred from the schemas", () => {
    type Client = ClientMessage<typeof echo>;
    type Server = ServerMessage<typeof echo>;
    holds<Same<Client["type"], "say" | "bye">>();
    holds<Same<Server["type"], "said" | "error" | "close">>();
    holds<Same<Extract<Client, { type: "say" }>, { type: "say"; id: number; text: string }>>();

    const say = { type: "say", id: 1, text: "hi" } satisfies Client;
    const said = { type: "said", re: 1, text: "hi" } satisfies Server;
    expect(echo.client.encode(say)).toBe('{"type":"say","id":1,"text":"hi"}');
    expect(echo.server.encode(said)).toBe('{"type":"said","re":1,"text":"hi"}');
    // @ts-expect-error A server's message is none of a client's.
    expect(echo.client.encode(said)).toBeString();
    // @ts-expect-error A field is missing.
    expect(echo.server.encode({ type: "said", re: 1 })).toBeString();
    // @ts-expect-error No message has this type.
    const greeting: Parameters<typeof echo.client.encode>[0]["type"] = "nope";
    expect(greeting as string).toBe("nope");
  });

  test("refuse a greeting that no client can send", () => {
    const odd = defineProtocol({
      name: "odd",
      version: 1,
      // @ts-expect-error "said" is the server's.
      greeting: "said",
      client: [Say],
      server: [],
    });
    expect(odd.greeting as string).toBe("said");
  });

  test("of the chat name each command and its reply", () => {
    holds<Same<ChatClientMessage["type"], keyof typeof replyTypes>>();
    const replies: readonly ChatServerMessage["type"][] = Object.values(replyTypes);
    const types = chatProtocol.schemas.server.map((schema) => schema.shape.type.value);
    for (const reply of replies) expect(types).toContain(reply);
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
