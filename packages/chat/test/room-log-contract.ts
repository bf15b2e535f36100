// What every room log must do, whatever keeps its entries: run it against each.
// A log on this thread answers inside submit() and commit(), one across a network later; the
// contract waits for results and never for time.

import { afterEach, describe, expect, test } from "bun:test";
import { editsPerMessageMax } from "../src/entry/judge-amendment.ts";
import { keyOf } from "./chat-fixture.ts";
import { type CreateLogUnderTest, draftOf, LogBench, type Result } from "./log-bench.ts";
import { searchContract } from "./search-contract.ts";

/** Declares the tests of one log; `retains` is what its bound in bytes is about. */
export function roomLogContract(
  name: string,
  createLog: CreateLogUnderTest,
  retains: "all rooms" | "each room",
): void {
  const open: LogBench[] = [];
  const start: Start = async (bytesMax) => {
    const bench = await LogBench.open(createLog, bytesMax);
    open.push(bench);
    return bench;
  };
  afterEach(async () => {
    for (const bench of open.splice(0)) await bench.log.close();
  });
  describe(`${name} as a room log`, () => {
    appendContract(start);
    recallContract(start);
    readContract(start);
    amendmentContract(start);
    amendmentBoundsContract(start);
    spokenContract(start);
    inboxContract(start);
    markerContract(start);
    searchContract(start);
    retentionContract(start);
    if (retains === "all rooms") sharedRetentionContract(start);
  });
}

type Start = (bytesMax?: number) => Promise<LogBench>;

function appendContract(start: Start): void {
  test("a room that was never written in has a head of 0, no topic and an epoch", async () => {
    const opened = await (await start()).opened();
    expect(opened).toMatchObject({ kind: "opened", head: 0, topic: "" });
    expect(opened.epoch).not.toBe("");
  });

  test("appending gives the entry its seq, and the head, the topic and the epoch follow", async () => {
    const bench = await start();
    const before = await bench.opened();
    const { entry, duplicate } = await bench.committed(bench.append("하나"));
    expect(duplicate).toBe(false);
    expect(entry).toEqual({ ...(draftOf("하나") as object), seq: entry.seq } as typeof entry);
    const topic = await bench.committed(bench.topic("마루"));
    expect(topic.entry.seq).toBeGreaterThan(entry.seq);
    const { epoch } = before;
    expect(await bench.opened()).toMatchObject({ head: topic.entry.seq, topic: "마루", epoch });
  });

  test("seqs strictly increase in each room, and results come in the order of its requests", async () => {
    const bench = await start();
    const tags = Array.from({ length: 60 }, (_, index) =>
      bench.append(`${index}`, { room: index % 3 === 0 ? "a" : "b" }),
    );
    bench.log.commit();
    const results = (await Promise.all(
      tags.map((tag) => bench.result(tag)),
    )) as Result<"appended">[];
    for (const room of ["a", "b"]) {
      const seqs = results.filter(({ entry }) => entry.room === room).map(({ entry }) => entry.seq);
      expect(seqs.every((seq, index) => seq > (seqs[index - 1] ?? 0))).toBe(true);
      const arrived = bench.results.filter(
        (result) => result.kind === "appended" && result.entry.room === room,
      );
      const order = arrived.map(({ tag }) => tag);
      expect(order).toEqual([...order].sort((one, other) => one - other));
    }
  });

  test("nothing is answered, and nothing opened is newer, before the commit", async () => {
    const bench = await start();
    const [seq] = await bench.say("committed");
    const tag = bench.append("proposed");
    expect(await bench.opened()).toMatchObject({ head: seq as number });
    expect(bench.results.some((result) => result.tag === tag)).toBe(false);
    await bench.committed(tag);
    expect((await bench.page({ after: 0 })).texts).toEqual(["committed", "proposed"]);
  });

  test("a cid of an account is stored once: in one batch, later, and whatever the text", async () => {
    const bench = await start();
    const tags = [bench.append("once", { cid: "c" }), bench.append("again", { cid: "c" })];
    bench.log.commit();
    const [first, second] = (await Promise.all(
      tags.map((tag) => bench.result(tag)),
    )) as Result<"appended">[];
    expect(first?.duplicate).toBe(false);
    expect(second).toMatchObject({ duplicate: true, entry: first?.entry as object });
    const third = await bench.committed(bench.append("other", { cid: "c", room: "elsewhere" }));
    expect(third).toMatchObject({ duplicate: true, entry: first?.entry as object });
    expect((await bench.page({ after: 0 })).texts).toEqual(["once"]);
    expect(await bench.opened("elsewhere")).toMatchObject({ head: 0 });
  });

  test("another account's cid, another cid, and none at all are no duplicates", async () => {
    const bench = await start();
    const seqs: number[] = [];
    for (const given of [
      { cid: "c" },
      { cid: "c", account: "jun" },
      { cid: "C" },
      { cid: "c2" },
      {},
      {},
    ]) {
      const { entry, duplicate } = await bench.committed(bench.append("line", given));
      expect(duplicate).toBe(false);
      seqs.push(entry.seq);
    }
    expect(new Set(seqs).size).toBe(6);
  });
}

