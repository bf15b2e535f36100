// What `tail` takes for its own room's, and what it keeps as its place.

import { describe, expect, test } from "bun:test";
import { EventEmitter } from "node:events";
import { type ChatClientEvent, MaruError } from "@maru/sdk/chat";
import { Output } from "@maru/tui/io";
import { RoomTail, type TailOptions } from "./room-tail.ts";
import type { Place } from "./tail-place.ts";

const run: TailOptions = {
  room: "Lobby",
  place: null,
  file: null,
  format: "text",
  count: 1,
  since: null,
  quiet: false,
};

const stamp = { room: "@eve+logbot", seq: 1, at: 0, from: "eve" };
const closed = new MaruError({ code: "closed", message: "closed", retryable: false });

/** One event of each kind, of a room that was not asked for. */
const elsewhere: { readonly [T in Exclude<ChatClientEvent["type"], "state">]: ChatClientEvent } = {
  message: { type: "message", ...stamp, text: "PRIVATE" },
  edit: { type: "edit", ...stamp, target: 1, text: "PRIVATE" },
  redaction: { type: "redaction", ...stamp, target: 1, reason: "PRIVATE" },
  reaction: { type: "reaction", ...stamp, target: 1, emoji: "👍" },
  topic: { type: "topic", ...stamp, topic: "PRIVATE" },
  presence: { type: "presence", room: stamp.room, memberCount: 1, left: ["bob"] },
  typing: { type: "typing", room: stamp.room, from: "eve" },
  joined: {
    type: "joined",
    ...{ room: stamp.room, epoch: "e", head: 7, topic: "", memberCount: 1 },
    ...{ members: [], recovered: true, again: true },
  },
  reset: { type: "reset", room: stamp.room, after: 3 },
  left: { type: "left", room: stamp.room, reason: closed },
};

/** Follows what a server tells, to its end; what was printed and said, and how it ended. */
async function followed(given: TailOptions, events: readonly ChatClientEvent[]) {
  const [out, err] = [new Written(), new Written()];
  const [stdout, stderr] = [new Output(out.stream), new Output(err.stream)];
  const tail = new RoomTail(given, { stdout, stderr });
  const ending = await tail.follow(serverOf(events));
  tail.end();
  await Promise.all([stdout.flushed(), stderr.flushed()]);
  return { out: out.text, err: err.text, ending, hasGap: tail.hasGap };
}

function serverOf(events: readonly ChatClientEvent[]) {
  return {
    join: () => new Promise<never>(() => {}),
    async *events() {
      yield* events;
      return undefined;
    },
    closed: () => Promise.resolve(closed),
    close: () => Promise.resolve(),
  };
}

class Written {
  text = "";
  readonly stream = {
    isTTY: false,
    on() {},
    write: (text: string, done: () => void) => {
      this.text += text;
      done();
    },
  } as unknown as NodeJS.WriteStream;
}

test("of another room nothing is printed, told or counted, and it ends nothing", async () => {
  const piece = { ...stamp, room: "lobby", from: "bob", type: "message" } as const;
  for (const format of ["text", "json", "verbose"] as const) {
    for (const [type, event] of Object.entries(elsewhere)) {
      // Bob's line goes on: what bob does elsewhere must not end it.
      const begun = { ...piece, seq: 1, text: "one \u200d" };
      const ended = { ...piece, seq: 2, text: "line" };
      const got = await followed({ ...run, format, count: 2 }, [begun, event, ended]);
      const alone = await followed({ ...run, format, count: 2 }, [begun, ended]);
      expect([type, got]).toEqual([type, alone]);
      expect(got.out).not.toBe("");
    }
  }
});

test("a room is the same in every spelling, and a conversation may be followed, too", async () => {
  const message = { type: "message", ...stamp, text: "hi" } as const;
  expect((await followed(run, [{ ...message, room: "LOBBY" }])).out).toBe("hi\n");
  const direct = { ...run, room: "@logbot+Eve" };
  expect((await followed(direct, [message])).out).toBe("hi\n");
});

/** What a tail keeps as its place, one after the other. */
async function kept(given: Partial<TailOptions>, events: readonly ChatClientEvent[]) {
  const places: Place[] = [];
  const file = { reached: (place: Place) => places.push(place) };
  const { err, hasGap } = await followed({ ...run, count: null, file, ...given }, events);
  return { seqs: places.map(({ seq }) => seq), last: places.at(-1), err, hasGap };
}

