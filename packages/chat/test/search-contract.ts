// What every room log must find, part of the contract of room-log-contract.ts.

import { expect, test } from "bun:test";
import fc from "fast-check";
import type { SearchRequest } from "../src/room-log.ts";
import type { LogBench, Result } from "./log-bench.ts";

/** What every log finds. */
export function searchContract(start: (bytesMax?: number) => Promise<LogBench>): void {
  test("finds what the rooms hold, and its own conversations for the account that asks", async () => {
    const bench = await start();
    await bench.say("오늘 채팅서버 배포", "the release", "나중에 배포");
    await bench.committed(bench.append("비밀 배포", { room: "@jun+mina" }));
    await bench.committed(bench.append("다른 배포", { room: "other" }));
    expect(await bench.found("배포", ["lobby"])).toEqual(["오늘 채팅서버 배포", "나중에 배포"]);
    expect((await bench.found("배포", ["lobby", "other"], "jun")).sort()).toEqual(
      ["나중에 배포", "다른 배포", "비밀 배포", "오늘 채팅서버 배포"].sort(),
    );
    expect(await bench.found("배포", [], "eve")).toEqual([]);
    expect(await bench.found("팅서", ["lobby"])).toEqual(["오늘 채팅서버 배포"]);
    expect(await bench.found("배포", ["nowhere"])).toEqual([]);
  });

  test("every match is on one page, whatever the clock said and what happens in between", async () => {
    const entry = fc.record({
      room: fc.constantFrom<string[]>("lobby", "other", "@jun+mina"),
      at: fc.integer({ min: 1_000, max: 1_006 }),
      isMatch: fc.boolean(),
    });
    const time = fc.option(fc.integer({ min: 1_000, max: 1_006 }), { freq: 3 });
    const asked = fc.record({
      where: fc.constantFrom<string[][]>(["lobby"], ["lobby", "other"]),
      own: fc.option(fc.constant("jun")),
      since: time,
      until: time,
      entriesMax: fc.integer({ min: 1, max: 5 }),
    });
    const property = fc.asyncProperty(
      fc.array(entry, { maxLength: 25 }),
      fc.array(entry, { maxLength: 10 }),
      asked,
      async (before, meanwhile, { where, ...wanted }) => {
        const bench = await start();
        const expected: string[] = [];
        for (const { room, at, isMatch } of before) {
          const told = await bench.committed(bench.append(isMatch ? "hit" : "miss", { room, at }));
          const isAsked = where.includes(room) || (room.startsWith("@") && wanted.own !== null);
          const isInTime = at >= (wanted.since ?? 0) && at <= (wanted.until ?? at);
          if (isMatch && isAsked && isInTime) expected.push(`${room}/${told.entry.seq}`);
        }
        const found: string[] = [];
        let place: SearchRequest["place"] = null;
        do {
          const page: Result<"found"> = await bench.search("hit", {
            rooms: where,
            ...wanted,
            place,
          });
          found.push(...page.entries.map(({ room, seq }) => `${room}/${seq}`));
          place = page.next;
          const said = meanwhile.pop();
          if (said !== undefined) await bench.committed(bench.append("hit", said));
        } while (place !== null);
        expect(new Set(found).size).toBe(found.length);
        expect(expected.filter((one) => !found.includes(one))).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 25 });
  }, 60_000);
}
