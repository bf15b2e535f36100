import { expect, test } from "bun:test";
import type { Unsent } from "@maru/sdk";
import { roomKey } from "@maru/sdk";
import { directory, draft, openClient, unsent } from "../../test/store/kept-client.ts";
import { MemoryDisk } from "../../test/store/memory-disk.ts";
import { asideMax } from "./aside.ts";
import {
  draftsMax,
  draftUnitsMax,
  failedMax,
  historyEntryBytesMax,
  historyMax,
  noRooms,
  roomsMax,
} from "./kept.ts";

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
    const { keep, disk } = openClient();
    keep.saveDraft(roomKey("den"), { text: "half a thought\n둘째 줄 🦊", caret: 3 });
    keep.saveDraft(roomKey("__proto__"), draft("odd name"));
    keep.remember("one");
    keep.remember("둘");
    keep.outbox.put(unsent("c1"));
    keep.outbox.put({ type: "edit", room: "den", target: 7, text: "better", cid: "c2" });
    keep.outbox.put({ type: "redact", room: "den", target: 8, cid: "c3" });
    keep.outbox.put({
      type: "react",
      room: "den",
      target: 8,
      emoji: "👍",
      remove: true,
      cid: "c4",
    });
    keep.outbox.put({ type: "topic", room: "den", topic: "", cid: "c5" });
    keep.outbox.put(answer);
    keep.saveRooms(rooms);
    keep.flush();
    keep.outbox.settle("c1");
    keep.outbox.fail("c6", "the room is full");
    keep.flush();
    if (end === "close") keep.close();
    const { kept, isOwner } = openClient(disk).keep;
    expect(isOwner).toBe(true);
    expect([...kept.drafts]).toEqual([
      [roomKey("den"), { text: "half a thought\n둘째 줄 🦊", caret: 3 }],
      [roomKey("__proto__"), draft("odd name")],
    ]);
    expect(kept.history).toEqual(["one", "둘"]);
    expect(kept.outbox.map(({ cid }) => cid)).toEqual(["c2", "c3", "c4", "c5"]);
    expect(kept.outbox[0]).toEqual({
      type: "edit",
      room: "den",
      target: 7,
      text: "better",
      cid: "c2",
    });
    expect(kept.failed).toEqual([
      {
        unsent: answer,
        reason: "the room is full",
        atMs: 1_000,
      },
    ]);
    expect(kept.rooms).toEqual(rooms);
  }
});

test("nothing is there for the first client, and nothing is written before it types", () => {
  const { keep, disk } = openClient();
  expect(keep.kept).toEqual({
    drafts: new Map(),
    history: [],
    outbox: [],
    failed: [],
    rooms: noRooms,
  });
  keep.flush();
  expect(disk.names(directory)).toEqual(["lock-1"]);
});

test("a turn's changes are written once, at its end", async () => {
  const { keep, disk } = openClient(new MemoryDisk(), { defer: queueMicrotask });
  keep.saveDraft(roomKey("den"), draft("a"));
  await Promise.resolve();
  const before = disk.writes;
  for (const text of ["ab", "abc", "abcd"]) keep.saveDraft(roomKey("den"), draft(text));
  keep.saveDraft(roomKey("den"), draft("abcd"));
  expect(disk.writes).toBe(before);
  await Promise.resolve();
  expect(disk.writes).toBe(before + 1);
  keep.saveDraft(roomKey("den"), draft("abcd"));
  await Promise.resolve();
  expect(disk.writes).toBe(before + 1);
  expect(openClient(disk).keep.kept.drafts.get(roomKey("den"))).toEqual(draft("abcd"));
});

test("an emptied draft is none, and a closed keeper keeps nothing more", () => {
  const { keep, disk } = openClient();
  keep.saveDraft(roomKey("den"), draft("a"));
  keep.flush();
  keep.saveDraft(roomKey("den"), draft(""));
  keep.close();
  keep.saveDraft(roomKey("den"), draft("late"));
  keep.flush();
  keep.close();
  expect(keep.isOwner).toBe(false);
  expect(openClient(disk).keep.kept.drafts.size).toBe(0);
});

test("closing leaves nothing in the files that was sent or sent away", () => {
  const { keep, disk } = openClient();
  keep.outbox.put(unsent("c1", "a secret"));
  keep.saveDraft(roomKey("den"), draft("a secret"));
  keep.flush();
  keep.saveDraft(roomKey("den"), null);
  keep.outbox.settle("c1");
  keep.close();
  for (const name of disk.names(directory)) {
    expect(disk.text(`${directory}/${name}`)).not.toContain("secret");
  }
});