function recallContract(start: Start): void {
  test("what is stored under a cid is found again, in whatever room, and nothing is stored for it", async () => {
    const bench = await start();
    expect(await bench.recalled("c")).toMatchObject({ kind: "recalled", entry: null });
    const { entry } = await bench.committed(bench.append("once", { cid: "c" }));
    expect(await bench.recalled("c")).toMatchObject({ entry });
    expect(await bench.recalled("c", "mina", "nowhere")).toMatchObject({ entry });
    expect(await bench.recalled("c", "jun")).toMatchObject({ entry: null });
    expect(await bench.recalled("C")).toMatchObject({ entry: null });
    expect((await bench.page({ after: 0 })).texts).toEqual(["once"]);
    expect(await bench.opened("nowhere")).toMatchObject({ head: 0 });
  });

  test("it has its place among the appends of its batch, and changes nothing for those behind it", async () => {
    const bench = await start();
    const tags = [
      bench.recall("c"),
      bench.append("once", { cid: "c" }),
      bench.recall("c"),
      bench.append("again", { cid: "c" }),
    ];
    bench.log.commit();
    expect(await Promise.all(tags.map((tag) => bench.result(tag)))).toMatchObject([
      { kind: "recalled", entry: null },
      { kind: "appended", duplicate: false, entry: { seq: 1 } },
      { kind: "recalled", entry: { seq: 1, text: "once" } },
      { kind: "appended", duplicate: true, entry: { seq: 1 } },
    ]);
  });

  test("an amendment is found as well, as a message is shown after it", async () => {
    const bench = await start();
    await bench.committed(bench.append("said", { cid: "c" }));
    await bench.committed(bench.amend({ type: "edit", target: 1, text: "edited" }));
    expect(await bench.recalled("c")).toMatchObject({ entry: { seq: 1, text: "edited" } });
  });
}

function markerContract(start: Start): void {
  const marked = async (bench: LogBench, tag: number) => {
    bench.log.commit();
    return await bench.result(tag);
  };

  test("a marker says whether it is a new one, and where none may be made only those there are set", async () => {
    const bench = await start();
    await bench.say("1", "2");
    const none = { kind: "unmarked" };
    expect(await marked(bench, bench.mark(1, "eve", "lobby", false))).toMatchObject(none);
    expect((await bench.inbox("eve")).rooms).toEqual([]);
    const added = { kind: "marked", seq: 1, added: true };
    expect(await marked(bench, bench.mark(1, "eve"))).toMatchObject(added);
    const moved = { kind: "marked", seq: 2, added: false };
    expect(await marked(bench, bench.mark(2, "eve", "lobby", false))).toMatchObject(moved);
    expect(await marked(bench, bench.mark(2, "eve"))).toMatchObject(moved);
    expect((await bench.inbox("eve")).rooms).toMatchObject([{ read: 2 }]);
  });

  test("in a room without entries a marker is answered, and is none", async () => {
    const bench = await start();
    const answered = { kind: "marked", seq: 0, added: false };
    expect(await marked(bench, bench.mark(0, "eve", "nowhere"))).toMatchObject(answered);
    expect(await marked(bench, bench.mark(0, "eve", "nowhere", false))).toMatchObject(answered);
  });
}

