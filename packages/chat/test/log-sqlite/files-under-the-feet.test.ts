// The files of a running log removed, replaced, moved or cut from outside: nothing is acknowledged
// that the next start would not find, and the operator is told once, with a sentence.

import { Database } from "bun:sqlite";
import { afterAll, describe, expect, test } from "bun:test";
import { copyFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { DrivenLog, dataDirectory, removeDirectories } from "./driven-log.ts";
import { inlineThreads } from "./inline-threads.ts";

afterAll(removeDirectories);

type Harm = (directory: string) => void;

/** A copy in the place of a file: the same bytes, another file. */
function replace(path: string): void {
  copyFileSync(path, `${path}.copy`);
  renameSync(`${path}.copy`, path);
}

/** A log with two lines in it, and what it says when it can't go on. */
async function used(directory = dataDirectory()) {
  const sentences: string[] = [];
  const events: string[] = [];
  let end = (_sentence: string): void => {};
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const log = new DrivenLog(directory, {
    report: (_level, event) => events.push(event),
    onEnded: (sentence) => {
      sentences.push(sentence);
      end(sentence);
    },
  });
  await log.say("one");
  await log.say("two");
  return { directory, log, sentences, events, ended };
}

const files = ["maru.db", "maru.db-wal", "lock"];

const losses: [string, Harm, string][] = [
  ...files.flatMap((file): [string, Harm, string][] => [
    [`${file} is removed`, (at) => rmSync(join(at, file)), file],
    [`${file} is replaced by a copy`, (at) => replace(join(at, file)), file],
    [`${file} is renamed`, (at) => renameSync(join(at, file), join(at, "away")), file],
  ]),
  ["all files are removed", (at) => files.map((file) => rmSync(join(at, file))), "lock"],
  ["the directory is removed", (at) => rmSync(at, { recursive: true }), "lock"],
  ["the directory is moved", (at) => renameSync(at, `${at}-moved`), "lock"],
  ["the database is emptied", (at) => truncateSync(join(at, "maru.db"), 0), "maru.db"],
  ["the write-ahead log is emptied", (at) => truncateSync(join(at, "maru.db-wal")), "maru.db-wal"],
  [
    "the write-ahead log is cut in the middle",
    (at) => truncateSync(join(at, "maru.db-wal"), statSync(join(at, "maru.db-wal")).size - 4_000),
    "maru.db-wal",
  ],
];

describe("nothing more is acknowledged when", () => {
  test.each(losses)("%s", async (_name, harm, file) => {
    const { directory, log, sentences, events } = await used();
    harm(directory);
    const refused = { kind: "refused", code: "storage_unavailable" };
    expect(await log.say("three")).toMatchObject(refused);
    expect(await log.say("four")).toMatchObject(refused);
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(join(directory, file));
    expect(sentences[0]).toContain("put the files back, or a backup, into");
    expect(events).toEqual(["storage.lost"]);
    await log.log.close();
    expect(sentences).toHaveLength(1);
  });

  test("the shared memory is removed, or any file while nothing is said: it is noticed", async () => {
    const noticed = [...files, "maru.db-shm"].map(async (file) => {
      const { directory, log, ended } = await used();
      rmSync(join(directory, file));
      expect(await ended).toContain(join(directory, file));
      await log.log.close();
    });
    await Promise.all(noticed);
  });

  test("a second server has the directory, since its lock was removed: the first one's end", async () => {
    const first = await used();
    rmSync(join(first.directory, "lock"));
    const second = await used(first.directory);
    expect(await first.log.say("five")).toMatchObject({ code: "storage_unavailable" });
    expect(first.sentences).toHaveLength(1);
    expect(await second.log.texts()).toEqual(["one", "two", "one", "two"]);
    await first.log.log.close();
    expect(await second.log.say("five")).toMatchObject({ entry: { seq: 5 } });
    await second.log.log.close();
    const third = new DrivenLog(first.directory);
    expect(await third.texts()).toEqual(["one", "two", "one", "two", "five"]);
    await third.log.close();
  });
});

const outside = (at: string, sql: string): void => {
  const db = new Database(join(at, "maru.db"));
  db.run("PRAGMA busy_timeout = 5000");
  db.run(sql);
  db.close();
};

const harmless: [string, Harm][] = [
  ["files are renamed and put back", swap("maru.db-wal")],
  ["the database is renamed and put back", swap("maru.db")],
  [
    "the directory is moved, and a link put in its place",
    (at) => {
      renameSync(at, `${at}-moved`);
      symlinkSync(`${at}-moved`, at);
    },
  ],
  ["another program checkpoints", (at) => outside(at, "PRAGMA wal_checkpoint(TRUNCATE)")],
  [
    "another program gives free space back",
    (at) => {
      outside(at, "CREATE TABLE large AS SELECT zeroblob(900000) AS filler");
      outside(at, "PRAGMA wal_checkpoint(TRUNCATE)");
      outside(at, "DROP TABLE large");
      outside(at, "VACUUM");
      outside(at, "PRAGMA wal_checkpoint(TRUNCATE)");
    },
  ],
  ["the search index is removed", (at) => rmSync(join(at, "search.db"), { force: true })],
];

function swap(file: string): Harm {
  return (at) => {
    renameSync(join(at, file), join(at, "away"));
    renameSync(join(at, "away"), join(at, file));
  };
}

describe("everything goes on when", () => {
  test.each(harmless)("%s", async (_name, harm) => {
    const { directory, log, sentences } = await used();
    harm(directory);
    expect(await log.say("three")).toMatchObject({ entry: { seq: 3 } });
    await log.log.close();
    expect(sentences).toEqual([]);
    const again = new DrivenLog(directory);
    expect(await again.texts()).toEqual(["one", "two", "three"]);
    await again.log.close();
    rmSync(`${directory}-moved`, { recursive: true, force: true });
  });
});

test("a database that is gone while its write-ahead log is there is not begun anew", async () => {
  const { directory, log } = await used();
  for (const file of ["maru.db", "maru.db-wal"]) {
    copyFileSync(join(directory, file), join(directory, `${file}.kept`));
  }
  await log.log.close();
  renameSync(join(directory, "maru.db-wal.kept"), join(directory, "maru.db-wal"));
  rmSync(join(directory, "maru.db"));
  expect(() => new DrivenLog(directory)).toThrow("put the database or a backup in its place");
  renameSync(join(directory, "maru.db.kept"), join(directory, "maru.db"));
  const again = new DrivenLog(directory);
  expect(await again.texts()).toEqual(["one", "two"]);
  await again.log.close();
});

test("a task that fails again and again is told of once, and once when it works", async () => {
  const events: string[] = [];
  const directory = dataDirectory();
  let isFailing = true;
  const outcome = { ok: false, kind: "failing", code: "SQLITE_FULL", why: "disk full" } as const;
  const log = new DrivenLog(directory, {
    report: (_level, event, { task = "" }) => events.push(`${event} ${task}`),
    startThreads: (identity) => {
      const threads = inlineThreads(directory)(identity);
      const read: typeof threads.read = async (task, asker) =>
        isFailing && task.kind === "inbox" ? outcome : threads.read(task, asker);
      return { ...threads, read };
    },
  });
  for (let asked = 0; asked < 5; asked += 1) await log.inbox("mina");
  isFailing = false;
  for (let asked = 0; asked < 5; asked += 1) await log.inbox("mina");
  isFailing = true;
  await log.inbox("mina");
  expect(events).toEqual([
    "storage.task-failed inbox",
    "storage.task-recovered inbox",
    "storage.task-failed inbox",
  ]);
  await log.log.close();
});
