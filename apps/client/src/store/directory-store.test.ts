import { expect, test } from "bun:test";
import { roomKey, type Unsent } from "@maru/sdk/chat";
import { asideMax } from "@maru/tui/files";
import { MemoryDisk } from "@maru/tui/testing/files";
import { directory, draft, openClient, unsent } from "../../test/store/store-client.ts";
import {
  draftsMax,
  draftUnitsMax,
  failedMax,
  historyEntryBytesMax,
  historyMax,
  noRooms,
  roomsMax,
} from "./stored.ts";

const rooms = {
  rooms: ["den", "@ann+bob", "마루", "__proto__"],
  current: "마루",
  numbers: new Map([
    [roomKey("마루"), 7],
    [roomKey("__proto__"), 1],
  ]),
  levels: new Map([
    [roomKey("__proto__"), "none" as const],
    [roomKey("den"), "mentions" as const],
  ]),
  ignored: ["eve", "eva"].map(roomKey),
  ignoredAs: new Map([[roomKey("eva"), roomKey("eve")]]),
  doNotDisturb: true,
};

const answer: Unsent = {
  type: "send",
  room: "den",
  text: "so it is",
  replyTo: 3,
  action: true,
  cid: "c6",
};

test("what one client leaves, the next finds, after a kill as after a close", () => {
  for (const end of ["kill", "close"]) {
    const { store, disk } = openClient();
    store.saveDraft(roomKey("den"), { text: "half a thought\n둘째 줄 🦊", caret: 3 });
    store.saveDraft(roomKey("__proto__"), draft("odd name"));
    store.remember("one");
    store.remember("둘");
    store.outbox.put(unsent("c1"));
    store.outbox.put({ type: "edit", room: "den", target: 7, text: "better", cid: "c2" });
    store.outbox.put({ type: "redact", room: "den", target: 8, cid: "c3" });
    store.outbox.put({
      type: "react",
      room: "den",
      target: 8,
      emoji: "👍",
      remove: true,
      cid: "c4",
    });
    store.outbox.put({ type: "topic", room: "den", topic: "", cid: "c5" });
    store.outbox.put(answer);
    store.saveRooms(rooms);
    store.flush();
    store.outbox.settle("c1");
    store.outbox.fail("c6", "the room is full");
    store.flush();
    if (end === "close") store.close();
    const { stored, isOwner } = openClient(disk).store;
    expect(isOwner).toBe(true);
    expect([...stored.drafts]).toEqual([
      [roomKey("den"), { text: "half a thought\n둘째 줄 🦊", caret: 3 }],
      [roomKey("__proto__"), draft("odd name")],
    ]);
    expect(stored.history).toEqual(["one", "둘"]);
    expect(stored.outbox.map(({ cid }) => cid)).toEqual(["c2", "c3", "c4", "c5"]);
    expect(stored.outbox[0]).toEqual({
      type: "edit",
      room: "den",
      target: 7,
      text: "better",
      cid: "c2",
    });
    expect(stored.failed).toEqual([
      {
        unsent: answer,
        reason: "the room is full",
        atMs: 1_000,
      },
    ]);
    expect(stored.rooms).toEqual(rooms);
  }
});

test("nothing is there for the first client, and nothing is written before it types", () => {
  const { store, disk } = openClient();
  expect(store.stored).toEqual({
    drafts: new Map(),
    history: [],
    outbox: [],
    failed: [],
    rooms: noRooms,
  });
  store.flush();
  expect(disk.names(directory)).toEqual(["lock-1"]);
});

test("a turn's changes are written once, at its end", async () => {
  const { store, disk } = openClient(new MemoryDisk(), { defer: queueMicrotask });
  store.saveDraft(roomKey("den"), draft("a"));
  await Promise.resolve();
  const before = disk.writes;
  for (const text of ["ab", "abc", "abcd"]) store.saveDraft(roomKey("den"), draft(text));
  store.saveDraft(roomKey("den"), draft("abcd"));
  expect(disk.writes).toBe(before);
  await Promise.resolve();
  expect(disk.writes).toBe(before + 1);
  store.saveDraft(roomKey("den"), draft("abcd"));
  await Promise.resolve();
  expect(disk.writes).toBe(before + 1);
  expect(openClient(disk).store.stored.drafts.get(roomKey("den"))).toEqual(draft("abcd"));
});

