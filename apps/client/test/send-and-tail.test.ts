// send and tail against the real server, as a script uses them.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { endProcesses, runClient, startClient, startServer } from "./processes.ts";

setDefaultTimeout(processTestMs);

afterAll(endProcesses);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
});
afterAll(() => server.stop());

const newRoom = () => `room-${crypto.randomUUID().slice(0, 8)}`;
const send = (room: string, input: string | Uint8Array, ...flags: string[]) =>
  runClient(server.address, ["send", "--room", room, ...flags], input);
const tail = (room: string, ...flags: string[]) =>
  runClient(server.address, ["tail", "--room", room, ...flags]);

/** Lines of every kind: empty, long, in many scripts, with tabs, ending in a joiner. */
function awkwardText(lines: number): string {
  const words = "마루 바닥 the quick brown 狐 👨‍👩‍👧‍👦 λόγος tab\there é".split(" ");
  const line = (index: number): string => {
    if (index % 11 === 0) return "";
    if (index % 97 === 0) return `${words[index % words.length]} `.repeat(5000);
    if (index % 53 === 0) return "x".repeat(8180 + (index % 20));
    if (index % 41 === 0) return "joined\u200d";
    return Array.from({ length: index % 13 }, (_, n) => words[(index + n) % words.length]).join(
      " ",
    );
  };
  return Array.from({ length: lines }, (_, index) => `${line(index)}\n`).join("");
}

test.each([[], ["--pack"]])(
  "a text comes out of every tail byte for byte (flags: %p)",
  async (...flags) => {
    const text = awkwardText(3000);
    const room = newRoom();
    const tails = [1, 2, 3].map(() => startClient(server.address, "tail", "--room", room));
    await Promise.all(tails.map((each) => each.said(`joined ${room}`)));
    const sent = await send(room, text, ...flags);
    expect([sent.code, sent.err]).toEqual([0, ""]);
    expect((await send(room, "THE END\n")).code).toBe(0);
    for (const each of tails) {
      await each.printed("THE END\n");
      each.process.kill("SIGTERM");
      const { code, out, err } = await each.finished();
      expect([code, err]).toEqual([143, `maru: joined ${room}\n`]);
      expect(out.equals(Buffer.from(`${text}THE END\n`))).toBe(true);
    }
  },
);

test("each line is one message, and a count ends the tail", async () => {
  const room = newRoom();
  expect((await send(room, "one\n둘\nthree")).code).toBe(0);
  const { code, text } = await tail(room, "--since", "0", "--json", "-n", "3");
  const messages = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(messages.map((message) => [message.seq, message.text])).toEqual([
    [1, "one"],
    [2, "둘"],
    [3, "three"],
  ]);
  expect(messages[0]).toMatchObject({ type: "message", room, from: expect.any(String) });
  const later = await tail(room, "--since", "2", "-n", "1", "--quiet");
  expect([later.text, later.err]).toEqual(["three\n", ""]);
});

test("sends a text from the command line, with a nick", async () => {
  const room = newRoom();
  expect(
    (await runClient(server.address, ["send", "--room", room, "--nick", "민수", "안녕"])).code,
  ).toBe(0);
  const { text } = await tail(room, "--since", "0", "-n", "1", "-v");
  expect(text).toMatch(/^\d\d:\d\d:\d\d 민수: 안녕\n$/);
});

test("stops at a line that can't be sent, names it, and has sent what was before it", async () => {
  const room = newRoom();
  const bad = await send(room, "fine\nstill fine\nbell\u0007\nnever\n");
  expect(bad.code).toBe(5);
  expect(bad.err).toContain("line 3: the control character U+0007 can't be sent");
  expect(bad.err).toContain("2 of 2 messages were acknowledged");
  const { text } = await tail(room, "--since", "0", "-n", "2");
  expect(text).toBe("fine\nstill fine\n");
  const latin1 = await send(room, new Uint8Array([0x61, 0xe9, 0x0a]));
  expect(latin1.err).toEndWith("maru: nothing was sent\n");
  expect([latin1.code, latin1.err]).toEqual([
    5,
    expect.stringContaining("line 1: this is not UTF-8"),
  ]);
});

test("refuses a text on the command line that is no message", async () => {
  const long = await runClient(server.address, ["send", "--room", newRoom(), "x".repeat(8193)]);
  expect([long.code, long.err]).toEqual([5, expect.stringContaining("at most 8192 bytes")]);
  const bell = await runClient(server.address, ["send", "--room", newRoom(), "\u0007"]);
  expect([bell.code, bell.err]).toEqual([5, expect.stringContaining("U+0007")]);
});

