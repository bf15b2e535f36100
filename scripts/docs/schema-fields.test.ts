import { expect, test } from "bun:test";
import { fieldsOf, typeName } from "./schema-fields.ts";

test("tells each field's name, type, need and meaning, the nested ones behind theirs", () => {
  const fields = fieldsOf({
    type: "object",
    properties: {
      type: { const: "sample" },
      id: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: "number" },
      limits: {
        type: "object",
        properties: { bytes: { type: "integer" } },
        required: ["bytes"],
      },
      rooms: { type: "array", items: { type: "object", properties: { type: { type: "string" } } } },
    },
    required: ["type", "id"],
  });
  expect(fields).toEqual([
    { name: "id", type: "integer ≥ 1", required: true, about: "number" },
    { name: "limits", type: "object", required: false, about: "" },
    { name: "limits.bytes", type: "integer", required: true, about: "" },
    { name: "rooms", type: "list of objects", required: false, about: "" },
    { name: "rooms[].type", type: "string", required: false, about: "" },
  ]);
});

test("puts types and bounds into words", () => {
  const words = [
    typeName({ type: "string", minLength: 1, maxLength: 64 }),
    typeName({ type: "string", maxLength: 9 }),
    typeName({ type: "string", minLength: 2 }),
    typeName({ type: "integer", minimum: 1, maximum: 1000 }),
    typeName({ type: "number", maximum: 5 }),
    typeName({ type: "integer", minimum: Number.MIN_SAFE_INTEGER }),
    typeName({ type: "array", items: { type: "string" }, minItems: 1, maxItems: 16 }),
    typeName({ enum: ["now", "never"] }),
    typeName({ type: "boolean", const: true }),
    typeName({ type: "array", items: { oneOf: [{ properties: { type: { const: "message" } } }] } }),
  ];
  expect(words).toEqual([
    "string, 1–64 characters",
    "string, 0–9 characters",
    "string, at least 2 characters",
    "integer, 1–1000",
    "number ≤ 5",
    "integer",
    "list of strings, 1–16 items",
    '`"now"` or `"never"`',
    "`true`",
    "list of `message`",
  ]);
});
