// The outbox on disk against the real server: what one client leaves, the next sends, and each is
// stored once, whether or not the first had got it there.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChatClient, connectChat, createCids, type Unsent } from "@maru/sdk/chat";
import { processTestMs } from "@maru/testkit";
import { openStore } from "../../src/store/directory-store.ts";
import type { Store } from "../../src/store/store.ts";
import { endProcesses, startServer } from "../processes.ts";

setDefaultTimeout(processTestMs);

const root = mkdtempSync(join(tmpdir(), "maru-resend-"));
afterAll(async () => {
  await endProcesses();
  rmSync(root, { recursive: true, force: true });
});

const open = (): Store => openStore({ directory: join(root, "ann"), onProblem: () => {} });

function sendAll(client: ChatClient, store: Store, list: readonly Unsent[]): Promise<unknown>[] {
  for (const unsent of list) store.outbox.put(unsent);
  store.flush();
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
  const first = await connectChat({ port: server.port, nick: "ann", eventsBuffered: 0 });
  const store = open();
  await first.join("den");
  const [stored, ...others] = sendAll(first, store, list);
  for (const promise of others) promise.catch(() => {});
  // Stored, and killed before it could be settled; of the others nothing is known.
  await stored;
  await first.close({ deadlineMs: 0 });
  store.close();

  const second = await connectChat({ port: server.port, nick: "ann", eventsBuffered: 0 });
  const next = open();
  expect(next.stored.outbox).toEqual(list);
  void second.join("den");
  const promises = second.resend(next.stored.outbox);
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
  expect(open().stored.outbox).toEqual([]);
  await second.close();
  await server.stop();
});