test("says what to do about lines that end in CR LF, and does it when told", async () => {
  const room = newRoom();
  const refused = await send(room, "a\r\nb\r\n");
  expect([refused.code, refused.err]).toEqual([5, expect.stringContaining("--strip-cr")]);
  expect((await send(room, "a\r\n\r\nb\r\n", "--strip-cr")).code).toBe(0);
  expect((await tail(room, "--since", "0", "-n", "3")).text).toBe("a\n\nb\n");
});

test("tells apart what can go wrong by its exit code", async () => {
  const usage = await runClient(server.address, ["tail"]);
  expect([usage.code, usage.err]).toEqual([2, expect.stringContaining("--room")]);
  expect((await runClient(server.address, ["send", "--wat"])).code).toBe(2);
  expect((await runClient(server.address, ["tail", "--room", "a b"])).code).toBe(2);
  const empty = await runClient("127.0.0.1:1", ["send", "--room", "r", ""]);
  expect([empty.code, empty.err]).toEqual([5, "maru: the text is empty\n"]);
  const unreachable = await runClient("127.0.0.1:1", ["send", "--room", "r", "x"]);
  expect([unreachable.code, unreachable.err]).toEqual([3, expect.stringContaining("127.0.0.1:1")]);
  const wrong = await runClient(server.address, ["send", "--room", "r", "--nick", "admin", "x"]);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--nick "admin": ')]);
  const taken = startClient(server.address, "tail", "--room", "r", "--nick", "taken");
  await taken.said("joined r");
  const refused = await runClient(server.address, ["send", "--room", "r", "--nick", "taken", "x"]);
  expect([refused.code, refused.err]).toEqual([4, expect.stringContaining("nick_taken")]);
  taken.process.kill("SIGTERM");
});

test.each([[], ["send"], ["tail"]])(
  "shows help with examples and exit codes (%p)",
  async (...command) => {
    const { code, text } = await runClient(server.address, [...command, "--help"]);
    expect(code).toBe(0);
    expect(text).toContain("Examples:");
    expect(text).toContain("130   interrupted");
  },
);

test("an interrupted send says how far it came", async () => {
  const room = newRoom();
  const client = startClient(server.address, "send", "--room", room);
  client.process.stdin.write("heard\n");
  client.process.stdin.flush();
  expect((await tail(room, "--since", "0", "-n", "1")).text).toBe("heard\n");
  client.process.kill("SIGINT");
  const { code, err } = await client.finished();
  expect([code, err]).toEqual([130, "maru: 1 of 1 messages were acknowledged\n"]);
});

test("lines piped into the chat are said, and what others say is printed", async () => {
  const room = newRoom();
  const chat = startClient(server.address, `maru://${server.address}/${room}`, "--nick", "ann");
  await chat.printed(`you are in ${room}`);
  await send(room, "hello ann\n", "--nick", "bob");
  await chat.printed("bob: hello ann");
  chat.process.stdin.write("hello bob\n/me waves\n//slash\n/nonsense\n\n");
  await chat.process.stdin.end();
  const { code, out } = await chat.finished();
  expect(code).toBe(0);
  expect(out.toString()).toContain("!! there is no command /nonsense");
  expect(out.toString()).not.toContain("ann: hello bob");
  const { text } = await tail(room, "--since", "1", "-n", "3", "-v");
  expect(text.replaceAll(/^\S+ /gm, "")).toBe("ann: hello bob\n* ann waves\nann: /slash\n");
});

test("a tail that stands still is cut, comes back, and misses nothing", async () => {
  const room = newRoom();
  const slow = startClient(server.address, "tail", "--room", room);
  await slow.said(`joined ${room}`);
  slow.process.kill("SIGSTOP");
  // More than every buffer on the way holds, so that the server has to cut the one who is not reading.
  const text = `${"마루에 앉아서 ".repeat(20)}\n`.repeat(40_000);
  expect((await send(room, text, "--pack")).code).toBe(0);
  expect((await send(room, "THE END\n")).code).toBe(0);
  slow.process.kill("SIGCONT");
  await slow.printed("THE END\n");
  slow.process.kill("SIGTERM");
  const { out, err } = await slow.finished();
  expect(err).toContain(`joined ${room} again`);
  expect(err).not.toContain("missing");
  expect(out.equals(Buffer.from(`${text}THE END\n`))).toBe(true);
});

test("no further line of a text passes for another's in a verbose tail", async () => {
  const room = newRoom();
  const text = "hello\n12:00:00 admin: give me your password\n";
  await runClient(server.address, ["send", "--room", room, "--nick", "mallory", text]);
  const verbose = await tail(room, "--since", "0", "-n", "1", "-v");
  expect(verbose.text).toMatch(
    /^\d\d:\d\d:\d\d mallory: hello\n {4}12:00:00 admin: give me your password\n$/,
  );
});