test("a draft is cut at its bound, never through a character", () => {
  const { keep, disk } = openClient();
  keep.saveDraft(roomKey("fits"), draft("x".repeat(draftUnitsMax)));
  keep.saveDraft(roomKey("long"), draft("x".repeat(draftUnitsMax + 1)));
  keep.saveDraft(roomKey("pair"), draft(`${"x".repeat(draftUnitsMax - 1)}🦊`));
  keep.flush();
  const { drafts } = openClient(disk).keep.kept;
  expect(drafts.get(roomKey("fits"))).toEqual(draft("x".repeat(draftUnitsMax)));
  expect(drafts.get(roomKey("long"))).toEqual(draft("x".repeat(draftUnitsMax)));
  expect(drafts.get(roomKey("pair"))).toEqual(draft("x".repeat(draftUnitsMax - 1)));
});

test("with one room too many the draft that was left alone longest goes, and it is told", () => {
  const { keep, disk, problems } = openClient();
  for (let n = 0; n < draftsMax; n += 1) keep.saveDraft(roomKey(`room-${n}`), draft("x"));
  keep.saveDraft(roomKey("room-0"), draft("y"));
  expect(problems).toEqual([]);
  keep.saveDraft(roomKey("one-more"), draft("z"));
  expect(problems).toEqual(["Too many drafts: the one in room-1 is not kept any more."]);
  keep.flush();
  const { drafts } = openClient(disk).keep.kept;
  expect(drafts.size).toBe(draftsMax);
  expect([drafts.has(roomKey("room-0")), drafts.has(roomKey("room-1"))]).toEqual([true, false]);
});

test("the history keeps its newest lines, none twice in a row, none of the size of a paste", () => {
  const { keep, disk } = openClient();
  keep.remember("fox".repeat(historyEntryBytesMax));
  keep.remember("가".repeat(historyEntryBytesMax / 3 + 1));
  keep.remember("x".repeat(historyEntryBytesMax));
  keep.flush();
  expect(openClient(disk).keep.kept.history).toEqual(["x".repeat(historyEntryBytesMax)]);
  const next = openClient(disk).keep;
  for (let n = 1; n < historyMax; n += 1) for (const _twice of "12") next.remember(`line ${n}`);
  next.flush();
  const full = openClient(disk).keep;
  expect(full.kept.history).toHaveLength(historyMax);
  expect(full.kept.history[0]).toStartWith("xxx");
  full.remember("one more");
  full.flush();
  const after = openClient(disk).keep.kept.history;
  expect([after.length, after[0], after.at(-1)]).toEqual([historyMax, "line 1", "one more"]);
});

test("the file of the history is made anew once half of it is beyond the bound", () => {
  const { keep, disk } = openClient();
  let most = 0;
  for (let n = 0; n < 5 * historyMax; n += 1) {
    keep.remember(`line ${n}`);
    keep.flush();
    if (n % 100 === 0) {
      const lines = disk.text(`${directory}/history.jsonl`)?.split("\n").length ?? 0;
      most = Math.max(most, lines);
    }
  }
  expect(most).toBeGreaterThan(historyMax);
  expect(most).toBeLessThanOrEqual(2 * historyMax + 2);
});

test("of the refused sends the oldest goes when there are too many, and it is told", () => {
  const { keep, disk, problems } = openClient();
  for (let n = 0; n < failedMax; n += 1) {
    keep.outbox.put(unsent(`c${n}`));
    keep.outbox.fail(`c${n}`, "no");
  }
  expect(problems).toEqual([]);
  keep.outbox.put(unsent("last"));
  keep.outbox.fail("last", "no");
  expect(problems).toEqual(["Too much was refused: one of it, for den, is not kept any more."]);
  keep.flush();
  const { failed } = openClient(disk).keep.kept;
  expect([failed.length, failed[0]?.unsent.cid]).toEqual([failedMax, "c1"]);
});

test("rooms, levels and ignored nicks have their bounds, and the newest stay", () => {
  const many = Array.from({ length: roomsMax + 1 }, (_, n) => roomKey(`r${n}`));
  const levels = new Map(many.map((room) => [room, "all" as const]));
  const { keep, disk } = openClient();
  const ignoredAs = new Map(many.map((nick) => [nick, roomKey("eve")] as const));
  keep.saveRooms({ ...noRooms, rooms: many.slice(1), levels, ignored: many, ignoredAs });
  keep.flush();
  const { rooms: kept } = openClient(disk).keep.kept;
  expect(kept.rooms).toEqual(many.slice(1));
  expect([...kept.levels.keys()]).toEqual(many.slice(1));
  expect(kept.ignored).toEqual(many.slice(1));
  expect([...kept.ignoredAs.keys()]).toEqual(many.slice(1));
});