test("an emptied draft is none, and a closed keeper keeps nothing more", () => {
  const { store, disk } = openClient();
  store.saveDraft(roomKey("den"), draft("a"));
  store.flush();
  store.saveDraft(roomKey("den"), draft(""));
  store.close();
  store.saveDraft(roomKey("den"), draft("late"));
  store.flush();
  store.close();
  expect(store.isOwner).toBe(false);
  expect(openClient(disk).store.stored.drafts.size).toBe(0);
});

test("closing leaves nothing in the files that was sent or sent away", () => {
  const { store, disk } = openClient();
  store.outbox.put(unsent("c1", "a secret"));
  store.saveDraft(roomKey("den"), draft("a secret"));
  store.flush();
  store.saveDraft(roomKey("den"), null);
  store.outbox.settle("c1");
  store.close();
  for (const name of disk.names(directory)) {
    expect(disk.text(`${directory}/${name}`)).not.toContain("secret");
  }
});

test("a draft is cut at its bound, never through a character", () => {
  const { store, disk } = openClient();
  store.saveDraft(roomKey("fits"), draft("x".repeat(draftUnitsMax)));
  store.saveDraft(roomKey("long"), draft("x".repeat(draftUnitsMax + 1)));
  store.saveDraft(roomKey("pair"), draft(`${"x".repeat(draftUnitsMax - 1)}🦊`));
  store.flush();
  const { drafts } = openClient(disk).store.stored;
  expect(drafts.get(roomKey("fits"))).toEqual(draft("x".repeat(draftUnitsMax)));
  expect(drafts.get(roomKey("long"))).toEqual(draft("x".repeat(draftUnitsMax)));
  expect(drafts.get(roomKey("pair"))).toEqual(draft("x".repeat(draftUnitsMax - 1)));
});

test("with one room too many the draft that was left alone longest goes, and it is told", () => {
  const { store, disk, problems } = openClient();
  for (let n = 0; n < draftsMax; n += 1) store.saveDraft(roomKey(`room-${n}`), draft("x"));
  store.saveDraft(roomKey("room-0"), draft("y"));
  expect(problems).toEqual([]);
  store.saveDraft(roomKey("one-more"), draft("z"));
  expect(problems).toEqual(["Too many drafts: the one in room-1 is not kept any more."]);
  store.flush();
  const { drafts } = openClient(disk).store.stored;
  expect(drafts.size).toBe(draftsMax);
  expect([drafts.has(roomKey("room-0")), drafts.has(roomKey("room-1"))]).toEqual([true, false]);
});

test("the history keeps its newest lines, none twice in a row, none of the size of a paste", () => {
  const { store, disk } = openClient();
  store.remember("fox".repeat(historyEntryBytesMax));
  store.remember("가".repeat(historyEntryBytesMax / 3 + 1));
  store.remember("x".repeat(historyEntryBytesMax));
  store.flush();
  expect(openClient(disk).store.stored.history).toEqual(["x".repeat(historyEntryBytesMax)]);
  const next = openClient(disk).store;
  for (let n = 1; n < historyMax; n += 1) for (const _twice of "12") next.remember(`line ${n}`);
  next.flush();
  const full = openClient(disk).store;
  expect(full.stored.history).toHaveLength(historyMax);
  expect(full.stored.history[0]).toStartWith("xxx");
  full.remember("one more");
  full.flush();
  const after = openClient(disk).store.stored.history;
  expect([after.length, after[0], after.at(-1)]).toEqual([historyMax, "line 1", "one more"]);
});

