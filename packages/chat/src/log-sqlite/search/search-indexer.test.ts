import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { SearchStage } from "./test/search-stage.ts";

let stage: SearchStage;
beforeEach(() => {
  stage = new SearchStage();
});
afterEach(() => stage.close());

/** Ids of all documents in the file, whatever they say. */
function documents(): number[] {
  const index = new Database(stage.path, { readonly: true });
  const rows = index.query<{ id: number }, []>("SELECT rowid AS id FROM doc ORDER BY rowid").all();
  index.close();
  return rows.map(({ id }) => id % 2 ** 32);
}

describe("the indexer", () => {
  test("goes on in bounded steps, and is done when it says so", () => {
    for (let n = 0; n < 25; n += 1) stage.say("a", `word${n}`);
    for (let n = 0; n < 5; n += 1) stage.say("b", `word${n}`);
    const indexer = stage.indexer("one", { entriesMax: 10, unitsMax: 1000 });
    const steps = [indexer.step(), indexer.step(), indexer.step(), indexer.step()];
    expect(steps[0]).toEqual({ indexed: 10, isBehind: true, rebuilt: false });
    expect(steps.reduce((sum, { indexed }) => sum + indexed, 0)).toBe(30);
    expect(steps.at(-1)?.isBehind).toBe(false);
    expect(indexer.step()).toEqual({ indexed: 0, isBehind: false, rebuilt: false });
    expect(documents()).toHaveLength(30);
  });

  test("ends a step when it has read much text, whatever the number of entries", () => {
    for (let n = 0; n < 6; n += 1) stage.say("a", "long ".repeat(100));
    const indexer = stage.indexer("one", { entriesMax: 100, unitsMax: 900 });
    expect(indexer.step()).toEqual({ indexed: 2, isBehind: true, rebuilt: false });
    expect(stage.index()).toBe(2);
    expect(documents()).toHaveLength(6);
  });

  test("goes on where it was when it is opened again", () => {
    for (let n = 0; n < 20; n += 1) stage.say("a", `word${n}`);
    stage.indexer("one", { entriesMax: 10, unitsMax: 1000 }).step();
    const next = stage.indexer();
    expect(next.step()).toEqual({ indexed: 10, isBehind: false, rebuilt: false });
    expect(stage.indexer().step().indexed).toBe(0);
  });

  test("merges its parts when it has time, and finds the same", () => {
    const indexer = stage.indexer("one", { entriesMax: 5, unitsMax: 1000 });
    for (let n = 0; n < 60; n += 1) stage.say("a", `word${n % 6}`);
    stage.index();
    const found = stage.find("word3");
    expect(indexer.tidy()).toBe(true);
    while (indexer.tidy());
    expect(indexer.tidy()).toBe(false);
    expect(stage.find("word3")).toEqual(found);
    expect(found).toHaveLength(10);
  });

  test("deletes what was redacted and what retention has dropped, in bounded steps too", () => {
    for (let n = 0; n < 40; n += 1) stage.say("a", `word${n}`);
    stage.index();
    stage.redact("a", 35);
    stage.redact("a", 3);
    stage.drop("a", 31);
    const indexer = stage.indexer("one", { entriesMax: 12, unitsMax: 1000 });
    indexer.step();
    expect(documents().length).toBeGreaterThan(25);
    expect(stage.index()).toBe(2);
    expect(documents()).toEqual([31, 32, 33, 34, 36, 37, 38, 39, 40]);
    expect(stage.find("word34")).toEqual([]);
    expect(stage.find("word35")).toEqual(["a/36"]);
  });

  test("indexes a room whose oldest entries are gone, and one that is empty by now", () => {
    for (let n = 0; n < 5; n += 1) {
      stage.say("a", "word");
      stage.say("b", "word");
    }
    stage.drop("a", 4);
    stage.drop("b", 6);
    stage.index();
    expect(documents()).toEqual([4, 5]);
    expect(stage.indexer().step()).toEqual({ indexed: 0, isBehind: false, rebuilt: false });
  });

  test("forgets a room that is gone, and one that began anew", () => {
    for (let n = 0; n < 5; n += 1) {
      stage.say("a", "old");
      stage.say("b", "old");
    }
    stage.index();
    stage.run("DELETE FROM entry");
    stage.run("DELETE FROM room WHERE key = 'a'");
    stage.run("UPDATE room SET head = 0 WHERE key = 'b'");
    stage.say("b", "new");
    stage.indexer();
    stage.index();
    expect(documents()).toEqual([1]);
    expect(stage.find("new")).toEqual(["b/1"]);
  });
});

