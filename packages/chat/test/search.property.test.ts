// The index against the naive search: over random rooms of random texts that are said, edited,
// redacted and dropped, whatever part of it is indexed, both find the same.

import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Found } from "../src/log-sqlite/search/search-entries.ts";
import type { SearchRequest } from "../src/room-log.ts";
import { matches } from "../src/search/matches.ts";
import { parseQuery } from "../src/search/query.ts";
import { SearchFixture } from "./log-sqlite/search-fixture.ts";

const seed = 20_260_815;

const words = [
  ...[
    "deploy",
    "deployment",
    "Deep",
    "the",
    "and",
    "or",
    "near",
    "u61",
    "Straße",
    "v2",
    "👍🏽",
    "🇰🇷",
  ],
  ...[
    "배포",
    "재배포",
    "배",
    "서버",
    "서",
    "채팅서버",
    "배".normalize("NFD"),
    "漢字",
    "漢",
    "字",
    "かな",
  ],
  ...["ครับ", "नमस्ते", "مرحبا", "〰", "e-mail", "ㅋㅋㅋ", "§61", '"', "*", "*", " ", "  ", ", "],
];
const piece = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 4 }) },
);
const text = fc
  .array(fc.tuple(piece, fc.constantFrom("", " ", " ")), { minLength: 1, maxLength: 7 })
  .map((pieces) => pieces.flat().join(""));
const query = fc
  .array(fc.tuple(piece, fc.constantFrom("", " ", " ", '"')), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.flat().join(""));

const room = fc.constantFrom("a", "b", "c", "d", "e", "f", "@ann+ben");
const account = fc.constantFrom("ann", "ben", "마루");
const act = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("say" as const), room, account, text }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("edit" as const), room, at: fc.nat(), text }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("redact" as const), room, at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drop" as const), room, at: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("index" as const), room }) },
);

interface Said {
  readonly account: string;
  text: string | null;
}

class World {
  readonly fixture = new SearchFixture();
  /** By room, then seq - 1; null where there is no message. */
  readonly #said = new Map<string, (Said | null)[]>();
  /** `room/seq` in the order of their times. */
  readonly #order: string[] = [];

  do(what: typeof act extends fc.Arbitrary<infer T> ? T : never): void {
    const said = this.#said.get(what.room) ?? [];
    this.#said.set(what.room, said);
    if (what.do === "index") {
      this.fixture
        .indexer("one", { entriesMax: 3, unitsMax: 100 })
        .note([this.fixture.room(what.room)]);
      return void this.fixture.index();
    }
    if (what.do === "say") {
      const seq = this.fixture.say(what.room, what.text, what.account);
      said.push({ account: what.account, text: what.text });
      return void this.#order.push(`${what.room}/${seq}`);
    }
    if (said.length === 0) return;
    const place = what.at % said.length;
    const message = said[place] ?? null;
    if (what.do === "drop") {
      this.fixture.drop(what.room, place + 1);
      said.fill(null, 0, place);
      return;
    }
    if (message === null || message.text === null) return;
    if (what.do === "edit") this.fixture.edit(what.room, place + 1, what.text);
    else this.fixture.redact(what.room, place + 1);
    message.text = what.do === "edit" ? what.text : null;
    said.push(null);
  }

  naive(asked: string, rooms: readonly string[], from: string | null): string[] | null {
    const parsed = parseQuery(asked);
    if (!parsed.ok) return null;
    return this.#order.filter((place) => {
      const [key = "", seq = ""] = place.split("/");
      const said = this.#said.get(key)?.[Number(seq) - 1] ?? null;
      if (said === null || said.text === null || !rooms.includes(key)) return false;
      return (from === null || said.account === from) && matches(said.text, parsed.terms);
    });
  }
}

test("every match is on one page, whatever the clock said and the index does in between", () => {
  const said = fc.record({
    room,
    stepMs: fc.constantFrom(0, 0, 1, 60_000, -1, -7_200_000),
    isMatch: fc.boolean(),
  });
  const meanwhile = fc.constantFrom("index", "say", "rebuild", "edit", "nothing");
  const property = fc.property(
    fc.array(said, { minLength: 1, maxLength: 40 }),
    fc.nat(40),
    fc.array(meanwhile, { maxLength: 12 }),
    fc.record({
      rooms: fc.uniqueArray(room, { minLength: 1, maxLength: 7 }),
      entriesMax: fc.integer({ min: 1, max: 6 }),
    }),
    (lines, indexed, between, wanted) => {
      const fixture = new SearchFixture();
      try {
        const expected: string[] = [];
        for (const [index, { room: key, stepMs, isMatch }] of lines.entries()) {
          fixture.stepMs = stepMs;
          const seq = fixture.say(key, isMatch ? "a needle here" : "nothing here");
          if (isMatch && wanted.rooms.includes(key)) expected.push(`${key}/${seq}`);
          if (index === indexed) fixture.index();
        }
        const found = searched(fixture, wanted, between);
        expect(new Set(found).size).toBe(found.length);
        expect(expected.filter((one) => !found.includes(one))).toEqual([]);
      } finally {
        fixture.close();
      }
    },
  );
  fc.assert(property, { seed, numRuns: 150 });
}, 60_000);

/** What all pages have found, while between them something happens. */
function searched(
  fixture: SearchFixture,
  wanted: { rooms: readonly string[]; entriesMax: number },
  between: string[],
): string[] {
  const found: string[] = [];
  const reader = fixture.reader();
  let place: SearchRequest["place"] = null;
  do {
    const page: Found = reader.search(fixture.request("needle", { ...wanted, place }));
    found.push(...page.entries.map(({ room: name, seq }) => `${name}/${seq}`));
    place = page.next;
    const what = between.pop();
    const [first = ""] = wanted.rooms;
    if (what === "index") fixture.index();
    else if (what === "say") fixture.say(first, "a late needle");
    else if (what === "rebuild") {
      // The first one deletes the index of the other database; nothing is indexed yet.
      fixture.indexer("two");
      fixture.indexer("one");
    } else if (what === "edit" && found.length > 0) {
      const [key = "", seq = ""] = (found[0] as string).split("/");
      fixture.edit(key, Number(seq), "still a needle");
    }
  } while (place !== null);
  return found;
}

test("the index finds what a naive search finds, whatever happened and whatever it has seen", () => {
  const asks = fc.array(
    fc.record({
      query,
      rooms: fc.uniqueArray(room, { maxLength: 7 }),
      from: fc.option(account),
      entriesMax: fc.constantFrom(2, 100),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const property = fc.property(
    fc.array(act, { minLength: 1, maxLength: 40 }),
    asks,
    (acts, requests) => {
      const world = new World();
      try {
        for (const what of acts) world.do(what);
        for (const { query: asked, rooms, from, entriesMax } of requests) {
          const expected = world.naive(asked, rooms, from);
          if (expected === null) continue;
          const found = world.fixture.find(asked, { rooms, from, entriesMax });
          expect(found).toEqual(expected.slice(-entriesMax));
        }
      } finally {
        world.fixture.close();
      }
    },
  );
  fc.assert(property, { seed, numRuns: 150 });
}, 60_000);
