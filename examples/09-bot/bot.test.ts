import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Changes, processTestMs, runServerProcess } from "@maru/testkit";

setDefaultTimeout(processTestMs);

const folder = mkdtempSync(join(tmpdir(), "maru-bot-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (file: string) => new URL(file, import.meta.url).pathname;

const runServer = (file: string, port: number, crashAt = 0) =>
  runServerProcess({
    command: [
      ...[process.execPath, path("./server.ts"), join(folder, file)],
      ...["--port", String(port), "--crash-at", String(crashAt)],
    ],
  });

function runBot(file: string, port: number, deposits: number) {
  const child = Bun.spawn(
    [
      ...[process.execPath, path("./bot.ts"), join(folder, file)],
      ...["--port", String(port), "--deposits", String(deposits)],
    ],
    { stdin: "ignore", stdout: "pipe", stderr: "inherit" },
  );
  const changes = new Changes();
  let written = "";
  const reading = (async () => {
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      written += chunk;
      changes.tell();
    }
  })();
  const said = (text: string) =>
    changes.found(
      () => (written.includes(text) ? text : null),
      () => written,
      10_000,
    );
  const ended = Promise.all([child.exited, reading]).then(([code]) => ({ code, written }));
  return { child, said, ended };
}

const keysOf = (file: string) =>
  (readFileSync(join(folder, file), "utf8").match(/.+/g) ?? []).map((line) => line.split(" ")[0]);

test("a server that dies between doing and answering costs the bot nothing, and nothing counts twice", async () => {
  const dying = await runServer("one.txt", 0, 40);
  const bot = runBot("one.json", dying.port, 100);
  expect(await dying.exited).toBe(null);
  await bot.said("waiting: connection_lost\n");
  const server = await runServer("one.txt", dying.port);
  const { code, written } = await bot.ended;
  expect(code).toBe(0);
  expect(written).toEndWith("answered 100, 1 of them recorded before\n");
  expect(new Set(keysOf("one.txt")).size).toBe(100);
  expect(keysOf("one.txt").length).toBe(100);
  expect(readFileSync(join(folder, "one.json"), "utf8")).toBe("[]");
  expect(await server.stop("SIGTERM")).toBe(0);
});

test("a bot that is killed, too, goes on from its file; half a line of the server's is no deposit", async () => {
  const dying = await runServer("two.txt", 0, 10);
  const killed = runBot("two.json", dying.port, 30);
  expect(await dying.exited).toBe(null);
  killed.child.kill("SIGKILL");
  await killed.ended;
  writeFileSync(join(folder, "two.txt"), "0c1f", { flag: "a" });
  const server = await runServer("two.txt", dying.port);
  const bot = runBot("two.json", dying.port, 5);
  const { code, written } = await bot.ended;
  expect(code).toBe(0);
  expect(written).toBe("answered 35, 10 of them recorded before\n");
  expect(new Set(keysOf("two.txt")).size).toBe(35);
  expect(await server.stop("SIGTERM")).toBe(0);
  const again = await runServer("two.txt", dying.port);
  expect(keysOf("two.txt").length).toBe(35);
  const { written: last } = await runBot("two.json", again.port, 1).ended;
  expect(last).toBe("answered 1, 0 of them recorded before\n");
  expect(await again.stop("SIGTERM")).toBe(0);
});
