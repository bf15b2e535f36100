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
import { SearchFixture } from "../../../test/log-sqlite/search-fixture.ts";

let fixture: SearchFixture;
beforeEach(() => {
  fixture = new SearchFixture();
});
afterEach(() => fixture.close());

/** Ids of all documents in the file, whatever they say. */
function documents(): number[] {
  const index = new Database(fixture.path, { readonly: true });
  const rows = index.query<{ id: number }, []>("SELECT rowid AS id FROM doc ORDER BY rowid").all();
  index.close();
  return rows.map(({ id }) => id % 2 ** 32);
}

describe("the indexer", () => {
  test("goes on in bounded steps, and is done when it says so", () => {
    for (let n = 0; n < 25; n += 1) fixture.say("a", `word${n}`);
    for (let n = 0; n < 5; n += 1) fixture.say("b", `word${n}`);
    const indexer = fixture.indexer("one", { entriesMax: 10, unitsMax: 1000 });
    const steps = [indexer.step(), indexer.step(), indexer.step(), indexer.step()];
    expect(steps[0]).toEqual({ indexed: 10, isBehind: true, rebuilt: false });
    expect(steps.reduce((sum, { indexed }) => sum + indexed, 0)).toBe(30);
    expect(steps.at(-1)?.isBehind).toBe(false);
    expect(indexer.step()).toEqual({ indexed: 0, isBehind: false, rebuilt: false });
    expect(documents()).toHaveLength(30);
  });

  test("ends a step when it has read much text, whatever the number of entries", () => {
    for (let n = 0; n < 6; n += 1) fixture.say("a", "long ".repeat(100));
    const indexer = fixture.indexer("one", { entriesMax: 100, unitsMax: 900 });
    expect(indexer.step()).toEqual({ indexed: 2, isBehind: true, rebuilt: false });
    expect(fixture.index()).toBe(2);
    expect(documents()).toHaveLength(6);
  });

  test("goes on where it was when it is opened again", () => {
    for (let n = 0; n < 20; n += 1) fixture.say("a", `word${n}`);
    fixture.indexer("one", { entriesMax: 10, unitsMax: 1000 }).step();
    const next = fixture.indexer();
    expect(next.step()).toEqual({ indexed: 10, isBehind: false, rebuilt: false });
    expect(fixture.indexer().step().indexed).toBe(0);
  });

  test("merges its parts when it has time, and finds the same", () => {
    const indexer = fixture.indexer("one", { entriesMax: 5, unitsMax: 1000 });
    for (let n = 0; n < 60; n += 1) fixture.say("a", `word${n % 6}`);
    fixture.index();
    const found = fixture.find("word3");
    expect(indexer.tidy()).toBe(true);
    while (indexer.tidy());
    expect(indexer.tidy()).toBe(false);
    expect(fixture.find("word3")).toEqual(found);
    expect(found).toHaveLength(10);
  });

  test("deletes what was redacted and what retention has dropped, in bounded steps too", () => {
    for (let n = 0; n < 40; n += 1) fixture.say("a", `word${n}`);
    fixture.index();
    fixture.redact("a", 35);
    fixture.redact("a", 3);
    fixture.drop("a", 31);
    const indexer = fixture.indexer("one", { entriesMax: 12, unitsMax: 1000 });
    indexer.step();
    expect(documents().length).toBeGreaterThan(25);
    expect(fixture.index()).toBe(2);
    expect(documents()).toEqual([31, 32, 33, 34, 36, 37, 38, 39, 40]);
    expect(fixture.find("word34")).toEqual([]);
    expect(fixture.find("word35")).toEqual(["a/36"]);
  });

  test("indexes a room whose oldest entries are gone, and one that is empty by now", () => {
    for (let n = 0; n < 5; n += 1) {
      fixture.say("a", "word");
      fixture.say("b", "word");
    }
    fixture.drop("a", 4);
    fixture.drop("b", 6);
    fixture.index();
    expect(documents()).toEqual([4, 5]);
    expect(fixture.indexer().step()).toEqual({ indexed: 0, isBehind: false, rebuilt: false });
  });

  test("forgets a room that is gone, and one that began anew", () => {
    for (let n = 0; n < 5; n += 1) {
      fixture.say("a", "old");
      fixture.say("b", "old");
    }
    fixture.index();
    fixture.run("DELETE FROM entry");
    fixture.run("DELETE FROM room WHERE key = 'a'");
    fixture.run("UPDATE room SET head = 0 WHERE key = 'b'");
    fixture.say("b", "new");
    fixture.indexer();
    fixture.index();
    expect(documents()).toEqual([1]);
    expect(fixture.find("new")).toEqual(["b/1"]);
  });
});

