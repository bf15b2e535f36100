// What a peer may learn of a message that broke a rule: which field, and one sentence for a person.
// Owns the wording; a schema's own message wins over it, cut and made plain. Never passes on zod's text.

import type * as z from "zod";

/** Field names of peers are echoed back cut: an error must not amplify what caused it. */
const fieldCharsMax = 64;

/** The offending field's path, dotted: `text`, `versions.0`, or the unknown key itself. */
export function fieldOf(issue: z.core.$ZodIssue): string {
  const extra = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...extra].map(String).join(".");
  return path.slice(0, fieldCharsMax).replace(/[^\w.$-]/g, "?");
}

/** Characters (UTF-16 units) of a sentence: a schema's own may quote what it was given. */
const sentenceCharsMax = 256;

/** Stands where zod would put a text of its own; every other message is a schema author's. */
const unsaid = "\0";

/** For `safeParse`, so that `explain` can tell a schema's own message from zod's. */
export const withoutZodText = { error: () => unsaid } as const;

/** One sentence about the first rule that `message` broke; parsed with `withoutZodText`. */
export function explain(issue: z.core.$ZodIssue, message: unknown): string {
  return plainSentence(ownMessage(issue) ?? describe(issue, message));
}

function describe(issue: z.core.$ZodIssue, message: unknown): string {
  const isMissing = valueAt(message, issue.path) === undefined;
  if (isMissing && issue.code !== "custom") return "this field is missing";
  switch (issue.code) {
    case "unrecognized_keys":
      return "this field is not known here";
    case "invalid_type":
      return `this field must be ${kinds[issue.expected] ?? "of another type"}`;
    case "too_small":
      return `this field must ${bound(issue, issue.minimum, { inclusive: "at least", exclusive: "more than" })}`;
    case "too_big":
      return `this field must ${bound(issue, issue.maximum, { inclusive: "at most", exclusive: "less than" })}`;
    case "invalid_value":
      return `this field must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "not_multiple_of":
      return `this field must be a multiple of ${issue.divisor}`;
    default:
      return "this field breaks its rule";
  }
}

/** What the author of the schema has said about this: of a union, the first that a branch says. */
function ownMessage(issue: z.core.$ZodIssue): string | undefined {
  if (issue.message !== unsaid) return issue.message;
  return causesOf(issue)
    .map(ownMessage)
    .find((message) => message !== undefined);
}

function causesOf(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code === "invalid_union") return issue.errors.flat();
  return issue.code === "invalid_key" || issue.code === "invalid_element" ? issue.issues : [];
}

type Bound = Pick<z.core.$ZodIssueTooSmall, "origin" | "inclusive" | "exact">;

const kinds: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

function bound(
  { origin, inclusive = true, exact = false }: Bound,
  limit: number | bigint,
  words: { readonly inclusive: string; readonly exclusive: string },
): string {
  const plural = limit === 1 ? "" : "s";
  const word = exact ? "exactly" : inclusive ? words.inclusive : words.exclusive;
  if (origin === "string") return `have ${word} ${limit} character${plural}`;
  if (origin === "array") return `have ${word} ${limit} item${plural}`;
  return `be ${word} ${limit}`;
}

/** One line of visible characters, cut between two of them. */
function plainSentence(text: string): string {
  return text
    .slice(0, sentenceCharsMax)
    .replace(/[\ud800-\udbff]$/, "")
    .replace(/\s+/g, " ")
    .replace(invisible, "?");
}

/** What would move a terminal's cursor, turn the direction of what follows, or is half a character. */
const invisible = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function valueAt(message: unknown, path: readonly PropertyKey[]): unknown {
  let value = message;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