function readContract(start: Start): void {
  test("pages go from either side of a seq, oldest first, and say whether there is more", async () => {
    const bench = await start();
    const seqs = await bench.say("1", "2", "3", "4", "5");
    const third = seqs[2] as number;
    const max = { entriesMax: 2 };
    expect(await bench.page({ after: 0 }, max)).toMatchObject({ texts: ["1", "2"], more: true });
    expect(await bench.page({ after: third }, max)).toMatchObject({
      texts: ["4", "5"],
      more: false,
      gap: false,
    });
    expect(await bench.page({ before: third }, max)).toMatchObject({
      texts: ["1", "2"],
      more: false,
    });
    const newest = await bench.page({ before: Number.MAX_SAFE_INTEGER }, max);
    expect(newest).toMatchObject({ texts: ["4", "5"], more: true, seqs: seqs.slice(3) });
  });

  test("pages beyond the ends, and of rooms without entries, are empty and without a gap", async () => {
    const bench = await start();
    const seqs = await bench.say("1", "2");
    const empty = { seqs: [], texts: [], more: false, gap: false };
    expect(await bench.page({ after: seqs[1] as number })).toEqual(empty);
    expect(await bench.page({ before: seqs[0] as number })).toEqual(empty);
    expect(await bench.page({ before: 0 })).toEqual(empty);
    expect(await bench.page({ after: 0 }, { room: "nowhere" })).toEqual(empty);
    expect(await bench.page({ before: 9 }, { room: "nowhere" })).toEqual(empty);
  });

  test("pages are bounded in bytes, from the side where they begin, and never empty for it", async () => {
    const bench = await start();
    const long = (letter: string) => letter.repeat(1_000);
    await bench.say(long("a"), long("b"), long("c"), long("d"));
    const tight = { bytesMax: 1 };
    expect(await bench.page({ after: 0 }, tight)).toMatchObject({ texts: [long("a")], more: true });
    const newest = await bench.page({ before: Number.MAX_SAFE_INTEGER }, tight);
    expect(newest).toMatchObject({ texts: [long("d")], more: true });
    const some = await bench.page({ after: 0 }, { bytesMax: 9_000 });
    expect(some.seqs.length).toBeGreaterThan(1);
    expect(some.texts[0]).toBe(long("a"));
  });

  test("no entries at all may be asked for", async () => {
    const bench = await start();
    await bench.say("1");
    const page = await bench.page({ after: 0 }, { entriesMax: 0 });
    expect(page).toMatchObject({ seqs: [], more: true });
  });
}

function amendmentContract(start: Start): void {
  test("an entry about another one changes how pages show that one, from memory or not", async () => {
    const bench = await start();
    await bench.say("first", "second");
    await bench.committed(bench.amend({ type: "edit", target: 1, text: "edited" }));
    await bench.committed(bench.amend({ type: "reaction", target: 2, emoji: "👍" }, "jun"));
    for (const range of [{ after: 0 }, { around: 2 }]) {
      const { texts } = await bench.page(range);
      expect(texts).toEqual(["edited", "second", "edited", "👍"]);
    }
    const redacted = await bench.committed(bench.amend({ type: "redaction", target: 1 }));
    expect(redacted).toMatchObject({ kind: "appended", entry: { seq: 5, target: 1 } });
    expect((await bench.page({ after: 0 })).texts).toEqual(["", "second", "", "👍", ""]);
    expect((await bench.page({ around: 1 })).texts).toEqual(["", "second", "", "👍", ""]);
  });

  test("an amendment and its message may come in one batch, and are judged in their order", async () => {
    const bench = await start();
    const tags = [
      bench.amend({ type: "edit", target: 1, text: "too early" }),
      bench.append("said"),
      bench.amend({ type: "reaction", target: 1, emoji: "👍" }, "jun"),
      bench.amend({ type: "reaction", target: 1, emoji: "👍" }, "jun"),
      bench.amend({ type: "edit", target: 1, text: "not mine" }, "jun"),
      bench.amend({ type: "redaction", target: 1 }),
      bench.amend({ type: "reaction", target: 1, emoji: "🎉" }, "jun"),
    ];
    bench.log.commit();
    const results = await Promise.all(tags.map((tag) => bench.result(tag)));
    expect(results).toMatchObject([
      { kind: "refused", code: "no_such_entry" },
      { kind: "appended", entry: { seq: 1 } },
      { kind: "appended", duplicate: false, entry: { seq: 2 } },
      { kind: "appended", duplicate: true, entry: { seq: 2 } },
      { kind: "refused", code: "forbidden" },
      { kind: "appended", entry: { seq: 3 } },
      { kind: "refused", code: "no_such_entry" },
    ]);
  });
}

