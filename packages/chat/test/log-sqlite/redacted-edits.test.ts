// A message that an earlier version let be edited without a bound: taking it back empties its edits in
// parts, over a restart too, and costs no transaction more than a message of today.

import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { editsPerMessageMax } from "../../src/entry/judge-amendment.ts";
import { type EntryRow, kinds, sumOf } from "../../src/log-sqlite/entry-row.ts";
import { DrivenLog, dataDirectory, removeDirectories } from "./driven-log.ts";

afterAll(removeDirectories);

/** A directory in which message 1 has so many edits, and message 2 has one. */
async function formerDirectory(edits: number): Promise<string> {
  const directory = dataDirectory();
  const log = new DrivenLog(directory);
  await log.say("said");
  await log.say("another");
  for (let edit = 1; edit <= edits + 1; edit += 1) await log.say(`version ${edit}`);
  await log.log.close();
  const db = new Database(join(directory, "maru.db"));
  const write = db.query("UPDATE entry SET kind = ?, target = ?, sum = ? WHERE id = ?");
  const rows = db.query<EntryRow, []>("SELECT * FROM entry ORDER BY id").all().slice(2);
  db.transaction(() => {
    for (const [index, row] of rows.entries()) {
      const edit = { ...row, kind: kinds.edit, target: index < edits ? 1 : 2 };
      write.run(edit.kind, edit.target, sumOf(edit), edit.id);
    }
  })();
  db.close();
  return directory;
}

/** What is in the database: edits of message 1 that still say something, and messages begun. */
function left(directory: string) {
  const db = new Database(join(directory, "maru.db"), { readonly: true });
  const { edits } = db
    .query("SELECT count(*) AS edits FROM entry WHERE kind = 2 AND target = 1 AND body <> ''")
    .get() as { edits: number };
  const { begun } = db.query("SELECT count(*) AS begun FROM emptying").get() as { begun: number };
  db.close();
  return { edits, begun };
}

const takeBack = (log: DrivenLog) =>
  log.append({ type: "redaction", room: "lobby", at: 1, from: "mina", target: 1 });

test("what is beyond the bound goes in the transactions that follow, as much in each", async () => {
  const edits = 3 * editsPerMessageMax + 50;
  const directory = await formerDirectory(edits);
  const log = new DrivenLog(directory);
  expect(await takeBack(log)).toMatchObject({ kind: "appended" });
  expect(left(directory)).toEqual({ edits: edits - editsPerMessageMax, begun: 1 });
  log.log.commit();
  expect(left(directory)).toEqual({ edits: edits - 2 * editsPerMessageMax, begun: 1 });
  // Another entry in between changes nothing of it; the room's window in memory follows.
  await log.say("meanwhile");
  log.log.commit();
  expect(left(directory)).toEqual({ edits: 0, begun: 0 });
  const { entries } = await log.page({ after: 0 }, { entriesMax: 1_000 });
  const said = entries.flatMap((entry) => (entry.type === "edit" ? [entry.text] : []));
  expect(said.filter((text) => text !== "")).toEqual([`version ${edits + 1}`]);
  await log.log.close();
});

test.each([
  [editsPerMessageMax - 1, 0],
  [editsPerMessageMax, 1],
])("of %d nothing says anything after the first", async (edits, begun) => {
  const directory = await formerDirectory(edits);
  const log = new DrivenLog(directory);
  await takeBack(log);
  expect(left(directory)).toEqual({ edits: 0, begun });
  log.log.commit();
  expect(left(directory)).toEqual({ edits: 0, begun: 0 });
  await log.log.close();
});

test("a server that ends in the middle goes on after its next start", async () => {
  const edits = 5 * editsPerMessageMax;
  const directory = await formerDirectory(edits);
  const first = new DrivenLog(directory);
  await takeBack(first);
  await first.log.close();
  const before = left(directory);
  expect(before.begun).toBe(1);
  const second = new DrivenLog(directory);
  for (let part = before.edits; part > 0; part -= editsPerMessageMax) second.log.commit();
  second.log.commit();
  expect(left(directory)).toEqual({ edits: 0, begun: 0 });
  await second.log.close();
});