describe("the index is made anew", () => {
  beforeEach(() => {
    for (let n = 0; n < 500; n += 1) fixture.say(n % 2 === 0 ? "a" : "b", `배포 word${n}`);
    fixture.index();
  });

  test("when it belongs to another database, or another generation of it", () => {
    const reader = fixture.reader("two");
    // Of another's index nothing is used: the tail answers.
    expect(reader.search(fixture.request("word7")).entries).toHaveLength(1);
    expect(fixture.indexer("two").step().indexed).toBe(500);
    expect(reader.search(fixture.request("word7")).entries).toHaveLength(1);
    expect(fixture.indexer("two").step().indexed).toBe(0);
  });

  test("when it has another version", () => {
    const file = new Database(fixture.path);
    file.run("PRAGMA user_version = 1");
    file.close();
    expect(fixture.indexer().step().indexed).toBe(500);
  });

  test("when it is no database, or there is nothing in it", () => {
    for (const content of ["nonsense ".repeat(1000), ""]) {
      fixture.indexer().close();
      writeFileSync(fixture.path, content);
      expect(fixture.indexer().step().indexed).toBe(500);
      expect(fixture.find("word7")).toEqual(["b/4"]);
    }
  });

  test("when a step meets damage, and readers go over to the new one", () => {
    const reader = fixture.reader();
    const request = fixture.request("word7");
    expect(reader.search(request).entries).toHaveLength(1);
    const indexer = fixture.indexer();
    spoil();
    for (let n = 1; n < 500; n += 1)
      fixture.edit(n % 2 === 0 ? "a" : "b", Math.ceil(n / 2), "another");
    indexer.note([1, 2]);
    let rebuilt = false;
    for (let step = { isBehind: true, rebuilt: false }; step.isBehind; rebuilt ||= step.rebuilt) {
      step = indexer.step();
    }
    expect(rebuilt).toBe(true);
    expect(documents()).toHaveLength(500);
    const found = reader.search(fixture.request("another", { entriesMax: 1000 }));
    expect(found.entries).toHaveLength(499);
    expect(found.indexing).toBe(false);
  });

  test("when a reader meets damage and the writer is told", () => {
    const indexer = fixture.indexer();
    const request = fixture.request("배포");
    const readers = [fixture.reader(), fixture.reader()];
    spoil();
    for (const reader of readers) {
      expect(reader.search(request).entries).toHaveLength(50);
      expect(reader.search(request).entries).toHaveLength(50);
    }
    expect(fixture.damaged).toHaveLength(2);
    for (const file of fixture.damaged) {
      indexer.reportDamage(file);
      fixture.index();
    }
    expect(indexer.step().indexed).toBe(0);
    for (const reader of readers) expect(reader.search(request).entries).toHaveLength(50);
    expect(fixture.damaged).toHaveLength(2);
  });

  test.each(["", "-wal"])("when search.db%s was removed under the writer", (suffix) => {
    fixture.index();
    rmSync(`${fixture.path}${suffix}`);
    fixture.say("a", "afterwards");
    fixture.index();
    expect(fixture.find("afterwards")).toHaveLength(1);
    expect(fixture.find("word7")).toEqual(["b/4"]);
    expect(documents()).toHaveLength(501);
  });

  test("when the end of the file is gone", () => {
    fixture.indexer().close();
    expect(existsSync(`${fixture.path}-wal`)).toBe(false);
    truncateSync(fixture.path, 8192);
    fixture.indexer();
    fixture.index();
    expect(fixture.find("word7")).toEqual(["b/4"]);
  });

  /** Overwrites, the way a bad disk would, every page that isn't the root of a table. */
  function spoil(): void {
    const file = new Database(fixture.path);
    file.run("PRAGMA wal_checkpoint(TRUNCATE)");
    const roots = file.query<{ page: number }, []>("SELECT rootpage AS page FROM sqlite_schema");
    const kept = new Set(roots.all().map(({ page }) => page));
    file.close();
    const bytes = readFileSync(fixture.path);
    for (let page = 2; page * 4096 <= bytes.length; page += 1) {
      if (!kept.has(page)) bytes.fill(0xee, (page - 1) * 4096, page * 4096);
    }
    const handle = openSync(fixture.path, "r+");
    writeSync(handle, bytes, 0, bytes.length, 0);
    closeSync(handle);
  }
});