function amendmentBoundsContract(start: Start): void {
  test("a message is edited so often and no more, whatever else happens in the room", async () => {
    const bench = await start();
    await bench.say("first", "second");
    const edit = (target: number, text: string) => bench.amend({ type: "edit", target, text });
    for (let count = 1; count < editsPerMessageMax; count += 1) edit(1, `edit ${count}`);
    await bench.committed(edit(1, "the last"));
    await bench.committed(bench.append("elsewhere", { room: "other" }));
    edit(1, "one more");
    const other = edit(2, "another message");
    bench.log.commit();
    expect(await bench.result(other - 1)).toMatchObject({
      kind: "refused",
      code: "too_many_edits",
    });
    expect(await bench.result(other)).toMatchObject({ kind: "appended" });
    const { texts } = await bench.page({ after: 0 }, { entriesMax: 2 });
    expect(texts).toEqual(["the last", "another message"]);
  });

  test("a redaction empties as many edits as there may be, and those alone", async () => {
    const bench = await start();
    await bench.say("first", "second");
    const edits = (target: number) =>
      bench.amend({ type: "edit", target, text: `edit of ${target}` });
    for (let count = 0; count < editsPerMessageMax; count += 1) edits(1);
    await bench.committed(edits(2));
    await bench.committed(bench.amend({ type: "redaction", target: 1 }));
    const { texts } = await bench.page({ after: 0 }, { entriesMax: 200 });
    expect(texts.filter((text) => text === "edit of 1")).toEqual([]);
    expect(texts.filter((text) => text === "edit of 2")).toHaveLength(2);
  });
}

function inboxContract(start: Start): void {
  test("direct rooms are their people's from the first line on, others once they are marked", async () => {
    const bench = await start();
    await bench.committed(bench.append("psst @jun", { room: "@jun+mina" }));
    await bench.say("one", "two");
    expect((await bench.inbox("jun")).rooms).toMatchObject([
      { key: "@jun+mina", name: "@jun+mina", head: 1, read: 0, unread: 1, mentions: 1 },
    ]);
    expect((await bench.inbox("eve")).rooms).toEqual([]);
    await bench.committed(bench.mark(1, "eve"));
    expect((await bench.inbox("eve")).rooms).toMatchObject([
      { key: "lobby", head: 2, read: 1, unread: 1, mentions: 0 },
    ]);
    await bench.committed(bench.mark(0, "eve"));
    expect((await bench.inbox("eve")).rooms).toMatchObject([{ read: 0, unread: 2 }]);
    const { epoch } = await bench.opened();
    expect((await bench.inbox("eve")).rooms[0]?.epoch).toBe(epoch);
  });

  test("who is addressed at the beginning is named, until an edit names another", async () => {
    const bench = await start();
    await bench.say("eve: hi", "12: 30");
    for (const account of ["eve", "지은"]) await bench.committed(bench.mark(0, account));
    expect((await bench.inbox("eve")).rooms).toMatchObject([{ unread: 2, mentions: 1 }]);
    await bench.committed(bench.amend({ type: "edit", target: 1, text: "@지은아 안녕" }));
    expect((await bench.inbox("eve")).rooms).toMatchObject([{ unread: 2, mentions: 0 }]);
    expect((await bench.inbox("지은")).rooms).toMatchObject([{ unread: 2, mentions: 1 }]);
  });
}