test("a refused send can be sent again under its cid, behind the others, or dropped", () => {
  const { keep, disk } = openClient();
  for (const cid of ["a", "b", "c"]) keep.outbox.put(unsent(cid));
  for (const cid of ["a", "b"]) keep.outbox.fail(cid, "no");
  keep.flush();
  keep.outbox.put(unsent("a"));
  keep.outbox.settle("b");
  keep.outbox.fail("nobody", "knows it");
  keep.outbox.settle("nobody");
  keep.flush();
  const { kept } = openClient(disk).keep;
  expect(kept.outbox.map(({ cid }) => cid)).toEqual(["c", "a"]);
  expect(kept.failed).toEqual([]);
});

test("one that was settled and is put again in the same turn waits", () => {
  const { keep, disk } = openClient();
  keep.outbox.put(unsent("a"));
  keep.flush();
  keep.outbox.settle("a");
  keep.outbox.put(unsent("a"));
  keep.flush();
  expect(openClient(disk).keep.kept.outbox).toEqual([unsent("a")]);
});

test("what a guest left unsent comes back as refused, and stays so", () => {
  const { keep, disk } = openClient();
  keep.outbox.put(unsent("a"));
  keep.flush();
  const guest = openClient(disk, { isGuest: true }).keep;
  expect(guest.kept.outbox).toEqual([]);
  expect(guest.kept.failed.map(({ unsent: { cid } }) => cid)).toEqual(["a"]);
  expect(openClient(disk).keep.kept.failed).toEqual(guest.kept.failed);
});

test("a second client of the same directory keeps nothing, says so, and disturbs nothing", () => {
  const first = openClient(new MemoryDisk(), { pid: 7 });
  first.keep.saveDraft(roomKey("den"), draft("mine"));
  first.keep.remember("one");
  first.keep.outbox.put(unsent("a"));
  first.keep.flush();
  const second = openClient(first.disk, { pid: 8, living: [7] });
  expect(second.keep.isOwner).toBe(false);
  expect(second.problems).toHaveLength(1);
  expect(second.problems[0]).toContain("process 7");
  expect(second.keep.kept.drafts.size + second.keep.kept.outbox.length).toBe(0);
  expect(second.keep.kept.history).toEqual(["one"]);
  const { writes } = first.disk;
  second.keep.saveDraft(roomKey("den"), draft("theirs"));
  second.keep.outbox.settle("a");
  second.keep.close();
  expect(first.disk.writes).toBe(writes);
  first.keep.close();
  expect(openClient(first.disk, { pid: 9, living: [7, 8] }).keep.isOwner).toBe(true);
});

test("a full disk is told once, tried again with each change, and told when it is over", () => {
  const { keep, disk, problems } = openClient();
  keep.saveDraft(roomKey("den"), draft("a"));
  keep.flush();
  disk.fault = (_step, isWrite) => (isWrite ? { kind: "ENOSPC", part: 0.5 } : null);
  for (const text of ["ab", "abc"]) {
    keep.saveDraft(roomKey("den"), draft(text));
    keep.remember(text);
    keep.outbox.put(unsent(text));
    keep.flush();
  }
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain("the disk is full");
  expect(openClient(copyOf(disk)).keep.kept.drafts.get(roomKey("den"))).toEqual(draft("a"));
  disk.fault = () => null;
  keep.saveRooms(rooms);
  keep.flush();
  expect(problems.slice(1)).toEqual(["What you type is kept on disk again."]);
  const { kept } = openClient(disk).keep;
  expect(kept.drafts.get(roomKey("den"))).toEqual(draft("abc"));
  expect(kept.history).toEqual(["ab", "abc"]);
  expect(kept.outbox).toEqual([unsent("ab"), unsent("abc")]);
});

function copyOf(disk: MemoryDisk): MemoryDisk {
  const copy = new MemoryDisk();
  for (const [path] of disk.files) copy.put(path, disk.text(path) ?? "");
  return copy;
}

test("on a read-only disk what is there is found, and the client takes over when it is writable", () => {
  const { disk } = openClient();
  const former = openClient(disk);
  former.keep.saveDraft(roomKey("den"), draft("a"));
  former.keep.outbox.put(unsent("c1"));
  former.keep.flush();
  disk.fault = (_step, isWrite) => (isWrite ? { kind: "EROFS", part: 0 } : null);
  const { keep, problems } = openClient(disk);
  expect(keep.kept.drafts.get(roomKey("den"))).toEqual(draft("a"));
  expect(keep.kept.outbox).toEqual([unsent("c1")]);
  keep.outbox.settle("c1");
  keep.saveDraft(roomKey("den"), draft("ab"));
  keep.flush();
  expect([keep.isOwner, problems.length]).toEqual([false, 1]);
  disk.fault = () => null;
  // Meanwhile somebody else was here, and is gone again.
  const other = openClient(disk);
  other.keep.remember("theirs");
  other.keep.saveDraft(roomKey("attic"), draft("theirs"));
  other.keep.flush();
  keep.remember("mine");
  keep.flush();
  expect([keep.isOwner, problems.length]).toEqual([true, 2]);
  const { kept } = openClient(disk).keep;
  expect(kept.drafts.get(roomKey("den"))).toEqual(draft("ab"));
  expect(kept.drafts.get(roomKey("attic"))).toEqual(draft("theirs"));
  expect(kept.history).toEqual(["theirs", "mine"]);
  expect(kept.outbox).toEqual([]);
});

