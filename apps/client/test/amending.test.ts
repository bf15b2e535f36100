// Replies, edits, reactions, search and what is unread, as two people see them on their terminals;
// and what a tail makes of it all.

import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { connectChat } from "@maru/sdk/chat";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { endProcesses, runClient, startClient, startServer } from "./processes.ts";
import { Pty } from "./pty.ts";

setDefaultTimeout(processTestMs);

afterAll(endProcesses);

let server: ServerProcess;
const open: Pty[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
afterEach(() => {
  for (const pty of open.splice(0)) pty.kill();
});

const newName = (kind: string) => `${kind}${crypto.randomUUID().slice(0, 6)}`;

async function enter(room: string, nick: string): Promise<Pty> {
  const pty = new Pty(120, `maru://${server.address}/${room}`, "--nick", nick);
  open.push(pty);
  await sees(pty, `you are in ${room}`);
  return pty;
}

const sees = (pty: Pty, text: string) =>
  pty.until((lines) => lines.some((line) => line.includes(text)));

async function says(pty: Pty, line: string, seen: string): Promise<void> {
  pty.type(`${line}\r`);
  await sees(pty, seen);
}

test("two people answer, change, take back and react", async () => {
  const room = newName("r");
  const [ann, bob] = [await enter(room, newName("ann")), await enter(room, newName("bob"))];
  await says(ann, "shall we have tea at for?", "tea at for?");
  await sees(bob, "tea at for?");
  await says(ann, "/edit shall we have tea at four?", "“shall we have tea at for?”: shall we");
  await says(bob, "/react 👍", "put 👍 under message 1 “shall we have tea at four?”");
  await sees(ann, "put 👍 under message 1");
  await says(bob, "/reply 네, 좋아요", "네, 좋아요");
  await ann.until((lines) => {
    const at = lines.findIndex((line) => line.includes("네, 좋아요"));
    return at > 0 && /^↳ ann\S+: shall we have tea at four\?$/.test(lines[at - 1] ?? "");
  });
  await says(bob, "/unreact 1 👍", "took 👍 back");
  await says(bob, "/redact wrong room", "took message 4 back: wrong room");
  await says(ann, "/edit 4 mine now", "not changed to: mine now");
  await says(ann, "/last", "(taken back)");
  await sees(ann, "shall we have tea at four? (edited)");
  await says(ann, "/search tea", "1 message");
  await says(ann, "/search coffee", "nothing was found for coffee");
});

test("a person who comes back hears what is unread, sees it on joining, and has read it then", async () => {
  const [room, ann, jun] = [newName("r"), newName("ann"), newName("jun")];
  const friend = await connectChat({ port: server.port, nick: jun, eventsBuffered: 0 });
  const talk = `@${[ann, jun].sort().join("+")}`;
  for (const text of ["one", "둘", "three"]) await friend.send(talk, text);
  const first = await enter(room, ann);
  await sees(first, `3 unread from ${jun}: /join @${jun}`);
  await says(first, "/unread", `@${jun}: 3 unread`);
  await says(first, `/join @${jun}`, `${jun}: three`);
  await sees(first, `${jun}: 둘`);
  first.type("/quit\r");
  expect(await first.exited).toBe(0);
  const second = await enter(room, ann);
  await says(second, "/unread", "nothing is unread");
  await friend.close();
});

test("a pipe gets the answers to what it asks, its own messages included", async () => {
  const [room, ann] = [newName("r"), newName("ann")];
  const address = `maru://${server.address}/${room}`;
  expect((await runClient(server.address, [address, "--nick", ann], "one\ntwo\n")).code).toBe(0);
  const asked = await runClient(server.address, [address, "--nick", ann], "/last 1\n/search one\n");
  expect(asked.text).toMatch(/^#2 \S+ \d\d:\d\d ann\S+: two$/m);
  expect(asked.text).toMatch(/^#1 \S+ \d\d:\d\d ann\S+: one$/m);
  const edited = await runClient(server.address, [address, "--nick", ann], "/edit 9 nothing\n");
  expect([edited.code, edited.text]).toEqual([
    1,
    expect.stringContaining("not changed to: nothing"),
  ]);
});

test("a tail prints what was said as it stands, and tells what was done to it", async () => {
  const room = newName("r");
  const ann = await connectChat({ port: server.port, nick: newName("ann"), eventsBuffered: 0 });
  await ann.join(room);
  const tails = {
    text: startClient(server.address, "tail", "--room", room),
    verbose: startClient(server.address, "tail", "--room", room, "-v"),
    json: startClient(server.address, "tail", "--room", room, "--json"),
  };
  await Promise.all(Object.values(tails).map((tail) => tail.said(`joined ${room}`)));
  const { seq } = await ann.send(room, "one");
  const gone = await ann.send(room, "secret");
  await ann.react(room, seq, "👍");
  await ann.edit(room, seq, "eins");
  await ann.redact(room, gone.seq, { reason: "oops" });
  await ann.send(room, "THE END");
  const ends = Object.entries(tails).map(async ([name, tail]) => {
    await tail.printed("THE END");
    tail.process.kill("SIGTERM");
    return [name, await tail.finished()] as const;
  });
  const out = Object.fromEntries(await Promise.all(ends));
  expect(out.text?.out.toString()).toBe("one\nsecret\nTHE END\n");
  expect(out.text?.err).toContain(`${ann.me} edited message 1: eins`);
  expect(out.text?.err).toContain("took message 2 back: oops");
  expect(out.text?.err).not.toContain("👍");
  expect(out.verbose?.out.toString().replaceAll(/^\S+ /gm, "")).toBe(
    [
      `${ann.me}: one`,
      `${ann.me}: secret`,
      `-- ${ann.me} put 👍 under message 1`,
      `-- ${ann.me} edited message 1: eins`,
      `-- ${ann.me} took message 2 back: oops`,
      `${ann.me}: THE END\n`,
    ].join("\n"),
  );
  const types = out.json?.out.toString().trimEnd().split("\n");
  expect(types?.map((line) => JSON.parse(line).type)).toEqual([
    "message",
    "message",
    "reaction",
    "edit",
    "redaction",
    "message",
  ]);
  const since = ["tail", "--room", room, "--since", "0", "-q", "-n", "2"];
  expect((await runClient(server.address, since)).text).toBe("eins\nTHE END\n");
  const verbose = await runClient(server.address, [...since, "-v"]);
  expect(verbose.text).toContain(`${ann.me}: eins (edited)\n`);
  expect(verbose.text).toContain(`${ann.me}: (taken back)\n`);
  await ann.close();
});
