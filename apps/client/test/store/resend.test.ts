// The outbox on disk against the real server: what one client leaves, the next sends, and each is
// stored once, whether or not the first had got it there.

import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect, createCids, type Unsent } from "@maru/sdk";
import { type Keep, openKeep } from "../../src/store/keep.ts";
import { endProcesses, startServer } from "../processes.ts";

const root = mkdtempSync(join(tmpdir(), "maru-resend-"));
afterAll(async () => {
  await endProcesses();
  rmSync(root, { recursive: true, force: true });
});

const open = (): Keep => openKeep({ directory: join(root, "ann"), onProblem: () => {} });

function sendAll(client: Client, keep: Keep, list: readonly Unsent[]): Promise<unknown>[] {
  for (const unsent of list) keep.outbox.put(unsent);
  keep.flush();
  return client.resend(list);
}

test("what a client left in its outbox is stored once, in order, and then done with", async () => {
  const server = await startServer();
  const newCid = createCids();
  const list: Unsent[] = ["one", "둘", "three 🦊"].map((text) => ({
    type: "send",
    room: "den",
    text,
    cid: newCid(),
  }));
  const first = await connect({ port: server.port, nick: "ann", eventsBuffered: 0 });
  const keep = open();
  await first.join("den");
  const [stored, ...others] = sendAll(first, keep, list);
  for (const promise of others) promise.catch(() => {});
  // Stored, and killed before it could be settled; of the others nobody knows.
  await stored;
  await first.close({ deadlineMs: 0 });
  keep.close();

  const second = await connect({ port: server.port, nick: "ann", eventsBuffered: 0 });
  const next = open();
  expect(next.kept.outbox).toEqual(list);
  void second.join("den");
  const promises = second.resend(next.kept.outbox);
  await Promise.all(
    promises.map((promise, at) => promise.then(() => next.outbox.settle(list[at]?.cid ?? ""))),
  );
  next.close();
  const { entries } = await second.history("den");
  expect(entries.flatMap((entry) => (entry.type === "message" ? [entry.text] : []))).toEqual([
    "one",
    "둘",
    "three 🦊",
  ]);
  expect(open().kept.outbox).toEqual([]);
  await second.close();
  await server.stop();
});
