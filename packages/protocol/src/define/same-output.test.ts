import { describe, expect, test } from "bun:test";
import * as z from "zod";
import { defineProtocol } from "../mod.ts";
import { changesInput } from "./same-output.ts";

interface Tree {
  readonly name: string;
  readonly children: readonly Tree[];
}
const Tree: z.ZodType<Tree> = z.strictObject({
  name: z.string(),
  children: z.array(z.lazy(() => Tree)),
});

/** Schemas whose output may differ from their input, and what is said of each. */
const changing: readonly (readonly [string, z.ZodType, string])[] = [
  ["a transform", z.string().transform(Number), "field is a pipe"],
  ["a preprocess", z.preprocess(String, z.string()), "field is a pipe"],
  ["a codec", z.codec(z.string(), z.int(), { decode: Number, encode: String }), "field is a pipe"],
  ["a default", z.string().default("x"), "field is a default"],
  ["a prefault", z.string().prefault("x"), "field is a prefault"],
  ["a catch", z.string().catch("x"), "field is a catch"],
  ["a date", z.date(), "field is a date"],
  ["a bigint", z.bigint(), "field is a bigint"],
  ["a trim", z.string().trim(), "field is rewritten by a check"],
  ["lower case", z.string().min(1).toLowerCase(), "field is rewritten by a check"],
  ["a normal form", z.string().normalize(), "field is rewritten by a check"],
  ["coercion", z.coerce.number(), "field coerces"],
  ["an object that drops keys", z.object({ a: z.int() }), "field drops unknown keys"],
  ["a field inside", z.strictObject({ a: z.string().trim() }), "field.a is rewritten"],
  ["an element", z.array(z.string().default("x")), "field.[] is a default"],
  ["a place", z.tuple([z.int(), z.date()]), "field.1 is a date"],
  ["the rest of a tuple", z.tuple([z.int()], z.date()), "field.[] is a date"],
  ["one of several", z.union([z.int(), z.string().trim()]), "field is rewritten"],
  ["both of two", z.int().and(z.coerce.number()), "field coerces"],
  ["an optional", z.string().trim().optional(), "field is rewritten"],
  ["a nullable", z.string().default("x").nullable(), "field is a default"],
  ["a value", z.record(z.string(), z.date()), "field is a date"],
  ["a key", z.record(z.string().trim(), z.int()), "field is rewritten"],
  ["what may follow", z.strictObject({}).catchall(z.date()), "field is a date"],
  ["what is looked up late", z.lazy(() => z.date()), "field is a date"],
];

const same: readonly (readonly [string, z.ZodType])[] = [
  ["a string with its checks", z.string().min(1).max(9).regex(/a/).startsWith("a")],
  ["formats of strings", z.union([z.email(), z.uuid(), z.iso.datetime(), z.base64(), z.url()])],
  ["numbers", z.union([z.int(), z.number().multipleOf(2), z.float32()])],
  ["literals and enums", z.union([z.literal(["a", 1, null]), z.enum(["x"]), z.boolean()])],
  ["objects", z.strictObject({ a: z.looseObject({}), b: z.strictObject({}).optional() })],
  ["records and tuples", z.tuple([z.record(z.string(), z.int()), z.null().nullable()])],
  ["a tagged union", z.discriminatedUnion("t", [z.strictObject({ t: z.literal("a") })])],
  ["a tree", Tree],
  ["any JSON", z.json()],
  ["anything", z.union([z.unknown(), z.any()])],
  ["a refinement", z.string().refine((text) => text !== "x")],
  ["a brand, read-only", z.string().brand("name").readonly()],
  ["a template", z.templateLiteral(["a-", z.int()])],
];

describe("what a handler gets is what was sent", () => {
  test.each(changing)("not with %s", (_name, schema, words) => {
    expect(changesInput(schema, "field")).toStartWith(words);
  });

  test.each(same)("with %s", (_name, schema) => {
    expect(changesInput(schema, "field")).toBeNull();
  });

  test("else the protocol is refused, by the place", () => {
    const define = (field: z.ZodType) => () =>
      defineProtocol({
        name: "n",
        version: 1,
        commands: { say: { in: { inner: z.strictObject({ field }) }, reply: "said", out: {} } },
      });
    expect(define(z.string().trim())).toThrow(
      "a handler must get what was sent, but say.inner.field is rewritten by a check, as by trim()",
    );
    expect(() =>
      defineProtocol({ name: "n", version: 1, notices: { nod: { at: z.coerce.date() } } }),
    ).toThrow("nod.at");
    expect(define(z.string())).not.toThrow();
  });

  test("what servers send may be read otherwise than it was sent", () => {
    const tolerant = defineProtocol({
      name: "n",
      version: 1,
      events: { told: { n: z.int().catch(0) } },
    });
    expect(tolerant.server.parse({ type: "told", n: "?" })).toEqual({ type: "told", n: 0 });
  });
});
