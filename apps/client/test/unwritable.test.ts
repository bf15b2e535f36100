// Output that can't be written: every command that prints says so, and ends with a code of its own.
// The commands come from the command line itself, so that a new one is tried, too.

import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandSpec, describeTree } from "@maru/command-line";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { createCommand } from "../src/cli/command-line.ts";
import { exitCodes } from "../src/cli/exit-codes.ts";
import { loadEnvironment } from "../src/settings/load-config.ts";
import {
  clientEnvironment,
  clientMain,
  endProcesses,
  runClient,
  startServer,
} from "./processes.ts";

setDefaultTimeout(processTestMs);

const never = () => Promise.reject(new Error("nothing is run here"));
const root = describeTree(
  createCommand({
    name: "maru",
    programs: { screen: never, chat: never, send: never, tail: never, inspect: never },
    environment: loadEnvironment({}),
    texts: { out() {}, error() {} },
    ended() {},
  }),
);

/** These print what comes from a server; they are tried by name below. */
const connecting = new Set(["", "send", "tail", "inspect"]);

/** What a command can be asked to print without a server. */
function callsOf(command: CommandSpec): string[][] {
  const name = command.name === "" ? [] : [command.name];
  const help = [...name, "--help"];
  if (connecting.has(command.name)) return [help];
  const choices = command.arguments.map(({ choices: [first = ""] }) => first);
  const plain = [...name, ...choices];
  const flags = command.flags.filter(({ value, long }) => value === null && long !== "--help");
  return [help, plain, ...flags.map(({ long }) => [...plain, long ?? ""])];
}

const calls = [["--version"], ...[root, ...root.commands].flatMap(callsOf)];
const scratch = mkdtempSync(join(tmpdir(), "maru-unwritable-"));
const spawnOptions = {
  stdin: "ignore",
  stderr: "pipe",
  env: { ...clientEnvironment, XDG_CONFIG_HOME: scratch },
} as const;

const full = "/dev/full";
let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
  const sent = await runClient(server.address, ["send", "--room", "den"], "one\ntwo\nthree\n");
  expect(sent.code).toBe(0);
});
afterAll(async () => {
  await endProcesses();
  rmSync(scratch, { recursive: true });
});

/** How a program ends whose standard output is this file. */
async function ended(command: readonly string[], stdout: number) {
  const child = Bun.spawn([...command], { ...spawnOptions, stdout });
  const [code, said] = await Promise.all([child.exited, new Response(child.stderr).text()]);
  return { code, said };
}

const client = (...args: string[]) => [process.execPath, clientMain, ...args];
const onFull = {
  code: exitCodes.output.code,
  said: "maru: standard output can't be written: no space left on device\n",
};

describe.skipIf(!existsSync(full))("on a full disk", () => {
  test.each(calls.map((call) => [call]))("%p", async (call) => {
    expect(await ended(client(...call), openSync(full, "w"))).toEqual(onFull);
  });

  test("tail, with one line or many, and at the end of a count", async () => {
    const { address } = server;
    const from = ["--server", address, "--room", "den", "--since", "0", "-q"];
    for (const flags of [[], ["-n", "1"], ["-n", "3", "--json"], ["-v"]]) {
      const tail = client("tail", ...from, ...flags);
      expect(await ended(tail, openSync(full, "w"))).toEqual(onFull);
    }
  });

  test("tail keeps no place of what it could not print", async () => {
    const place = join(scratch, "place");
    const flags = ["--server", server.address, "--room", "den", "--since", "1", "-q"];
    const tail = client("tail", ...flags, "--keep-place", place);
    expect(await ended(tail, openSync(full, "w"))).toEqual(onFull);
    expect(JSON.parse(readFileSync(place, "utf8"))).toMatchObject({ room: "den", seq: 1 });
  });

  test("the chat in lines", async () => {
    const chat = client(`maru://${server.address}/den`, "--plain");
    expect(await ended(chat, openSync(full, "w"))).toEqual(onFull);
  });

  test("inspect, for people and for programs", async () => {
    for (const flags of [[], ["--json"]]) {
      const inspect = client("inspect", server.address, ...flags);
      expect(await ended(inspect, openSync(full, "w"))).toEqual(onFull);
    }
  });

  test("what can't be said on standard error makes no success; a failure keeps its code", async () => {
    const shell = (call: string) => ["sh", "-c", `${call} 2>${full}`, ...client()];
    const stdout = openSync("/dev/null", "w");
    const tail = `"$0" "$@" tail --server ${server.address} --room den --since 0 -n 1`;
    expect((await ended(shell(tail), stdout)).code).toBe(exitCodes.output.code);
    expect((await ended(shell('"$0" "$@" tail --nonsense'), stdout)).code).toBe(2);
  });
});

