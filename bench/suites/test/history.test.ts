// The room must hold what the benchmark claims, and its questions must notice where it doesn't.

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { SeededRandom } from "@maru/testkit";
import { createScratchDir } from "../../harness/places.ts";
import type { RunningServer } from "../../harness/server.ts";
import { startMaru } from "../../harness/server.ts";
import { WireClient } from "../../harness/wire-client.ts";
import { generousRates } from "../../servers/maru.ts";
import {
  type Ask,
  type Entry,
  measureAsks,
  newestPage,
  pageAnywhere,
  searches,
} from "../history/asks.ts";
import { untilIndexed } from "../history/cached-room.ts";
import { english, korean, roomName, saidOf, senders, wordsPerLanguage } from "../history/said.ts";
import { writeRoom } from "../history/write-room.ts";

const entries = 2_500;
const many = (make: () => Ask): Ask[] => Array.from({ length: 12 }, make);

describe("what is said", () => {
  test("is the same each time, by all senders, in both languages", () => {
    expect(saidOf(1234)).toEqual(saidOf(1234));
    const said = Array.from({ length: entries }, (_, index) => saidOf(index + 1));
    expect(new Set(said.map(({ from }) => from))).toEqual(new Set(senders));
    const words = said.flatMap((each) => each.words);
    const koreanShare = words.filter((word) => word.language === "korean").length / words.length;
    expect(koreanShare).toBeGreaterThan(0.4);
    expect(koreanShare).toBeLessThan(0.6);
  });

  test("has words as much rarer as their rank says", () => {
    for (const { words, drawRank } of [english, korean]) {
      expect(new Set(words).size).toBe(wordsPerLanguage);
      const random = new SeededRandom(3);
      const ranks = Array.from({ length: 50_000 }, () => drawRank(random));
      const timesOf = (rank: number) => ranks.filter((drawn) => drawn === rank).length;
      expect(timesOf(0) / timesOf(9)).toBeGreaterThan(7);
      expect(timesOf(0) / timesOf(9)).toBeLessThan(14);
    }
  });
});

describe("the room under a server", () => {
  const scratch = createScratchDir();
  let server: RunningServer;
  let client: WireClient;

  beforeAll(async () => {
    await writeRoom(scratch.path, entries, () => {});
    server = await startMaru({
      ...generousRates,
      data: scratch.path,
      "read-rate-bytes": "1000000000",
    });
    client = await WireClient.greet(server.port, "asker");
    await client.ask({ type: "join", room: roomName });
    await untilIndexed(client, entries);
  });
  afterAll(async () => {
    await server.stop();
    scratch.remove();
  });

  test("has every page as it was written", async () => {
    const random = new SeededRandom(11);
    const asks = [newestPage(entries), ...many(() => pageAnywhere(entries, random))];
    expect(await measureAsks(client, asks, 4)).toMatchObject({ count: asks.length });
  });

  test.each(Object.entries(searches))("finds what is looked for: %s", async (_, make) => {
    const random = new SeededRandom(12);
    const asks = many(() => make(entries, random));
    expect(await measureAsks(client, asks, 1)).toMatchObject({ count: asks.length });
  });
});

test("a wrong answer is noticed", () => {
  const page = newestPage(100);
  const right: Entry[] = Array.from({ length: 50 }, (_, index) => ({
    seq: 51 + index,
    ...saidOf(51 + index),
  }));
  page.check(right);
  expect(() => page.check(right.slice(1))).toThrow("49 entries");
  expect(() => page.check(right.toSpliced(10, 1, ...right.slice(10, 12)))).toThrow("51 entries");
  expect(() => newestPage(101).check(right)).toThrow("it begins at 51");
  const search = searches["by a sender"]?.(100, new SeededRandom(1));
  expect(() => search?.check([])).toThrow("nothing was found");
  expect(() => search?.check([{ seq: 1, from: "stranger", text: "" }])).toThrow("was found");
});