const lobby = { ...stamp, room: "lobby" } as const;
const said = (seq: number, text = "hi", from = "bob") =>
  ({ type: "message", ...lobby, seq, from, text }) as const;
const joined = (epoch: string, head: number, again = false): ChatClientEvent => ({
  type: "joined",
  ...{ room: "lobby", epoch, head, topic: "", memberCount: 1 },
  ...{ members: [], recovered: true, again },
});

describe("the place that is kept", () => {
  test("begins where the room stands, and follows every entry, printed or not", async () => {
    const { last, seqs } = await kept({}, [
      joined("e1", 7),
      said(8),
      elsewhere.message,
      { type: "reaction", ...lobby, seq: 9, target: 8, emoji: "👍" },
    ]);
    expect([...new Set(seqs)]).toEqual([7, 8, 9]);
    expect(last).toEqual({ room: "lobby", epoch: "e1", seq: 9 });
  });

  test("begins behind the seq that is asked for, however far the room is", async () => {
    expect((await kept({ since: 2 }, [joined("e1", 7)])).seqs).toContain(2);
    expect((await kept({ since: 9 }, [joined("e1", 7)])).last?.seq).toBe(7);
  });

  test("stays before a line that goes on, until it is printed; the end prints it", async () => {
    const pieces = [joined("e1", 0), said(1), said(2, "one \u200d"), said(3, "whole", "eve")];
    const { seqs } = await kept({}, pieces);
    expect(seqs).toEqual([0, 1, 1, 1, 3]);
    expect((await kept({}, [...pieces, said(4, "line")])).seqs).toEqual([0, 1, 1, 1, 4, 4]);
    const left: ChatClientEvent = {
      type: "presence",
      room: "lobby",
      memberCount: 1,
      left: ["bob"],
    };
    expect((await kept({}, [...pieces, left])).seqs).toEqual([0, 1, 1, 1, 3, 3]);
    // A reconnect in between changes nothing about that.
    const again = [...pieces, joined("e1", 3, true)];
    expect((await kept({}, again)).seqs).toEqual([0, 1, 1, 1, 1, 3]);
  });

  test("begins anew with another epoch, and that is told", async () => {
    const place = { room: "lobby", epoch: "e1", seq: 40 };
    const reset = { type: "reset", room: "lobby", after: 40 } as const;
    const { seqs, err, hasGap } = await kept({ place }, [joined("e2", 3), reset, said(1)]);
    expect([seqs.slice(0, 2), hasGap]).toEqual([[0, 1], true]);
    expect(err).toContain("messages are missing after 40");
    expect(err).toContain("its epoch is another");
    const later = await kept({ place }, [joined("e1", 41), said(41), joined("e2", 0, true), reset]);
    expect([later.last, later.hasGap]).toEqual([{ room: "lobby", epoch: "e2", seq: 0 }, true]);
  });

  test("goes back to the room's end where the server has lost what was printed", async () => {
    const place = { room: "lobby", epoch: "e1", seq: 40 };
    const reset = { type: "reset", room: "lobby", after: 40 } as const;
    const { last, err, hasGap } = await kept({ place }, [joined("e1", 30), reset]);
    expect([last?.seq, hasGap]).toEqual([30, true]);
    expect(err).toContain("messages are missing after 40");
  });

  test("is kept only when what was printed is written", async () => {
    const places: Place[] = [];
    const file = { reached: (place: Place) => places.push(place) };
    const stream = new EventEmitter();
    const wrote = Promise.withResolvers<() => void>();
    const write = (_text: string, done: () => void) => wrote.resolve(done);
    const stdout = new Output(Object.assign(stream, { write }) as unknown as NodeJS.WriteStream);
    const tail = new RoomTail({ ...run, file, count: 1 }, { stdout, stderr: stdout });
    await tail.follow(serverOf([joined("e1", 0), said(1)]));
    expect(places).toEqual([{ room: "lobby", epoch: "e1", seq: 0 }]);
    const done = await wrote.promise;
    expect(places).toHaveLength(1);
    done();
    expect(places.at(-1)?.seq).toBe(1);
  });
});

test("JSON has the time as people write it, too, but one that no calendar has", async () => {
  const events = [
    { ...said(1), at: 1_796_079_975_450 },
    { ...said(2), at: 9e15 },
  ];
  const { out } = await followed({ ...run, format: "json", count: 2 }, events);
  const [first, second] = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ at: 1_796_079_975_450, time: "2026-11-30T23:06:15.450Z" });
  expect([second.at, "time" in second]).toEqual([9e15, false]);
});
