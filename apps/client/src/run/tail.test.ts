// What `tail` takes for its own room's, and what it makes of a place behind the end of the room.

import { afterAll, expect, test } from "bun:test";
import { ChatError, type ClientEvent } from "@maru/sdk";
import { endProcesses, runClient, startClient, startServer } from "../../test/processes.ts";
import { Output } from "../io/output.ts";
import { Tail, type TailRun } from "./tail.ts";

afterAll(endProcesses);

const run: TailRun = {
  target: { host: "h", port: 1, room: "Lobby" },
  nick: "logbot",
  format: "text",
  count: 1,
  since: null,
  quiet: false,
};

const stamp = { room: "@eve+logbot", seq: 1, at: 0, from: "eve" };
const closed = new ChatError({ code: "closed", message: "closed", retryable: false });

/** One event of each kind, of a room that nobody asked for. */
const elsewhere: { readonly [T in Exclude<ClientEvent["type"], "state">]: ClientEvent } = {
  message: { type: "message", ...stamp, text: "PRIVATE" },
  edit: { type: "edit", ...stamp, target: 1, text: "PRIVATE" },
  redaction: { type: "redaction", ...stamp, target: 1, reason: "PRIVATE" },
  reaction: { type: "reaction", ...stamp, target: 1, emoji: "👍" },
  topic: { type: "topic", ...stamp, topic: "PRIVATE" },
  presence: { type: "presence", room: stamp.room, memberCount: 1, left: ["bob"] },
  typing: { type: "typing", room: stamp.room, from: "eve" },
  joined: {
    ...{ type: "joined", room: stamp.room, epoch: "e", head: 7, topic: "", memberCount: 1 },
    ...{ members: [], recovered: true, again: true },
  },
  reset: { type: "reset", room: stamp.room, after: 3 },
  left: { type: "left", room: stamp.room, reason: closed },
};

/** Follows what a server tells, to its end; what was printed and said, and how it ended. */
async function followed(given: TailRun, events: readonly ClientEvent[]) {
  const [out, err] = [new Written(), new Written()];
  const [stdout, stderr] = [new Output(out.stream), new Output(err.stream)];
  const tail = new Tail(given, { stdout, stderr });
  const ending = await tail.follow({
    join: () => new Promise(() => {}),
    async *events() {
      yield* events;
      return undefined;
    },
    closed: () => Promise.resolve(closed),
    close: () => Promise.resolve(),
  });
  tail.end();
  await Promise.all([stdout.flushed(), stderr.flushed()]);
  return { out: out.text, err: err.text, ending, hasGap: tail.hasGap };
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
  const direct = { ...run, target: { ...run.target, room: "@logbot+Eve" } };
  expect((await followed(direct, [message])).out).toBe("hi\n");
});

test("a seq that the room has not come to is no gap, and what comes next is printed", async () => {
  const { address } = await startServer();
  const send = (text: string) => runClient(address, ["send", "--room", "den", text]);
  expect((await send("first")).code).toBe(0);
  const tail = startClient(address, "tail", "--room", "den", "--since", "500", "-n", "1");
  await tail.said("nothing is there after 500 yet: the room is at 1");
  expect((await send("second")).code).toBe(0);
  const { code, out, err } = await tail.finished();
  expect([code, out.toString()]).toEqual([0, "second\n"]);
  expect(err).not.toContain("missing");
});