test("the file of the history is made anew once half of it is beyond the bound", () => {
  const { store, disk } = openClient();
  let most = 0;
  for (let n = 0; n < 5 * historyMax; n += 1) {
    store.remember(`line ${n}`);
    store.flush();
    if (n % 100 === 0) {
      const lines = disk.text(`${directory}/history.jsonl`)?.split("\n").length ?? 0;
      most = Math.max(most, lines);
    }
  }
  expect(most).toBeGreaterThan(historyMax);
  expect(most).toBeLessThanOrEqual(2 * historyMax + 2);
});

test("of the refused sends the oldest goes when there are too many, and it is told", () => {
  const { store, disk, problems } = openClient();
  for (let n = 0; n < failedMax; n += 1) {
    store.outbox.put(unsent(`c${n}`));
    store.outbox.fail(`c${n}`, "no");
  }
  expect(problems).toEqual([]);
  store.outbox.put(unsent("last"));
  store.outbox.fail("last", "no");
  expect(problems).toEqual(["Too much was refused: one of it, for den, is not kept any more."]);
  store.flush();
  const { failed } = openClient(disk).store.stored;
  expect([failed.length, failed[0]?.unsent.cid]).toEqual([failedMax, "c1"]);
});

test("rooms, levels and ignored nicks have their bounds, and the newest stay", () => {
  const many = Array.from({ length: roomsMax + 1 }, (_, n) => roomKey(`r${n}`));
  const levels = new Map(many.map((room) => [room, "all" as const]));
  const { store, disk } = openClient();
  const ignoredAs = new Map(many.map((nick) => [nick, roomKey("eve")] as const));
  store.saveRooms({ ...noRooms, rooms: many.slice(1), levels, ignored: many, ignoredAs });
  store.flush();
  const { rooms: stored } = openClient(disk).store.stored;
  expect(stored.rooms).toEqual(many.slice(1));
  expect([...stored.levels.keys()]).toEqual(many.slice(1));
  expect(stored.ignored).toEqual(many.slice(1));
  expect([...stored.ignoredAs.keys()]).toEqual(many.slice(1));
});

test("a refused send can be sent again under its cid, behind the others, or dropped", () => {
  const { store, disk } = openClient();
  for (const cid of ["a", "b", "c"]) store.outbox.put(unsent(cid));
  for (const cid of ["a", "b"]) store.outbox.fail(cid, "no");
  store.flush();
  store.outbox.put(unsent("a"));
  store.outbox.settle("b");
  store.outbox.fail("nobody", "knows it");
  store.outbox.settle("nobody");
  store.flush();
  const { stored } = openClient(disk).store;
  expect(stored.outbox.map(({ cid }) => cid)).toEqual(["c", "a"]);
  expect(stored.failed).toEqual([]);
});

test("one that was settled and is put again in the same turn waits", () => {
  const { store, disk } = openClient();
  store.outbox.put(unsent("a"));
  store.flush();
  store.outbox.settle("a");
  store.outbox.put(unsent("a"));
  store.flush();
  expect(openClient(disk).store.stored.outbox).toEqual([unsent("a")]);
});

test("what a guest left unsent comes back as refused, and stays so", () => {
  const { store, disk } = openClient();
  store.outbox.put(unsent("a"));
  store.flush();
  const guest = openClient(disk, { isGuest: true }).store;
  expect(guest.stored.outbox).toEqual([]);
  expect(guest.stored.failed.map(({ unsent: { cid } }) => cid)).toEqual(["a"]);
  expect(openClient(disk).store.stored.failed).toEqual(guest.stored.failed);
});

test("a second client of the same directory keeps nothing, says so, and disturbs nothing", () => {
  const first = openClient(new MemoryDisk(), { pid: 7 });
  first.store.saveDraft(roomKey("den"), draft("mine"));
  first.store.remember("one");
  first.store.outbox.put(unsent("a"));
  first.store.flush();
  const second = openClient(first.disk, { pid: 8, living: [7] });
  expect(second.store.isOwner).toBe(false);
  expect(second.problems).toHaveLength(1);
  expect(second.problems[0]).toContain("process 7");
  expect(second.store.stored.drafts.size + second.store.stored.outbox.length).toBe(0);
  expect(second.store.stored.history).toEqual(["one"]);
  const { writes } = first.disk;
  second.store.saveDraft(roomKey("den"), draft("theirs"));
  second.store.outbox.settle("a");
  second.store.close();
  expect(first.disk.writes).toBe(writes);
  first.store.close();
  expect(openClient(first.disk, { pid: 9, living: [7, 8] }).store.isOwner).toBe(true);
});

