// A storage that fails for a while: what is told of it, and that only a write says that it works again.

import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { dataFiles } from "../../src/log-sqlite/data-directory.ts";
import { Storage } from "../../src/log-sqlite/storage.ts";
import { keyOf } from "../chat-fixture.ts";
import { dataDirectory, removeDirectories } from "./driven-log.ts";

afterAll(removeDirectories);

test("one that fails has nothing of its own to write, and is told as recovered by the next write alone", () => {
  const paths = dataFiles(dataDirectory());
  writeFileSync(paths.lock, "");
  const told: string[] = [];
  const storage = new Storage(
    {
      paths,
      durability: "os",
      retention: { keepMs: 0, keepEntries: 1, keepBytes: 0 },
      markers: { markersPerAccount: 10, keepMarkerMs: 1_000 },
      roomsMax: 10,
    },
    {
      failing: (code) => told.push(`failing ${code}`),
      recovered: () => told.push("recovered"),
      ended: (why) => told.push(why),
    },
  );
  const draft = { type: "message", room: "a", at: 0, from: "mina", text: "hi" } as const;
  const request = { kind: "append", room: keyOf("a"), account: "mina", cid: undefined } as const;
  const say = () => storage.commit([{ ...request, draft, tag: 0 }], 0);
  expect(say()?.results).toMatchObject([{ kind: "appended" }]);
  // Another program writes, for longer than this one waits.
  const other = new Database(paths.main);
  other.run("BEGIN IMMEDIATE");
  expect(say()).toBeNull();
  storage.expireMarkers();
  storage.overdue([keyOf("a")]);
  expect(storage.hasOverdue).toBe(false);
  other.run("ROLLBACK");
  other.close();
  expect(told).toEqual(["failing SQLITE_BUSY"]);
  expect(say()?.results).toMatchObject([{ kind: "appended" }]);
  expect(told).toEqual(["failing SQLITE_BUSY", "recovered"]);
  storage.expireMarkers();
  expect(storage.hasOverdue).toBe(true);
  storage.close();
  // Waiting for the other writer alone takes as long as a test may by default.
}, 30_000);