test("a file that may not grow keeps what went in, and the rest is told", async () => {
  const path = join(scratch, "man");
  const shell = 'ulimit -f 4; exec "$@"';
  const { code, said } = await ended(
    ["sh", "-c", shell, "sh", ...client("man")],
    openSync(path, "w"),
  );
  expect([code, said]).toEqual([7, "maru: standard output can't be written: file too large\n"]);
  const { text: whole } = await runClient("", ["man"]);
  const part = readFileSync(path, "utf8");
  expect(part).not.toBe("");
  expect(part.length).toBeLessThan(whole.length);
  expect(whole).toStartWith(part);
});

/** With a pipe for standard output that has lost its reader before the command begins. */
function unread(...args: string[]): readonly string[] {
  const fifo = join(scratch, crypto.randomUUID());
  const shell = 'mkfifo "$0"; exec 3<>"$0" 4>"$0" 3<&-; exec "$@" >&4 4>&-';
  return ["sh", "-c", shell, fifo, ...client(...args)];
}

test.each(calls.map((call) => [call]))(
  "a reader that left is no failure, and nothing is said of it: %p",
  async (call) => {
    const ending = await ended(unread(...call), openSync("/dev/null", "w"));
    expect(ending).toEqual({ code: 0, said: "" });
  },
);

describe("without another line, soon after its reader has gone", () => {
  const pipeline = (...args: string[]) => ["sh", "-c", '"$0" "$@" | head -n 1', ...client(...args)];

  test("tail ends", async () => {
    const { address } = server;
    expect((await runClient(address, ["send", "--room", "attic", "only\n"])).code).toBe(0);
    const tail = pipeline("tail", "--server", address, "--room", "attic", "--since", "0");
    const { code, said } = await ended(tail, openSync("/dev/null", "w"));
    expect([code, said]).toEqual([0, "maru: joined attic\n"]);
  });

  test("tail ends that waits for a server", async () => {
    const gone = await startServer();
    await gone.stop();
    const tail = unread("tail", "--server", gone.address, "--room", "attic", "--wait", "-q");
    expect(await ended(tail, openSync("/dev/null", "w"))).toEqual({ code: 0, said: "" });
  });

  test.each([
    ["the chat in lines", (address: string) => [`maru://${address}/attic`]],
    ["inspect", (address: string) => ["inspect", address]],
  ])("%s ends, though its input goes on", async (_name, argsOf) => {
    const child = Bun.spawn(pipeline(...argsOf(server.address)), {
      ...spawnOptions,
      stdin: "pipe",
      stdout: "ignore",
    });
    expect(await child.exited).toBe(0);
    expect(await new Response(child.stderr).text()).toBe("");
  });
});

test("what is sent is delivered whether or not there is a reader", async () => {
  const { address } = server;
  const send = unread("send", "--server", address, "--room", "cellar", "late");
  expect(await ended(send, openSync("/dev/null", "w"))).toEqual({ code: 0, said: "" });
  const { text } = await runClient(address, [
    "tail",
    "--room",
    "cellar",
    "--since",
    "0",
    "-n",
    "1",
  ]);
  expect(text).toBe("late\n");
});