test("a full disk is told once, tried again with each change, and told when it is over", () => {
  const { store, disk, problems } = openClient();
  store.saveDraft(roomKey("den"), draft("a"));
  store.flush();
  disk.fault = (_step, isWrite) => (isWrite ? { kind: "ENOSPC", part: 0.5 } : null);
  for (const text of ["ab", "abc"]) {
    store.saveDraft(roomKey("den"), draft(text));
    store.remember(text);
    store.outbox.put(unsent(text));
    store.flush();
  }
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain("the disk is full");
  expect(openClient(copyOf(disk)).store.stored.drafts.get(roomKey("den"))).toEqual(draft("a"));
  disk.fault = () => null;
  store.saveRooms(rooms);
  store.flush();
  expect(problems.slice(1)).toEqual(["What you type is kept on disk again."]);
  const { stored } = openClient(disk).store;
  expect(stored.drafts.get(roomKey("den"))).toEqual(draft("abc"));
  expect(stored.history).toEqual(["ab", "abc"]);
  expect(stored.outbox).toEqual([unsent("ab"), unsent("abc")]);
});

function copyOf(disk: MemoryDisk): MemoryDisk {
  const copy = new MemoryDisk();
  for (const [path] of disk.files) copy.put(path, disk.text(path) ?? "");
  return copy;
}

test("on a read-only disk what is there is found, and the client takes over when it is writable", () => {
  const { disk } = openClient();
  const former = openClient(disk);
  former.store.saveDraft(roomKey("den"), draft("a"));
  former.store.outbox.put(unsent("c1"));
  former.store.flush();
  disk.fault = (_step, isWrite) => (isWrite ? { kind: "EROFS", part: 0 } : null);
  const { store, problems } = openClient(disk);
  expect(store.stored.drafts.get(roomKey("den"))).toEqual(draft("a"));
  expect(store.stored.outbox).toEqual([unsent("c1")]);
  store.outbox.settle("c1");
  store.saveDraft(roomKey("den"), draft("ab"));
  store.flush();
  expect([store.isOwner, problems.length]).toEqual([false, 1]);
  disk.fault = () => null;
  // Meanwhile another client was here, and is gone again.
  const other = openClient(disk);
  other.store.remember("theirs");
  other.store.saveDraft(roomKey("attic"), draft("theirs"));
  other.store.flush();
  store.remember("mine");
  store.flush();
  expect([store.isOwner, problems.length]).toEqual([true, 2]);
  const { stored } = openClient(disk).store;
  expect(stored.drafts.get(roomKey("den"))).toEqual(draft("ab"));
  expect(stored.drafts.get(roomKey("attic"))).toEqual(draft("theirs"));
  expect(stored.history).toEqual(["theirs", "mine"]);
  expect(stored.outbox).toEqual([]);
});

