// Every number that a server may set has a range, and every string that a client gives back has a
// form: a sweep over the schemas, and odd numbers at every place of every golden message.

import { describe, expect, test } from "bun:test";
import { chatProtocol, sendRateMin, textBytesMin } from "../src/chat/mod.ts";
import goldenEvents from "./golden/events.json" with { type: "json" };
import goldenReplies from "./golden/replies.json" with { type: "json" };

interface Schema {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}
type Leaf = readonly [path: string, schema: Schema];

function leavesOf(schema: Schema, path: string): Leaf[] {
  const { properties = {}, items, anyOf = [], oneOf = [] } = schema;
  return [
    [path, schema],
    ...Object.entries(properties).flatMap(([key, each]) => leavesOf(each, `${path}.${key}`)),
    ...(items === undefined ? [] : leavesOf(items, `${path}[]`)),
    ...[...anyOf, ...oneOf].flatMap((each) => leavesOf(each, path)),
  ];
}

const leaves = chatProtocol.schemas.server.flatMap((schema) =>
  leavesOf(schema.toJSONSchema({ io: "output" }) as Schema, schema.shape.type.value),
);
const numbers = leaves.filter(([, { type }]) => type === "integer" || type === "number");

test("every number of a server has a least and a most", () => {
  expect(numbers.length).toBeGreaterThan(60);
  const open = numbers.filter(([, { minimum = -1, maximum = Number.POSITIVE_INFINITY }]) => {
    return minimum < 0 || maximum > Number.MAX_SAFE_INTEGER;
  });
  expect(open.map(([path]) => path)).toEqual([]);
});

test.each(["welcome.session", "joined.epoch", "conversations.rooms[].epoch", "page.next"])(
  "%s, which a client gives back, is bounded",
  (path) => {
    const found = leaves.filter(([each]) => each === path);
    expect(found).toHaveLength(1);
    expect(found[0]?.[1].maxLength).toBeGreaterThan(0);
  },
);

type Json = Readonly<Record<string, unknown>>;

/** The paths of the numbers in a message, `limits.textBytes`, `entries.0.seq`. */
function pathsOf(value: unknown, path = ""): string[] {
  if (typeof value === "number") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, path === "" ? key : `${path}.${key}`),
  );
}

/** The message as JSON, with other JSON at the place; null: without it. */
function withAt(message: Json, path: string, json: string | null): string {
  const copy = structuredClone(message);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const holder = keys.reduce<Json>((value, key) => value[key] as Json, copy) as Record<
    string,
    unknown
  >;
  if (json === null) delete holder[last];
  else holder[last] = "\u0001";
  return JSON.stringify(copy).replace('"\\u0001"', json ?? "");
}

const oddNumbers = [
  ...["0", "-0", "-1", "1", "0.5", "-0.5", "1e-9", "2147483648", "9007199254740992"],
  ...["-9007199254740992", "1e308", "1e999", "-1e999", null, '"1"', "null", "[]"],
];

const goldens = Object.values({ ...goldenReplies, ...goldenEvents }).map(
  (text) => JSON.parse(text) as Json & { readonly type: string },
);

describe.each(goldens.map((message) => [message.type, message] as const))(
  "%s",
  (_type, message) => {
    test("an odd number is held to its range, or its field is named", () => {
      for (const path of pathsOf(message)) {
        for (const json of oddNumbers) {
          const decoded = chatProtocol.server.decode(Buffer.from(withAt(message, path, json)));
          if (!decoded.ok) {
            expect([path, json, decoded.fault.field]).toEqual([path, json, path]);
            continue;
          }
          const values = pathsOf(decoded.message).map((each) =>
            each.split(".").reduce<unknown>((value, key) => (value as Json)[key], decoded.message),
          );
          for (const value of values) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
          }
          expect(chatProtocol.server.parse(decoded.message)).toEqual(decoded.message);
        }
      }
    });
  },
);

const welcome = JSON.parse(goldenReplies.welcome) as Json;
const read = (path: string, json: string) =>
  chatProtocol.server.decode(Buffer.from(withAt(welcome, path, json)));
const limitOf = (name: string, json: string) => {
  const decoded = read(`limits.${name}`, json);
  if (!decoded.ok) return decoded.fault;
  return (decoded.message as unknown as { limits: Json }).limits[name];
};

test.each<[name: string, json: string, taken: number]>([
  ["sendRate", "0", 0],
  ["sendRate", "1e-9", sendRateMin],
  ["sendRate", "-1", sendRateMin],
  ["sendRate", `${sendRateMin}`, sendRateMin],
  ["sendRate", "0.25", 0.25],
  ["sendRate", "1e999", 2_147_483_647],
  ["sendBurst", "0", 1],
  ["sendBurst", "2.5", 3],
  ["inflight", "0", 1],
  ["inflight", "65537", 65_536],
  ["historyPage", "-1", 1],
  ["historyPage", "1001", 1_000],
  ["roomsPerSession", "0", 1],
  ["textBytes", `${textBytesMin}`, textBytesMin],
  ["textBytes", "8193", 8_192],
  ["frameBytes", "4096", 4_096],
  ["frameBytes", "1048577", 1_048_576],
])("limits.%s of %p is taken for %p", (name, json, taken) => {
  expect(limitOf(name, json)).toEqual(taken);
});

test.each([
  ["textBytes", textBytesMin],
  ["frameBytes", 4_096],
])("limits.%s below %p is refused, and named", (name, least) => {
  for (const json of ["0", "-1", "3", String(least - 1), "1e-9", "-1e999"]) {
    expect(limitOf(name, json)).toMatchObject({ field: `limits.${name}` });
  }
});
