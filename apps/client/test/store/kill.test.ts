// A real process, a real disk and SIGKILL: what a client reported as kept, the next one finds.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { roomKey } from "@maru/sdk/chat";
import { processTestMs } from "@maru/testkit";
import { openStore } from "../../src/store/directory-store.ts";

setDefaultTimeout(processTestMs);

const cycles = 20;
/** Lines after which a child is killed, at most: the moment itself is the system's. */
const linesMax = 1_500;
const root = mkdtempSync(join(tmpdir(), "maru-keep-"));
const directory = join(root, "maru", "localhost_7667", "ann");

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Kills the child after so many lines, and returns all the whole lines that it has written. */
async function linesUntilKilled(cycle: number, count: number): Promise<string[]> {
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, "typing-child.ts"), directory, String(cycle)],
    { stdin: "ignore", stdout: "pipe", stderr: "inherit" },
  );
  const decoder = new TextDecoder();
  let text = "";
  let seen = 0;
  for await (const chunk of child.stdout) {
    const part = decoder.decode(chunk, { stream: true });
    text += part;
    seen += part.split("\n").length - 1;
    if (seen >= count) child.kill("SIGKILL");
  }
  await child.exited;
  expect(child.signalCode).toBe("SIGKILL");
  return text.split("\n").slice(0, -1);
}

/** What the next one must find. */
class Reported {
  readonly drafts = new Map<string, string>();
  readonly sent = new Map<string, string>();
  readonly settled = new Set<string>();
  lastLine = "";

  read(line: string): void {
    const [kind = "", rest = ""] = [
      line.slice(0, line.indexOf(" ")),
      line.slice(line.indexOf(" ") + 1),
    ];
    if (kind === "draft") {
      const [room, text] = JSON.parse(rest) as [string, string];
      this.drafts.set(room, text);
    } else if (kind === "sent") {
      const [room, text, cid] = JSON.parse(rest) as [string, string, string];
      this.drafts.delete(room);
      this.sent.set(cid, text);
      this.lastLine = text;
    } else if (kind === "settled") {
      this.sent.delete(rest);
      this.settled.add(rest);
    } else if (kind === "problem") throw new Error(line);
  }
}

/** `1.7 …` → 7. */
const numberOf = (text: string | undefined) => Number(/^\d+\.(\d+) /.exec(text ?? "")?.[1] ?? -1);

function check(reported: Reported, last: string): void {
  const problems: string[] = [];
  const store = openStore({ directory, onProblem: (text) => problems.push(text) });
  expect([problems, store.isOwner]).toEqual([[], true]);
  const { drafts, outbox, history } = store.stored;
  const waiting = new Map(outbox.map((each) => [each.cid, "text" in each ? each.text : ""]));
  for (const [room, text] of reported.drafts) {
    // The child may have gone on for a line or two that it could not report.
    const found = drafts.get(roomKey(room))?.text ?? [...waiting.values()].at(-1);
    const isThere = found === text || numberOf(found) > numberOf(text) || history.includes(text);
    expect([last, room, text, isThere]).toEqual([last, room, text, true]);
  }
  const lost = [...reported.sent].filter(([cid, text]) => waiting.get(cid) !== text);
  // The last one may be settled, and its report not out.
  expect(lost.length).toBeLessThanOrEqual(
    lost.some(([, text]) => text === reported.lastLine) ? 1 : 0,
  );
  expect([...reported.settled].filter((cid) => waiting.has(cid))).toEqual([]);
  if (reported.lastLine !== "") expect(history).toContain(reported.lastLine);
  for (const { cid } of outbox) store.outbox.settle(cid);
  for (const room of drafts.keys()) store.saveDraft(room, null);
  store.close();
}

test(`of ${cycles} clients that are killed while they type, each finds all that the one before kept`, async () => {
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const count = 2 + Math.floor(Math.random() * linesMax);
    const lines = await linesUntilKilled(cycle, count);
    const reported = new Reported();
    for (const line of lines) reported.read(line);
    check(reported, `cycle ${cycle}: ${lines.at(-1)}`);
    // The next child comes upon the lock and the files of a dead one.
    if (cycle % 2 === 1) await linesUntilKilled(cycle, 50);
    if (cycle % 2 === 1) check(new Reported(), "");
  }
}, 60_000);

test("while one runs, another keeps nothing and says so", async () => {
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, "typing-child.ts"), directory, "0"],
    {
      stdin: "ignore",
      stdout: "pipe",
      stderr: "inherit",
    },
  );
  const reader = child.stdout.getReader();
  await reader.read();
  const problems: string[] = [];
  const store = openStore({ directory, onProblem: (text) => problems.push(text) });
  expect(store.isOwner).toBe(false);
  expect(problems.join()).toContain(`process ${child.pid}`);
  reader.releaseLock();
  child.kill("SIGKILL");
  await child.exited;
  expect(openStore({ directory, onProblem: () => {} }).isOwner).toBe(true);
});