test("a file that is broken is put aside, what could be read of it stays, and it is told", () => {
  const { store, disk } = openClient();
  for (const text of ["one", "two", "three"]) store.remember(text);
  store.saveDraft(roomKey("den"), draft("a"));
  store.saveRooms(rooms);
  store.flush();
  const path = `${directory}/history.jsonl`;
  const broken = (disk.text(path) ?? "").replace('{"line":"two"}', '{"line":\0\0\0');
  disk.put(path, broken);
  disk.put(`${directory}/drafts.jsonl`, "somebody's own notes, without a line's end");
  disk.put(`${directory}/rooms.json`, '{"version":99}');
  const next = openClient(disk);
  expect(next.problems.sort()).toEqual(
    ["drafts.jsonl", "history.jsonl", "rooms.json"].map(
      (name) => `${name} was broken: what could be read is there, the file is put aside.`,
    ),
  );
  expect(next.store.stored.history).toEqual(["one", "three"]);
  expect(next.store.stored.rooms).toEqual(noRooms);
  expect(disk.text(`${path}.broken-1`)).toBe(broken);
  expect(disk.text(`${directory}/drafts.jsonl.broken-1`)).toContain("own notes");
  expect(disk.text(`${directory}/rooms.json.broken-1`)).toBe('{"version":99}');
  next.store.remember("four");
  next.store.saveRooms(rooms);
  next.store.flush();
  const after = openClient(disk);
  expect(after.problems).toEqual([]);
  expect(after.store.stored.history).toEqual(["one", "three", "four"]);
  expect(after.store.stored.rooms).toEqual(rooms);
});

test("so many broken files stand aside; then the next stays where it is, and nothing is lost", () => {
  const disk = new MemoryDisk();
  const path = `${directory}/history.jsonl`;
  for (let n = 1; n <= asideMax; n += 1) {
    disk.put(path, `broken ${n}`);
    expect(openClient(disk).problems).toHaveLength(1);
  }
  disk.put(path, "one too many");
  const { store, problems } = openClient(disk);
  store.remember("new");
  store.flush();
  expect(problems).toHaveLength(2);
  expect(problems[1]).toContain("remove some");
  expect(disk.text(path)).toBe("one too many");
  disk.files.delete(`${path}.broken-3`);
  store.remember("newer");
  store.flush();
  expect(disk.text(`${path}.broken-3`)).toBe("one too many");
  expect(openClient(disk).store.stored.history).toEqual(["new", "newer"]);
});

test("a directory that is taken away in the middle is made again, with all that is still true", () => {
  const { store, disk } = openClient();
  store.saveDraft(roomKey("den"), draft("a"));
  store.outbox.put(unsent("c1"));
  store.flush();
  disk.files.clear();
  store.saveDraft(roomKey("attic"), draft("b"));
  store.outbox.put(unsent("c2"));
  store.flush();
  const { stored } = openClient(disk).store;
  expect([...stored.drafts.keys()]).toEqual([roomKey("den"), roomKey("attic")]);
  expect(stored.outbox.map(({ cid }) => cid)).toEqual(["c1", "c2"]);
});

test("a draft stays on disk while the outbox can't be written, at the end too", () => {
  const { store, disk } = openClient();
  store.saveDraft(roomKey("den"), draft("precious"));
  store.saveDraft(roomKey("attic"), draft("x".repeat(draftUnitsMax)));
  for (let n = 0; n < 8; n += 1) {
    store.saveDraft(roomKey("attic"), draft(`${n}${"x".repeat(draftUnitsMax - 1)}`));
    store.flush();
  }
  disk.fault = (_step, isWrite, path) =>
    isWrite && path.includes("outbox") ? { kind: "ENOSPC", part: 0.5 } : null;
  store.outbox.put(unsent("c1", "precious"));
  store.saveDraft(roomKey("den"), null);
  store.saveDraft(roomKey("attic"), null);
  store.flush();
  store.close();
  disk.fault = () => null;
  const { stored } = openClient(disk).store;
  expect(stored.outbox).toEqual([]);
  expect(stored.drafts.get(roomKey("den"))).toEqual(draft("precious"));
});

test("what a draft answers or changes is kept with it, and files without that are read", () => {
  const { store, disk } = openClient();
  const answer = { ...draft("so"), compose: { kind: "reply" as const, seq: 3, epoch: "e" } };
  store.saveDraft(roomKey("den"), draft("so"));
  store.flush();
  store.saveDraft(roomKey("den"), answer);
  store.saveDraft(roomKey("ops"), draft("plain"));
  store.flush();
  const next = openClient(disk);
  expect([...next.store.stored.drafts]).toEqual([
    [roomKey("den"), answer],
    [roomKey("ops"), draft("plain")],
  ]);
  expect(next.problems).toEqual([]);
});
