// What is said of a broken rule, over every kind of rule that a schema can have.

import { expect, test } from "bun:test";
import * as z from "zod";
import { bytesOf } from "../../test/bytes.ts";
import { createJsonCodec } from "./codec.ts";

const own = "must be written otherwise";

/** Each kind of schema, without a message of its own and with one, and a value that breaks it. */
const rules: readonly [what: string, bare: z.ZodType, speaking: z.ZodType, wrong: unknown][] = [
  ["a type", z.string(), z.string(own), 5],
  ["a list", z.array(z.string()), z.array(z.string(), own), "a"],
  ["a list's item", z.array(z.string()), z.array(z.string(own)), [1]],
  ["a choice", z.enum(["a", "b"]), z.enum(["a", "b"], own), "c"],
  ["a literal", z.literal(true), z.literal(true, own), false],
  ["a whole number", z.int(), z.int(own), 1.5],
  ["a least", z.int().min(1), z.int().min(1, own), 0],
  ["a most", z.int().max(1), z.int().max(1, own), 2],
  ["a length", z.string().max(1), z.string().max(1, own), "ab"],
  ["a multiple", z.int().multipleOf(2), z.int().multipleOf(2, own), 3],
  ["a pattern", z.string().regex(/^a/), z.string().regex(/^a/, own), "b"],
  ["a format", z.email(), z.email(own), "b"],
  ["a beginning", z.string().startsWith("a"), z.string().startsWith("a", own), "b"],
  ["a refinement", z.string().refine(() => false), z.string().refine(() => false, own), "b"],
  [
    "an issue added by hand",
    z.string().superRefine((_, context) => context.addIssue({ code: "custom" })),
    z.string().superRefine((_, context) => context.addIssue({ code: "custom", message: own })),
    "b",
  ],
  [
    "one of several",
    z.union([z.literal("auto"), z.int()]),
    z.union([z.literal("auto"), z.int(own)]),
    "b",
  ],
  [
    "a key's rule",
    z.record(z.string().regex(/^a/), z.int()),
    z.record(z.string().regex(/^a/, own), z.int()),
    { b: 1 },
  ],
  [
    "a table",
    z.record(z.string().regex(/^a/), z.int()),
    z.record(z.string().regex(/^a/), z.int(), own),
    1,
  ],
  [
    "a variant",
    z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") })]),
    z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") })], own),
    { kind: "b" },
  ],
];

function saidOf(schema: z.ZodType, value: unknown): string {
  const codec = createJsonCodec([z.strictObject({ type: z.literal("x"), field: schema })]);
  const decoded = codec.decode(bytesOf(JSON.stringify({ type: "x", field: value })));
  if (decoded.ok) throw new Error("the value breaks no rule");
  return decoded.fault.message;
}

/** What the codec itself says; none of it is zod's. */
const ours =
  /^this field (is missing|is not known here|breaks its rule|must (be|have) [a-z0-9 "]+)$/;

test.each(rules)(
  "%s without a message of its own gets words of ours",
  (_what, bare, _own, wrong) => {
    const said = saidOf(bare, wrong);
    expect(said).toMatch(ours);
    expect(said).not.toBe("this field is missing");
  },
);

test.each(rules)("%s with a message of its own keeps it", (_what, _bare, speaking, wrong) => {
  expect(saidOf(speaking, wrong)).toBe(own);
});

test.each(rules)("%s that is not there is missing", (_what, bare) => {
  expect(saidOf(bare, undefined)).toBe("this field is missing");
});

test("a field is missing deeper in a message, too", () => {
  expect(saidOf(z.object({ inner: z.enum(["a"]) }), {})).toBe("this field is missing");
});

/** A bound says what it is, not the one beside it. */
const bounds: readonly [schema: z.ZodType, wrong: unknown, said: string][] = [
  [z.number().gt(0), 0, "be more than 0"],
  [z.number().gte(0), -1, "be at least 0"],
  [z.number().lt(3), 3, "be less than 3"],
  [z.number().lte(3), 4, "be at most 3"],
  [z.string().length(3), "ab", "have exactly 3 characters"],
  [z.string().length(1), "ab", "have exactly 1 character"],
  [z.array(z.int()).length(2), [1], "have exactly 2 items"],
  [z.tuple([z.int()]), [1, 2], "have at most 1 item"],
  [z.tuple([z.int()]), 1, "be a list"],
  [z.record(z.string(), z.int()), 1, "be an object"],
  [z.null(), 1, "be null"],
];

test.each(bounds)("%# a bound and a kind are named exactly", (schema, wrong, said) => {
  expect(saidOf(schema, wrong)).toBe(`this field must ${said}`);
});

test("a sentence has at most 256 characters: it may quote what it was given", () => {
  const echo = z.string().regex(/^a/, { error: (issue) => `"${issue.input}" is wrong` });
  expect(saidOf(echo, "b".repeat(60_000))).toHaveLength(256);
  expect(saidOf(z.string().regex(/^a/, "m".repeat(256)), "b")).toBe("m".repeat(256));
  expect(saidOf(z.string().regex(/^a/, `${"m".repeat(255)}👋`), "b")).toBe("m".repeat(255));
  const choices = Array.from({ length: 500 }, (_, index) => `choice-${index}`);
  expect(saidOf(z.enum(choices), "other")).toHaveLength(256);
});

test("a sentence is one line that can be shown: no escape sequence, no half or turned character", () => {
  const echo = z.string().regex(/^a/, { error: (issue) => `not ${issue.input}` });
  expect(saidOf(echo, "\u001b[31m\u0007\u0085\u202e")).toBe("not ?[31m???");
  expect(saidOf(echo, "\ud800!")).toBe("not ?!");
  expect(saidOf(echo, "two\r\nlines\u2028 \t")).toBe("not two lines ");
  expect(saidOf(echo, "가 👩‍👩‍👧")).toBe("not 가 👩‍👩‍👧");
});

/** Rules whose author did not think of this value; none of them may throw at what a peer has sent. */
const throwing: readonly [what: string, schema: z.ZodType][] = [
  ["a refinement", z.string().refine((text) => new URL(text) !== null)],
  ["a custom check", z.custom((text) => new URL(String(text)) !== null)],
  [
    "a message",
    z.string().regex(/^a/, {
      error: () => {
        throw new Error("no words");
      },
    }),
  ],
  ["a check that is asynchronous", z.string().refine(async () => true)],
];

test.each(throwing)("%s that throws refuses the message, and says so", (_what, schema) => {
  expect(saidOf(schema, "b")).toBe("a rule of this message can't be checked");
});