describe("the index is made anew", () => {
  beforeEach(() => {
    for (let n = 0; n < 500; n += 1) stage.say(n % 2 === 0 ? "a" : "b", `배포 word${n}`);
    stage.index();
  });

  test("when it belongs to another database, or another generation of it", () => {
    const reader = stage.reader("two");
    // Of another's index nothing is used: the tail answers.
    expect(reader.search(stage.request("word7")).entries).toHaveLength(1);
    expect(stage.indexer("two").step().indexed).toBe(500);
    expect(reader.search(stage.request("word7")).entries).toHaveLength(1);
    expect(stage.indexer("two").step().indexed).toBe(0);
  });

  test("when it has another version", () => {
    const file = new Database(stage.path);
    file.run("PRAGMA user_version = 1");
    file.close();
    expect(stage.indexer().step().indexed).toBe(500);
  });

  test("when it is no database, or there is nothing in it", () => {
    for (const content of ["nonsense ".repeat(1000), ""]) {
      stage.indexer().close();
      writeFileSync(stage.path, content);
      expect(stage.indexer().step().indexed).toBe(500);
      expect(stage.find("word7")).toEqual(["b/4"]);
    }
  });

  test("when a step meets damage, and readers go over to the new one", () => {
    const reader = stage.reader();
    const request = stage.request("word7");
    expect(reader.search(request).entries).toHaveLength(1);
    const indexer = stage.indexer();
    spoil();
    for (let n = 1; n < 500; n += 1)
      stage.edit(n % 2 === 0 ? "a" : "b", Math.ceil(n / 2), "another");
    indexer.note([1, 2]);
    let rebuilt = false;
    for (let step = { isBehind: true, rebuilt: false }; step.isBehind; rebuilt ||= step.rebuilt) {
      step = indexer.step();
    }
    expect(rebuilt).toBe(true);
    expect(documents()).toHaveLength(500);
    const found = reader.search(stage.request("another", { entriesMax: 1000 }));
    expect(found.entries).toHaveLength(499);
    expect(found.indexing).toBe(false);
  });

  test("when a reader meets damage and the writer is told", () => {
    const indexer = stage.indexer();
    const request = stage.request("배포");
    const readers = [stage.reader(), stage.reader()];
    spoil();
    for (const reader of readers) {
      expect(reader.search(request).entries).toHaveLength(50);
      expect(reader.search(request).entries).toHaveLength(50);
    }
    expect(stage.damaged).toHaveLength(2);
    for (const file of stage.damaged) {
      indexer.reportDamage(file);
      stage.index();
    }
    expect(indexer.step().indexed).toBe(0);
    for (const reader of readers) expect(reader.search(request).entries).toHaveLength(50);
    expect(stage.damaged).toHaveLength(2);
  });

  test.each(["", "-wal"])("when search.db%s was removed under the writer", (suffix) => {
    stage.index();
    rmSync(`${stage.path}${suffix}`);
    stage.say("a", "afterwards");
    stage.index();
    expect(stage.find("afterwards")).toHaveLength(1);
    expect(stage.find("word7")).toEqual(["b/4"]);
    expect(documents()).toHaveLength(501);
  });

  test("when the end of the file is gone", () => {
    stage.indexer().close();
    expect(existsSync(`${stage.path}-wal`)).toBe(false);
    truncateSync(stage.path, 8192);
    stage.indexer();
    stage.index();
    expect(stage.find("word7")).toEqual(["b/4"]);
  });

  /** Overwrites, the way a bad disk would, every page that isn't the root of a table. */
  function spoil(): void {
    const file = new Database(stage.path);
    file.run("PRAGMA wal_checkpoint(TRUNCATE)");
    const roots = file.query<{ page: number }, []>("SELECT rootpage AS page FROM sqlite_schema");
    const kept = new Set(roots.all().map(({ page }) => page));
    file.close();
    const bytes = readFileSync(stage.path);
    for (let page = 2; page * 4096 <= bytes.length; page += 1) {
      if (!kept.has(page)) bytes.fill(0xee, (page - 1) * 4096, page * 4096);
    }
    const handle = openSync(stage.path, "r+");
    writeSync(handle, bytes, 0, bytes.length, 0);
    closeSync(handle);
  }
});
