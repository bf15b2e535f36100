import { expect, test } from "bun:test";
import fc from "fast-check";
import { bytesOf } from "../../test/bytes.ts";
import { type Golden, goldenCommands, goldenEvents, goldenReplies } from "../../test/golden.ts";
import { chatProtocol } from "../chat/mod.ts";
import type { Codec, MessageSchema, WireMessage } from "./codec.ts";
import { fieldOf } from "./describe-issue.ts";

type Json = Record<string, unknown>;
type Mutation = { key: string; value: unknown; remove: boolean };

/** Values at and around the bounds of the schemas, and of every other type. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 2 ** 53, 1e308, "", [], {}),
  fc.constantFrom<unknown>("x".repeat(64), "x".repeat(65), "x".repeat(256), "x".repeat(257)),
  fc.constantFrom<unknown>("\ud800", "\u0000", "a\nb", "a\tb", "\u0085", "\u007f", "가", "👋"),
  fc.constantFrom<unknown>([1], ["1"], [1, null], Array(16).fill(1), Array(17).fill(1), [[]]),
  fc.constantFrom<unknown>("x".repeat(8192), "x".repeat(8193), 1000, 1001, "fsync", { from: 1 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const mutationOf = (fields: readonly string[]): fc.Arbitrary<Mutation> =>
  fc.record({
    key: fc.oneof(fc.constantFrom(...fields), fc.constantFrom("__proto__", "extra", "constructor")),
    value: oddValue,
    remove: fc.boolean(),
  });

function mutate(message: Json, mutations: readonly Mutation[]): Json {
  const entries = new Map(Object.entries(message));
  for (const { key, value, remove } of mutations) {
    if (key === "type") continue;
    if (remove) entries.delete(key);
    else entries.set(key, value);
  }
  // Through text, so that "__proto__" is a key like any other, as it is in a payload.
  const members = [...entries].map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  return JSON.parse(`{${members.join(",")}}`);
}

function agrees<M extends WireMessage>(
  codec: Codec<M>,
  schemas: readonly MessageSchema[],
  list: readonly Golden[],
): void {
  for (const { payload } of list) {
    const original: Json = JSON.parse(payload);
    const schema = schemas.find((candidate) => candidate.shape.type.value === original.type);
    if (schema === undefined) throw new Error(`no schema of ${payload}`);
    const mutations = fc.array(mutationOf(Object.keys(schema.shape)), { maxLength: 3 });
    fc.assert(
      fc.property(mutations, (changes) => {
        const value = mutate(original, changes);
        const plain = schema.safeParse(value);
        const decoded = codec.decode(bytesOf(JSON.stringify(value)));
        expect(decoded.ok).toBe(plain.success);
        if (decoded.ok && plain.success) {
          expect(decoded.message as WireMessage).toEqual(plain.data as WireMessage);
        } else if (!decoded.ok && !plain.success) {
          const issue = plain.error.issues[0];
          if (issue !== undefined) expect(decoded.fault.field).toBe(fieldOf(issue));
        }
      }),
      { numRuns: 150 },
    );
  }
}

test("compiled and plain schemas of commands judge alike, down to the field that is named", () => {
  agrees(chatProtocol.client, chatProtocol.schemas.client, goldenCommands);
});

test("compiled and plain schemas of replies and events judge alike", () => {
  const list = [...goldenReplies, ...goldenEvents];
  agrees(chatProtocol.server, chatProtocol.schemas.server, list);
});

test("what is accepted is encoded and decoded again without a change", () => {
  const text = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 80 })
    .filter((candidate) => !/[^\P{C}\n\t]/u.test(candidate));
  fc.assert(
    fc.property(fc.integer({ min: 1 }), text, text, (id, room, said) => {
      const message = { type: "send", id, room, text: said } as const;
      const decoded = chatProtocol.client.decode(bytesOf(JSON.stringify(message)));
      if (decoded.ok) expect(decoded.message).toEqual(message);
      else expect(decoded.fault.field).toBe("room");
    }),
    { numRuns: 500 },
  );
});
