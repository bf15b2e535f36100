// What is said of a broken rule, over every kind of rule that a schema can have.

import { expect, test } from "bun:test";
import { z } from "zod";
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

test("a long message is cut: it may quote what it was given", () => {
  const echo = z.string().regex(/^a/, { error: (issue) => `"${issue.input}" is wrong` });
  expect(saidOf(echo, "b".repeat(60_000))).toHaveLength(256);
  const exact = z.string().regex(/^a/, "m".repeat(256));
  expect(saidOf(exact, "b")).toBe("m".repeat(256));
});
