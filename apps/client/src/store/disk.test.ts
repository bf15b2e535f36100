import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { roomKey } from "@maru/sdk/chat";
import { realDisk } from "@maru/tui/files";
import { draft, unsent } from "../../test/store/store-client.ts";
import { openStore } from "./directory-store.ts";
import { noRooms } from "./stored.ts";

const root = mkdtempSync(join(tmpdir(), "maru-disk-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("all that is kept is its owner's alone", () => {
  const directory = join(root, "state", "maru", "host_1", "ann");
  const store = openStore({ directory, onProblem: () => {} });
  store.saveDraft(roomKey("den"), draft("a"));
  store.remember("a");
  store.outbox.put(unsent("c"));
  store.saveRooms({ ...noRooms, current: "den" });
  store.flush();
  const names = ["drafts.jsonl", "history.jsonl", "lock-1", "outbox.jsonl", "rooms.json"];
  expect(readdirSync(directory).sort()).toEqual(names);
  for (const name of names) expect(modeOf(join(directory, name))).toBe("600");
  for (const path of [directory, join(directory, ".."), join(root, "state")]) {
    expect(modeOf(path)).toBe("700");
  }
});

test("a directory that can't be made is told, and the client goes on", () => {
  realDisk.write(join(root, "in-the-way"), "");
  const problems: string[] = [];
  const directory = join(root, "in-the-way", "ann");
  const store = openStore({ directory, onProblem: (text) => problems.push(text) });
  store.saveDraft(roomKey("den"), draft("a"));
  store.close();
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain("What you type is not kept on disk");
});
