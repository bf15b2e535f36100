// What a peer may learn of a message that broke a rule: which field, and one sentence for a person.
// Owns the wording; never passes on zod's text, and echoes no more than a cut and plain field name.

import type { z } from "zod";

/** Field names of peers are echoed back cut: an error must not amplify what caused it. */
const fieldCharsMax = 64;

/** The offending field's path, dotted: `text`, `versions.0`, or the unknown key itself. */
export function fieldOf(issue: z.core.$ZodIssue): string {
  const extra = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...extra].map(String).join(".");
  return path.slice(0, fieldCharsMax).replace(/[^\w.$-]/g, "?");
}

/** One sentence about the first rule that `message` broke. */
export function explain(issue: z.core.$ZodIssue, message: unknown): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return "this field is not known here";
    case "invalid_type":
      if (valueAt(message, issue.path) === undefined) return "this field is missing";
      return `this field must be ${kinds[issue.expected] ?? "of another type"}`;
    case "too_small":
      return `this field must ${bound(issue.origin, "at least", issue.minimum)}`;
    case "too_big":
      return `this field must ${bound(issue.origin, "at most", issue.maximum)}`;
    default:
      return "this field breaks its rule";
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

function bound(origin: string, word: "at least" | "at most", limit: number | bigint): string {
  const plural = limit === 1 ? "" : "s";
  if (origin === "string") return `have ${word} ${limit} character${plural}`;
  if (origin === "array") return `have ${word} ${limit} item${plural}`;
  return `be ${word} ${limit}`;
}

function valueAt(message: unknown, path: readonly PropertyKey[]): unknown {
  let value = message;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
