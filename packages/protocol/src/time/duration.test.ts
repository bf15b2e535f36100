// Every duration on the wire has bounds, and a peer that leaves them is taken at its nearest word.

import { expect, test } from "bun:test";
import * as z from "zod";
import { bytesOf } from "../../test/bytes.ts";
import { goldenPayloads } from "../../test/golden.ts";
import { chatProtocol } from "../chat/mod.ts";
import { createJsonCodec } from "../codec/codec.ts";
import type { MessageSchema } from "../mod.ts";
import { boundMs, durationMs } from "./duration.ts";
import { timerMsMax } from "./timer.ts";

interface Field {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly items?: Field;
  readonly oneOf?: readonly Field[];
}

/** Names of fields whose unit is a span of time. */
const isDuration = (name: string) => /(Ms|Secs?|Seconds|Minutes|Hours|Days)$/.test(name);

function durationsIn(schema: Field, path: readonly string[] = []): [string[], Field][] {
  const inner = [...(schema.oneOf ?? []), ...(schema.items === undefined ? [] : [schema.items])];
  return [
    ...inner.flatMap((variant) => durationsIn(variant, path)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]): [string[], Field][] => [
      ...(isDuration(name) ? [[[...path, name], field] as [string[], Field]] : []),
      ...durationsIn(field, [...path, name]),
    ]),
  ];
}

const schemas: readonly MessageSchema[] = [
  ...chatProtocol.schemas.client,
  ...chatProtocol.schemas.server,
];
const durations = schemas.flatMap((schema) =>
  durationsIn(schema.toJSONSchema() as Field).map(
    ([path, field]) => [schema.shape.type.value, path.join("."), field] as const,
  ),
);

test("the sweep finds the durations there are", () => {
  const found = durations.map(([type, path]) => `${type}.${path}`);
  expect(found).toEqual(
    expect.arrayContaining(["welcome.heartbeatMs", "error.retryAfterMs", "close.afterMs"]),
  );
});

/** A message of this type as a peer writes it, with `number` in the place of the field. */
function withNumber(type: string, path: string, number: string): Uint8Array {
  const golden = goldenPayloads.find(({ payload }) => JSON.parse(payload).type === type);
  if (golden === undefined) throw new Error(`no golden message of the type ${type}`);
  const message = { ...JSON.parse(golden.payload), [path]: "NUMBER" };
  return bytesOf(JSON.stringify(message).replace('"NUMBER"', number));
}

test.each(durations)("%s.%s is bounded, at both sides", (type, path, { minimum, maximum }) => {
  const [min, max] = [minimum ?? Number.NaN, maximum ?? Number.NaN];
  expect(min).toBeGreaterThanOrEqual(0);
  expect(max).toBeLessThanOrEqual(timerMsMax);
  const read = (number: string) => {
    const decoded = chatProtocol.server.decode(withNumber(type, path, number));
    if (!decoded.ok) return decoded.fault.message;
    return (decoded.message as unknown as Record<string, unknown>)[path];
  };
  const cases: [string, number][] = [
    [String(min), min],
    [String(min - 1), min],
    ["-1e300", min],
    [String(max - 1), max - 1],
    [String(max), max],
    [String(max + 1), max],
    [String(2 ** 31), max],
    ["9007199254740993", max],
    ["1e300", max],
    ["1e999", max],
    ["-1e999", min],
    [String(min + 0.5), min + 1],
    [String(max + 0.5), max],
  ];
  for (const [number, taken] of cases) expect([number, read(number)]).toEqual([number, taken]);
  for (const wrong of ['"1000"', "true", "[1]", "{}"]) {
    expect(read(wrong)).toBe("this field must be a number");
  }
});

test("a field of time takes the nearest whole number that it allows", () => {
  const codec = createJsonCodec([z.object({ type: z.literal("x"), waitMs: durationMs(10, 20) })]);
  for (const [given, taken] of [
    [9, 10],
    [10, 10],
    [10.1, 11],
    [20, 20],
    [21, 20],
  ] as const) {
    expect(boundMs(given, 10, 20)).toBe(taken);
    const decoded = codec.decode(bytesOf(JSON.stringify({ type: "x", waitMs: given })));
    expect(decoded).toMatchObject({ ok: true, message: { waitMs: taken } });
  }
});
