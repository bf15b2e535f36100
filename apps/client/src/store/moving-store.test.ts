import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk/chat";
import { MemoryDisk, processTable } from "@maru/tui/testing/files";
import { draft, unsent } from "../../test/store/store-client.ts";
import { openStore } from "./directory-store.ts";
import { MovingStore } from "./moving-store.ts";
import type { Store } from "./store.ts";
import { storeDirectory } from "./store-directory.ts";
import { noRooms } from "./stored.ts";

let pid = 100;

/** Everything that is kept for a nick, as a client opens it that comes later. */
function opener(disk = new MemoryDisk()) {
  pid += 1;
  const processes = processTable(pid);
  const openFor = (nick: string | null): Store => {
    const directory = storeDirectory("/state", { host: "h", port: 1, nick });
    const isGuest = nick === null;
    const onProblem = () => {};
    return openStore({ directory, onProblem, isGuest, disk, processes, defer: () => {} });
  };
  return { disk, openFor };
}

const cids = (store: Store) => store.stored.outbox.map(({ cid }) => cid);

test("what is open goes along to another nick, and is done with there alone", () => {
  const { disk, openFor } = opener();
  const store = new MovingStore(openFor, "ann");
  store.outbox.put(unsent("done"));
  store.outbox.settle("done");
  store.outbox.put(unsent("behind the nick"));
  store.outbox.put(unsent("open"));
  store.outbox.put(unsent("refused"));
  store.outbox.fail("refused", "too long");
  store.move("eve", new Map([[roomKey("den"), draft("half")]]), noRooms);
  store.outbox.settle("behind the nick");
  store.close();
  const next = opener(disk);
  const [ann, eve] = [next.openFor("ann"), next.openFor("eve")];
  expect([cids(ann), ann.stored.failed, [...ann.stored.drafts]]).toEqual([[], [], []]);
  expect(cids(eve)).toEqual(["open"]);
  expect(eve.stored.failed).toMatchObject([{ unsent: { cid: "refused" }, reason: "too long" }]);
  expect([...eve.stored.drafts]).toEqual([[roomKey("den"), draft("half")]]);
});

test("drafts of all rooms go along, and leave nothing behind", () => {
  const { disk, openFor } = opener();
  const store = new MovingStore(openFor, "ann");
  const drafts = new Map([
    [roomKey("den"), draft("one")],
    [roomKey("ops"), draft("two")],
  ]);
  for (const [room, each] of drafts) store.saveDraft(room, each);
  store.move("eve", drafts, noRooms);
  store.close();
  const next = opener(disk);
  expect([...next.openFor("eve").stored.drafts]).toEqual([...drafts]);
  expect([...next.openFor("ann").stored.drafts]).toEqual([]);
});

test("another spelling of the nick stays where it is", () => {
  const { disk, openFor } = opener();
  const store = new MovingStore(openFor, "ann");
  store.outbox.put(unsent("open"));
  store.move("Ann", new Map(), noRooms);
  expect(store.isOwner).toBe(true);
  store.close();
  expect(cids(opener(disk).openFor("ann"))).toEqual(["open"]);
});

test("where another client has the new nick, the old one keeps what is open, to be judged", () => {
  const { disk, openFor } = opener();
  const store = new MovingStore(openFor, "ann");
  store.outbox.put(unsent("open"));
  const other = openFor("eve");
  expect(other.isOwner).toBe(true);
  store.move("eve", new Map(), noRooms);
  expect(store.isOwner).toBe(false);
  store.close();
  const { stored } = opener(disk).openFor("ann");
  expect(stored.outbox).toEqual([]);
  expect(stored.failed).toMatchObject([{ unsent: { cid: "open" } }]);
});

test("a guest who takes a nick is a guest no more", () => {
  const store = new MovingStore(opener().openFor, null);
  expect(store.isGuest).toBe(true);
  store.move("ann", new Map(), noRooms);
  expect(store.isGuest).toBe(false);
});
