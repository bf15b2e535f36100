// The data directory of a real server process: what outlives a kill, what is refused at the start, and
// by which sentence.

import { Database } from "bun:sqlite";
import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { FramePeer, ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { dataDir, endServers, greet, runToEnd, start } from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

const pageBytes = 4_096;

/** Says `texts` in a room that it joins; the answers to all. */
async function say(peer: FramePeer, room: string, texts: readonly string[]) {
  let id = 1_000;
  await peer.ask({ type: "join", id: ++id, room });
  const answers = [];
  for (const text of texts) {
    answers.push(
      await peer.ask({ type: "send", id: ++id, room, text, cid: `c-${text.slice(0, 40)}` }),
    );
  }
  return answers;
}

/** A data directory in which something has been said, by a server that ended well. */
async function usedDirectory(texts: readonly string[]): Promise<{ data: string; file: string }> {
  const data = dataDir();
  const server = await start("--workers", "0", "--data", data);
  await say(await greet(server, "mina"), "lobby", texts);
  expect(await server.stop()).toBe(0);
  return { data, file: join(data, "maru.db") };
}

async function refusalOf(data: string): Promise<string> {
  const { code, stdout, stderr } = await runToEnd(["--port", "0", "--data", data]);
  expect({ code, stdout, lines: stderr.trim().split("\n").length, stderr }).toEqual({
    ...{ code: 1, stdout: "", lines: 1, stderr },
  });
  return stderr;
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const fd = openSync(file, "r+");
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

async function roomsOf(server: ServerProcess) {
  const reader = await greet(server, "reader");
  const known = [];
  for (const room of ["lobby", "다락", "nobody-was-here"]) known.push(await roomOf(reader, room));
  return known;
}

/** Where a room stands and what it holds. */
async function roomOf(peer: FramePeer, room: string) {
  const { epoch, head } = await peer.ask({ type: "join", id: 2, room });
  const page = await peer.ask({ type: "history", id: 3, room, after: 0, limit: 200 });
  return { epoch, head, entries: page.entries as { seq: number; text: string }[] };
}

const texts = Array.from({ length: 60 }, (_, index) => `line ${index} ${"마루".repeat(100)}`);

for (const [signal, durability] of [
  ["SIGKILL", "fsync"],
  ["SIGKILL", "os"],
  ["SIGTERM", "fsync"],
  ["SIGTERM", "os"],
] as const) {
  test(`after ${signal}, with durability ${durability}, everything is there, in the same epochs`, async () => {
    const data = dataDir();
    const flags = ["--workers", "0", "--data", data, "--durability", durability];
    const first = await start(...flags);
    await say(await greet(first, "mina"), "lobby", texts);
    await say(await greet(first, "jun"), "다락", ["one"]);
    const known = await roomsOf(first);
    expect(known[0]?.entries.map(({ text }) => text)).toEqual(texts);
    await first.stop(signal);
    expect(existsSync(join(data, "maru.db-wal"))).toBe(signal === "SIGKILL");

    const second = await start(...flags);
    expect(await roomsOf(second)).toEqual(known);
    const [again] = await say(await greet(second, "mina"), "lobby", texts.slice(0, 1));
    expect(again).toMatchObject({ type: "sent", seq: 1, duplicate: true });
  });
}

test("a second server on the same data directory is refused, and the first goes on", async () => {
  const data = dataDir();
  const server = await start("--workers", "0", "--data", data);
  const sentence = await refusalOf(data);
  expect(sentence).toBe(
    `the data in ${data} is in use by another server; stop it, or give another --data\n`,
  );
  expect(await say(await greet(server, "mina"), "lobby", ["here"])).toMatchObject([{ seq: 1 }]);
});

test("a database with a page in the middle overwritten is refused as damaged, by its name", async () => {
  const { data, file } = await usedDirectory(texts);
  const pages = Math.floor(statSync(file).size / pageBytes);
  overwrite(file, Math.floor(pages / 2) * pageBytes, new Uint8Array(pageBytes).fill(0xa5));
  const before = Bun.hash(await Bun.file(file).bytes());
  const sentence = await refusalOf(data);
  expect(sentence).toStartWith(`${file} is damaged (`);
  expect(sentence).toContain("put a backup in its place");
  expect(Bun.hash(await Bun.file(file).bytes())).toBe(before);
});

test("a few bytes that a disk forgot inside a text are noticed, and never shown", async () => {
  const { data, file } = await usedDirectory(texts);
  const bytes = Buffer.from(await Bun.file(file).bytes());
  const at = bytes.indexOf("line 30 ");
  expect(at).toBeGreaterThan(0);
  overwrite(file, at, Buffer.from("lime"));
  const { code, stdout, stderr } = await damagedWhileRead(data);
  expect(stderr).toContain("is damaged");
  expect(code).toBe(1);
  expect(stdout).not.toContain("lime");
});

/** The end of a server that reads back what is damaged, or that has refused to start. */
async function damagedWhileRead(data: string) {
  const server = await start("--workers", "0", "--data", data).catch((error: Error) => error);
  if (server instanceof Error) return { code: 1, stdout: "", stderr: server.message };
  const peer = await greet(server, "reader");
  await peer.send({ type: "join", id: 2, room: "lobby" });
  await peer.send({ type: "history", id: 3, room: "lobby", after: 0, limit: 200 });
  const code = await server.exited;
  return { code, stdout: JSON.stringify(peer.received), stderr: server.output().stderr };
}

test("a file that is no database is refused, and left as it is", async () => {
  const data = dataDir();
  const file = join(data, "maru.db");
  const recipe = "Rice, water, salt. Rinse the rice until the water stays clear. ".repeat(100);
  writeFileSync(file, recipe);
  expect(await refusalOf(data)).toContain(file);
  expect(await Bun.file(file).text()).toBe(recipe);
});

test("another program's database is refused, and left as it is", async () => {
  const data = dataDir();
  const file = join(data, "maru.db");
  const db = new Database(file, { create: true });
  db.run("CREATE TABLE recipe (text)");
  db.close();
  expect(await refusalOf(data)).toBe(
    `${file} is a database, but not Maru's; give another --data\n`,
  );
});

test("a database of a later version is refused, and left as it is", async () => {
  const { data, file } = await usedDirectory(["one"]);
  const db = new Database(file);
  db.run("PRAGMA user_version = 99");
  db.close();
  const sentence = await refusalOf(data);
  expect(sentence).toStartWith(`${file} was written by a later version of Maru (schema 99`);
});

test("a file where the directory should be is refused", async () => {
  const data = join(dataDir(), "file");
  writeFileSync(data, "");
  expect(await refusalOf(data)).toStartWith(`can't use the data directory ${data}: `);
  expect(await refusalOf(join(data, "below"))).toContain(`can't use the data directory ${data}`);
});

test("a database removed under a running server: refused, told in a sentence, and an end by itself", async () => {
  const data = dataDir();
  const server = await start("--workers", "0", "--data", data, "--lost-ms", "1500");
  const mina = await greet(server, "mina");
  await say(mina, "lobby", ["one"]);
  rmSync(join(data, "maru.db"));
  await mina.send({ type: "send", id: 500, room: "lobby", text: "two" });
  expect(await mina.next(({ re }) => re === 500)).toMatchObject({ code: "storage_unavailable" });
  expect(await mina.next("close")).toMatchObject({ code: "shutdown" });
  expect(await server.exited).toBe(1);
  const { stderr } = server.output();
  expect(stderr).toContain(
    `${join(data, "maru.db")} was removed or moved while the server was running`,
  );
  expect(stderr.match(/"storage\.lost"/g)).toHaveLength(1);
});

test("a server whose files are gone ends with exit code 1 however it is ended", async () => {
  const data = dataDir();
  const server = await start("--workers", "0", "--data", data);
  const mina = await greet(server, "mina");
  rmSync(data, { recursive: true });
  await mina.send({ type: "send", id: 2, room: "@mina+jun", text: "two" });
  expect(await mina.next(({ re }) => re === 2)).toMatchObject({ code: "storage_unavailable" });
  expect(await server.stop()).toBe(1);
});

test("a directory of other things is refused, and left as it is", async () => {
  const data = dataDir();
  mkdirSync(data, { recursive: true });
  for (const name of ["a.txt", "b.txt", ".hidden", "Z"]) writeFileSync(join(data, name), "");
  expect(await refusalOf(data)).toBe(
    `${data} holds other files (.hidden, Z, a.txt and 1 more) and no maru.db; give a directory of its own with --data\n`,
  );
  expect(readdirSync(data).sort()).toEqual([".hidden", "Z", "a.txt", "b.txt"]);
});

test.each([
  ["an empty one", []],
  ["what a server left that never wrote", ["lock", "search.db", "search.db-wal"]],
  ["the root of a fresh disk", ["lost+found"]],
])("%s is a data directory", async (_, names) => {
  const data = dataDir();
  mkdirSync(data, { recursive: true });
  for (const name of names) writeFileSync(join(data, name), "");
  const server = await start("--workers", "0", "--data", data);
  expect(await server.stop()).toBe(0);
});

test("beside a log, other files may lie", async () => {
  const { data } = await usedDirectory(["one"]);
  writeFileSync(join(data, "notes.txt"), "");
  const server = await start("--workers", "0", "--data", data);
  expect(await server.stop()).toBe(0);
});