test("a file that is broken is put aside, what could be read of it stays, and it is told", () => {
  const { keep, disk } = openClient();
  for (const text of ["one", "two", "three"]) keep.remember(text);
  keep.saveDraft(roomKey("den"), draft("a"));
  keep.saveRooms(rooms);
  keep.flush();
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
  expect(next.keep.kept.history).toEqual(["one", "three"]);
  expect(next.keep.kept.rooms).toEqual(noRooms);
  expect(disk.text(`${path}.broken-1`)).toBe(broken);
  expect(disk.text(`${directory}/drafts.jsonl.broken-1`)).toContain("own notes");
  expect(disk.text(`${directory}/rooms.json.broken-1`)).toBe('{"version":99}');
  next.keep.remember("four");
  next.keep.saveRooms(rooms);
  next.keep.flush();
  const after = openClient(disk);
  expect(after.problems).toEqual([]);
  expect(after.keep.kept.history).toEqual(["one", "three", "four"]);
  expect(after.keep.kept.rooms).toEqual(rooms);
});

test("so many broken files stand aside; then the next stays where it is, and nothing is lost", () => {
  const disk = new MemoryDisk();
  const path = `${directory}/history.jsonl`;
  for (let n = 1; n <= asideMax; n += 1) {
    disk.put(path, `broken ${n}`);
    expect(openClient(disk).problems).toHaveLength(1);
  }
  disk.put(path, "one too many");
  const { keep, problems } = openClient(disk);
  keep.remember("new");
  keep.flush();
  expect(problems).toHaveLength(2);
  expect(problems[1]).toContain("remove some");
  expect(disk.text(path)).toBe("one too many");
  disk.files.delete(`${path}.broken-3`);
  keep.remember("newer");
  keep.flush();
  expect(disk.text(`${path}.broken-3`)).toBe("one too many");
  expect(openClient(disk).keep.kept.history).toEqual(["new", "newer"]);
});

test("a directory that is taken away in the middle is made again, with all that is still true", () => {
  const { keep, disk } = openClient();
  keep.saveDraft(roomKey("den"), draft("a"));
  keep.outbox.put(unsent("c1"));
  keep.flush();
  disk.files.clear();
  keep.saveDraft(roomKey("attic"), draft("b"));
  keep.outbox.put(unsent("c2"));
  keep.flush();
  const { kept } = openClient(disk).keep;
  expect([...kept.drafts.keys()]).toEqual([roomKey("den"), roomKey("attic")]);
  expect(kept.outbox.map(({ cid }) => cid)).toEqual(["c1", "c2"]);
});

test("a draft stays on disk while the outbox can't be written, at the end too", () => {
  const { keep, disk } = openClient();
  keep.saveDraft(roomKey("den"), draft("precious"));
  keep.saveDraft(roomKey("attic"), draft("x".repeat(draftUnitsMax)));
  for (let n = 0; n < 8; n += 1) {
    keep.saveDraft(roomKey("attic"), draft(`${n}${"x".repeat(draftUnitsMax - 1)}`));
    keep.flush();
  }
  disk.fault = (_step, isWrite, path) =>
    isWrite && path.includes("outbox") ? { kind: "ENOSPC", part: 0.5 } : null;
  keep.outbox.put(unsent("c1", "precious"));
  keep.saveDraft(roomKey("den"), null);
  keep.saveDraft(roomKey("attic"), null);
  keep.flush();
  keep.close();
  disk.fault = () => null;
  const { kept } = openClient(disk).keep;
  expect(kept.outbox).toEqual([]);
  expect(kept.drafts.get(roomKey("den"))).toEqual(draft("precious"));
});

test("what a draft answers or changes is kept with it, and files without that are read", () => {
  const { keep, disk } = openClient();
  const answer = { ...draft("so"), compose: { kind: "reply" as const, seq: 3, epoch: "e" } };
  keep.saveDraft(roomKey("den"), draft("so"));
  keep.flush();
  keep.saveDraft(roomKey("den"), answer);
  keep.saveDraft(roomKey("ops"), draft("plain"));
  keep.flush();
  const next = openClient(disk);
  expect([...next.keep.kept.drafts]).toEqual([
    [roomKey("den"), answer],
    [roomKey("ops"), draft("plain")],
  ]);
  expect(next.problems).toEqual([]);
});