function retentionContract(start: Start): void {
  const line = "x".repeat(500);

  test("the oldest entries of all rooms go first, and what is kept has no hole", async () => {
    const bench = await start(20_000);
    for (let index = 0; index < 60; index += 1) {
      await bench.committed(bench.append(line, { room: index % 2 === 0 ? "a" : "b" }));
    }
    for (const room of ["a", "b"]) {
      const { seqs } = await bench.page({ after: 0 }, { room });
      const { head } = await bench.opened(room);
      expect(seqs.length).toBeGreaterThan(0);
      expect(seqs.length).toBeLessThan(30);
      expect(seqs.at(-1)).toBe(head);
      expect(seqs.every((seq, index) => seq === (seqs[0] as number) + index)).toBe(true);
    }
  });

  test("a page says when what is behind `after` is gone, and when all of it is there", async () => {
    const bench = await start(20_000);
    const said = await bench.say(...Array.from({ length: 60 }, () => line));
    const kept = (await bench.page({ after: 0 })).seqs;
    const firstKept = said.indexOf(kept[0] as number);
    expect(firstKept).toBeGreaterThan(1);
    expect(await bench.page({ after: 0 })).toMatchObject({ gap: true });
    expect(await bench.page({ after: said[firstKept - 2] as number })).toMatchObject({ gap: true });
    expect(await bench.page({ after: said[firstKept - 1] as number })).toMatchObject({
      gap: false,
      seqs: kept,
    });
  });
}

function sharedRetentionContract(start: Start): void {
  const line = "x".repeat(500);

  test("a room whose entries have all gone goes on with seqs that were never used", async () => {
    const bench = await start(20_000);
    const quiet = await bench.committed(bench.append("first", { room: "quiet" }));
    await bench.say(...Array.from({ length: 60 }, () => line));
    expect((await bench.page({ after: 0 }, { room: "quiet" })).seqs).toEqual([]);
    const later = await bench.committed(bench.append("second", { room: "quiet" }));
    expect(later.entry.seq).toBeGreaterThan(quiet.entry.seq);
    const page = await bench.page({ after: 0 }, { room: "quiet" });
    expect(page).toMatchObject({ texts: ["second"], gap: true });
  });

  test("a room whose entries have all gone opens at a head that no seq of it was above", async () => {
    const bench = await start(20_000);
    const quiet = await bench.committed(bench.append("first", { room: "quiet" }));
    const before = await bench.opened("quiet");
    await bench.say(...Array.from({ length: 60 }, () => line));
    const { head, epoch } = await bench.opened("quiet");
    expect(head).toBeGreaterThanOrEqual(quiet.entry.seq);
    expect(epoch).toBe(before.epoch);
    const range = { after: quiet.entry.seq - 1 };
    expect(await bench.page(range, { room: "quiet" })).toMatchObject({ seqs: [], gap: true });
    expect(await bench.page({ after: head }, { room: "quiet" })).toMatchObject({ gap: false });
    const later = await bench.committed(bench.append("second", { room: "quiet" }));
    expect(later.entry.seq).toBeGreaterThan(head);
  });
}

function spokenContract(start: Start): void {
  test("a conversation tells who of the two has spoken there, another room nothing", async () => {
    const bench = await start();
    const room = "@jun+mina";
    expect(await bench.opened(room)).toMatchObject({ spoken: [] });
    await bench.committed(bench.append("hello?", { room }));
    expect(await bench.opened(room)).toMatchObject({ spoken: ["mina"] });
    await bench.committed(bench.append("hello again", { room }));
    expect(await bench.opened(room)).toMatchObject({ spoken: ["mina"] });
    await bench.committed(bench.append("yes", { room, account: "jun" }));
    expect((await bench.opened(room)).spoken.toSorted()).toEqual(["jun", "mina"].map(keyOf));
    await bench.say("1");
    expect(await bench.opened("lobby")).toMatchObject({ spoken: [] });
  });
}
