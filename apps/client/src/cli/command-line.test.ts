// What the command line is understood as, and its exit codes; no program is run.

import { expect, test } from "bun:test";
import type { ChatRun } from "../run/chat.ts";
import type { SendRun } from "../run/send.ts";
import type { TailRun } from "../run/tail.ts";
import { runCommandLine } from "./command-line.ts";
import { type Ending, exitCodes } from "./exit-codes.ts";
import { loadConfig } from "./load-config.ts";

const run = (...args: string[]) => runTo("gap", ...args);

async function runTo(ending: Ending, ...args: string[]) {
  const runs: (ChatRun | SendRun | TailRun)[] = [];
  let text = "";
  const keep = async (given: ChatRun | SendRun | TailRun) => {
    runs.push(given);
    return ending;
  };
  const write = (more: string) => {
    text += more;
  };
  const config = loadConfig({ MARU_SERVER: "maru://env:5/hall", MARU_NICK: "envnick" });
  const texts = { out: write, error: write };
  const code = await runCommandLine(args, { chat: keep, send: keep, tail: keep }, config, texts);
  return { code, text, run: runs[0] };
}

test("an ending becomes its exit code", async () => {
  expect((await run()).code).toBe(exitCodes.gap.code);
});

test("takes server, room and nick from the environment when nothing is given", async () => {
  expect((await run()).run).toMatchObject({
    target: { host: "env", port: 5, room: "hall" },
    nick: "envnick",
  });
});

test("flags win, wherever they stand behind their command", async () => {
  const { run: send } = await run("send", "hi", "--room", "ops", "--nick", "me", "--server", "h:9");
  expect(send).toMatchObject({
    target: { host: "h", port: 9, room: "ops" },
    nick: "me",
    text: "hi",
    pack: false,
    patienceMs: 60_000,
  });
});

test("reads the flags of tail", async () => {
  const { run: tail } = await run("tail", "-n", "3", "--since", "0", "--json", "-q");
  expect(tail).toMatchObject({ count: 3, since: 0, format: "json", quiet: true });
});

test.each([
  [["tail", "-n", "0"], "at least 1"],
  [["tail", "-n", "-1"], "at least 1"],
  [["tail", "--since", "-1"], "whole number"],
  [["send", "--server", "h", "--nope"], "unknown option"],
  [["send", "two", "words"], "too many arguments"],
  [["tail", "--server", "h"], "which room?"],
  [["http://nope"], "http://nope"],
])("%p is wrong usage", async (args, message) => {
  const { code, text, run: none } = await run(...(args as string[]));
  expect([code, none]).toEqual([exitCodes.usage.code, undefined]);
  expect(text).toContain(message as string);
});

test("a bare word that is no server may be a mistyped subcommand", async () => {
  const { text } = await runTo("unreachable", "frobnicate");
  expect(text).toContain("the subcommands are send and tail");
  expect((await runTo("unreachable", "chat.example")).text).toBe("");
  expect((await run("hall")).text).toBe("");
});

test("help and version are no failures", async () => {
  for (const flag of ["--help", "--version"]) expect((await run(flag)).code).toBe(0);
});

test("colours are off when NO_COLOR is set to anything", () => {
  expect(loadConfig({}).colour).toBe(true);
  expect(loadConfig({ NO_COLOR: "0" }).colour).toBe(false);
  expect(loadConfig({ TERM: "dumb" }).colour).toBe(false);
});
