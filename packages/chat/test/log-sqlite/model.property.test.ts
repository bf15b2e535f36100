// The log in SQLite against the log in memory: whatever is asked of both in one order, they answer
// alike. Windows so small that pages come from memory, from the files, and from both in turn.

import { afterAll, expect, test } from "bun:test";
import fc from "fast-check";
import { createMemoryLog } from "../../src/log-memory/memory-log.ts";
import type { Draft, LogRequest, LogResult, ReadRange } from "../../src/room-log.ts";
import { parseQuery } from "../../src/search/query.ts";
import { keyOf } from "../chat-fixture.ts";
import { DrivenLog, dataDirectory, removeDirectories } from "./driven-log.ts";

afterAll(removeDirectories);

const rooms = ["a", "b", "@jun+mina"];
const people = ["mina", "jun", "ara"];
const words = ["배포", "채팅서버", "deploy", "@jun", "done 👍", "가나다"];

const room = fc.constantFrom(...rooms);
const account = fc.constantFrom(...people);
const text = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
  .map((all) => all.join(" "));
const target = fc.integer({ min: 1, max: 12 });
const cid = fc.option(fc.constantFrom("c1", "c2", "c3"), { nil: undefined });

const draft: fc.Arbitrary<Draft> = fc
  .record({ room, from: account, at: fc.integer({ min: 0, max: 99 }) })
  .chain((stamp) =>
    fc.oneof(
      {
        weight: 6,
        arbitrary: text.map((said): Draft => ({ type: "message", ...stamp, text: said })),
      },
      {
        weight: 1,
        arbitrary: text.map((said): Draft => ({ type: "topic", ...stamp, topic: said })),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(target, text)
          .map(([about, said]): Draft => ({ type: "edit", ...stamp, target: about, text: said })),
      },
      {
        weight: 1,
        arbitrary: target.map((about): Draft => ({ type: "redaction", ...stamp, target: about })),
      },
      {
        weight: 3,
        arbitrary: fc.tuple(target, fc.constantFrom("👍", "🎉"), fc.boolean()).map(
          ([about, emoji, removed]): Draft => ({
            type: "reaction",
            ...stamp,
            target: about,
            emoji,
            ...(removed && { removed }),
          }),
        ),
      },
    ),
  );

const range: fc.Arbitrary<ReadRange> = fc.oneof(
  fc.integer({ min: 0, max: 15 }).map((after) => ({ after })),
  fc.oneof(fc.integer({ min: 0, max: 15 }), fc.constant(Number.MAX_SAFE_INTEGER)).map((before) => ({
    before,
  })),
  fc.integer({ min: 0, max: 15 }).map((around) => ({ around })),
);

const request: fc.Arbitrary<LogRequest<number>> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(draft, cid).map(
      ([made, id]): LogRequest<number> => ({
        kind: "append",
        room: keyOf(made.room),
        account: made.from,
        cid: id,
        draft: made,
        tag: 0,
      }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(room, range, fc.integer({ min: 1, max: 8 })).map(
      ([name, asked, entriesMax]): LogRequest<number> => ({
        kind: "read",
        room: keyOf(name),
        range: asked,
        entriesMax,
        bytesMax: 100_000,
        asker: 1,
        tag: 0,
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(room, account, fc.integer({ min: 0, max: 9 }), fc.boolean()).map(
      ([name, who, seq, mayAdd]): LogRequest<number> => ({
        kind: "mark",
        room: keyOf(name),
        account: who,
        seq,
        mayAdd,
        tag: 0,
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(room, account, fc.constantFrom("c1", "c2", "c3")).map(
      ([name, who, given]): LogRequest<number> => ({
        kind: "recall",
        room: keyOf(name),
        account: who,
        cid: given,
        tag: 0,
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: account.map(
      (who): LogRequest<number> => ({
        kind: "inbox",
        account: who,
        after: "",
        roomsMax: 9,
        asker: 1,
        tag: 0,
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...words), fc.subarray(rooms), fc.option(account))
      .map(([query, where, own]): LogRequest<number> => {
        const parsed = parseQuery(query);
        const filters = { from: null, since: null, until: null, before: null };
        return {
          kind: "search",
          rooms: where.map(keyOf),
          conversationsOf: own,
          terms: parsed.ok ? parsed.terms : [],
          ...filters,
          entriesMax: 50,
          bytesMax: 100_000,
          place: null,
          asker: 1,
          tag: 0,
        };
      }),
  },
);

/** Marks above what is there are the hub's to refuse. */
function isOfBoth(asked: LogRequest<number>, heads: Map<string, number>): boolean {
  return asked.kind !== "mark" || asked.seq <= (heads.get(asked.room) ?? 0);
}

/** What both must agree on: epochs are each log's own, the order of one moment is not promised. */
function comparable(result: LogResult<number>) {
  if (result.kind === "inbox") {
    return { ...result, tag: 0, rooms: result.rooms.map((unread) => ({ ...unread, epoch: "" })) };
  }
  if (result.kind !== "found") return { ...result, tag: 0 };
  const place = ({ room: name, seq }: { room: string; seq: number }) => `${name} ${seq + 1_000}`;
  const sorted = [...result.entries].sort((one, other) => (place(one) < place(other) ? -1 : 1));
  return { kind: result.kind, entries: sorted };
}

test("answers like the log in memory, whatever is asked", async () => {
  const { seed = Date.now() } = fc.readConfigureGlobal();
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 20, maxLength: 60 }), async (requests) => {
      const answers: LogResult<number>[] = [];
      const model = createMemoryLog<number>({ memoryLogBytes: 1e9, epoch: "e" })((result) => {
        answers.push(result);
      });
      const recent = { recentEntries: 6, recentRoomBytes: 4_000, recentBytes: 6_000 };
      const driven = new DrivenLog(dataDirectory(), recent);
      const heads = new Map<string, number>();
      for (const asked of requests.filter((one) => isOfBoth(one, heads))) {
        if (!isOfBoth(asked, heads)) continue;
        model.submit(asked);
        model.commit();
        const expected = answers.at(-1) as LogResult<number>;
        if (expected.kind === "appended" && asked.kind === "append") {
          heads.set(asked.room, Math.max(heads.get(asked.room) ?? 0, expected.entry.seq));
        }
        expect(comparable(await driven.ask(asked))).toEqual(comparable(expected) as never);
      }
      await driven.log.close();
    }),
    { seed, numRuns: 60 },
  );
}, 60_000);
