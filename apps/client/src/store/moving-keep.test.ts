import { expect, test } from "bun:test";
import { roomKey } from "@maru/sdk";
import { draft, processTable, unsent } from "../../test/store/kept-client.ts";
import { MemoryDisk } from "../../test/store/memory-disk.ts";
import { type Keep, openKeep } from "./keep.ts";
import { keepDirectory } from "./keep-directory.ts";
import { noRooms } from "./kept.ts";
import { MovingKeep } from "./moving-keep.ts";

let pid = 100;

/** Everything that is kept for a nick, as a client opens it that comes later. */
function opener(disk = new MemoryDisk()) {
  pid += 1;
  const processes = processTable(pid);
  const openFor = (nick: string | null): Keep => {
    const directory = keepDirectory("/state", { host: "h", port: 1, nick });
    const isGuest = nick === null;
    const onProblem = () => {};
    return openKeep({ directory, onProblem, isGuest, disk, processes, defer: () => {} });
  };
  return { disk, openFor };
}

const cids = (keep: Keep) => keep.kept.outbox.map(({ cid }) => cid);

test("what is open goes along to another nick, and is done with there alone", () => {
  const { disk, openFor } = opener();
  const keep = new MovingKeep(openFor, "ann");
  keep.outbox.put(unsent("done"));
  keep.outbox.settle("done");
  keep.outbox.put(unsent("behind the nick"));
  keep.outbox.put(unsent("open"));
  keep.outbox.put(unsent("refused"));
  keep.outbox.fail("refused", "too long");
  keep.move("eve", new Map([[roomKey("den"), draft("half")]]), noRooms);
  keep.outbox.settle("behind the nick");
  keep.close();
  const next = opener(disk);
  const [ann, eve] = [next.openFor("ann"), next.openFor("eve")];
  expect([cids(ann), ann.kept.failed, [...ann.kept.drafts]]).toEqual([[], [], []]);
  expect(cids(eve)).toEqual(["open"]);
  expect(eve.kept.failed).toMatchObject([{ unsent: { cid: "refused" }, reason: "too long" }]);
  expect([...eve.kept.drafts]).toEqual([[roomKey("den"), draft("half")]]);
});

test("drafts of all rooms go along, and leave nothing behind", () => {
  const { disk, openFor } = opener();
  const keep = new MovingKeep(openFor, "ann");
  const drafts = new Map([
    [roomKey("den"), draft("one")],
    [roomKey("ops"), draft("two")],
  ]);
  for (const [room, each] of drafts) keep.saveDraft(room, each);
  keep.move("eve", drafts, noRooms);
  keep.close();
  const next = opener(disk);
  expect([...next.openFor("eve").kept.drafts]).toEqual([...drafts]);
  expect([...next.openFor("ann").kept.drafts]).toEqual([]);
});

test("another spelling of the nick stays where it is", () => {
  const { disk, openFor } = opener();
  const keep = new MovingKeep(openFor, "ann");
  keep.outbox.put(unsent("open"));
  keep.move("Ann", new Map(), noRooms);
  expect(keep.isOwner).toBe(true);
  keep.close();
  expect(cids(opener(disk).openFor("ann"))).toEqual(["open"]);
});

test("where another client has the new nick, the old one keeps what is open, to be judged", () => {
  const { disk, openFor } = opener();
  const keep = new MovingKeep(openFor, "ann");
  keep.outbox.put(unsent("open"));
  const other = openFor("eve");
  expect(other.isOwner).toBe(true);
  keep.move("eve", new Map(), noRooms);
  expect(keep.isOwner).toBe(false);
  keep.close();
  const { kept } = opener(disk).openFor("ann");
  expect(kept.outbox).toEqual([]);
  expect(kept.failed).toMatchObject([{ unsent: { cid: "open" } }]);
});

test("a guest who takes a nick is a guest no more", () => {
  const keep = new MovingKeep(opener().openFor, null);
  expect(keep.isGuest).toBe(true);
  keep.move("ann", new Map(), noRooms);
  expect(keep.isGuest).toBe(false);
});
