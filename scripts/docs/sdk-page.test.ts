// docs/sdk.md: its listings compile as they stand, those that can run say what they should, and its tables
// name every code and option that there is.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startServer } from "@maru/core";
import type { Protocol, WireMessage } from "@maru/protocol";
import { localErrors } from "@maru/sdk";
import { FrameServer, processTestMs } from "@maru/testkit";
import { run, tsc } from "../child.ts";

setDefaultTimeout(processTestMs);

type Message = WireMessage & Readonly<Record<string, unknown>>;

const root = resolve(import.meta.dir, "../..");
const page = readFileSync(join(root, "docs/sdk.md"), "utf8");
const listings = [...page.matchAll(/^```ts\n(\/\/ (\S+)\n[\s\S]*?)^```$/gm)];

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(root, "packages/sdk/test/page-"));
  for (const [, text = "", name = ""] of listings) writeFileSync(join(folder, name), text);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("every listing is a file with a name", () => {
  expect(listings).toHaveLength(page.split("```ts").length - 1);
  expect(listings.length).toBeGreaterThan(4);
});

test("every listing compiles", async () => {
  const names = listings.map(([, , name = ""]) => name);
  const config = { extends: join(root, "tsconfig.base.json"), files: names };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { output } = await run(tsc("--noEmit", "-p", join(folder, "tsconfig.json")), folder);
  expect(output).toBe("");
});

test("the first program says what it sees", async () => {
  const server = new FrameServer();
  try {
    const running = run([process.execPath, "client.ts", String(server.port)], folder);
    const peer = await server.accept();
    const hello = await peer.next("hello");
    await peer.send({ type: "welcome", re: hello.id, name: "ann", heartbeatMs: 30_000 });
    const enter = await peer.next("enter");
    await peer.send({ type: "entered", re: enter.id, cursors: [] });
    const { board, x, y } = await peer.next("move");
    await peer.send({ type: "moved", name: "ann", board, x, y });
    expect(await running).toEqual({ ok: true, output: "ann sees 0\nann at 1,2\n" });
  } finally {
    server.stop();
  }
});

test("the bot's work survives it", async () => {
  const server = new FrameServer();
  const path = join(folder, "unsent.json");
  const left = { type: "clear", board: "a", key: "left" };
  writeFileSync(path, JSON.stringify([left]));
  try {
    const running = run([process.execPath, "bot.ts", String(server.port), path], folder);
    const peer = await server.accept();
    const hello = await peer.next("hello");
    await peer.send({ type: "welcome", re: hello.id, name: "bot", heartbeatMs: 30_000 });
    const first = await peer.next("clear");
    expect(first).toMatchObject(left);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject([left, { type: "clear" }]);
    await peer.send({ type: "cleared", re: first.id });
    await peer.send({ type: "cleared", re: (await peer.next("clear")).id });
    expect(await running).toEqual({ ok: true, output: "" });
    expect(readFileSync(path, "utf8")).toBe("[]");
  } finally {
    server.stop();
  }
});

test("the test of a program runs", async () => {
  const { output } = await run([process.execPath, "board.test.ts"], folder);
  expect(output).toBe('{"cursors":[]}\n');
});

/** The first program against a service of the engine. */
test.each([{}, { webSocket: { origins: [] } }])("a service answers it (%p)", async (also) => {
  const { boardProtocol } = await import(join(folder, "board.ts"));
  const server = await startServer({
    protocol: boardProtocol as Protocol<Message, Message>,
    listen: also,
    service: (port) => ({
      open() {},
      message(session, { type, id: re }) {
        if (type === "hello") {
          port.reply(session, { type: "welcome", re, name: "ann", heartbeatMs: 30_000 });
          port.accept(session);
        }
        if (type === "enter") port.reply(session, { type: "entered", re, cursors: [] });
        if (type === "move")
          port.send(session, { type: "moved", name: "ann", board: "a", x: 1, y: 2 });
      },
      close() {},
    }),
  });
  try {
    const address = "webSocket" in also ? `ws://127.0.0.1:${server.port}/ws` : `${server.port}`;
    const program = readFileSync(join(folder, "client.ts"), "utf8");
    const url = program.replace("port: Number(process.argv[2])", "url: process.argv[2]");
    writeFileSync(join(folder, "page.ts"), url);
    const file = "webSocket" in also ? "page.ts" : "client.ts";
    const { output } = await run([process.execPath, file, address], folder);
    expect(output).toBe("ann sees 0\nann at 1,2\n");
  } finally {
    await server.stop();
  }
});

test("the table of errors has each of the SDK's codes, and whether it is retryable", () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (yes|no) \|/gm)].map(([, code, yes]) => [
    code,
    yes,
  ]);
  const codes = Object.entries(localErrors).map(([code, { retryable }]) => [
    code,
    retryable ? "yes" : "no",
  ]);
  expect(rows.sort()).toEqual(codes.sort());
});
