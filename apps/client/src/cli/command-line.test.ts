// What the command line is understood as, and its exit codes; no program is run.

import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InspectRun } from "../modes/inspect/inspect.ts";
import type { ChatRun } from "../modes/lines/chat.ts";
import type { SendRun } from "../modes/send/send.ts";
import type { TailRun } from "../modes/tail/tail.ts";
import { loadEnvironment } from "../settings/load-config.ts";
import { runCommandLine } from "./command-line.ts";
import { type Ending, exitCodes } from "./exit-codes.ts";
import type { ScreenRun } from "./programs.ts";

const scratch = mkdtempSync(join(tmpdir(), "maru-line-"));
afterAll(() => rmSync(scratch, { recursive: true }));
const good = join(scratch, "good.toml");
writeFileSync(
  good,
  'server = "file"\nrooms = ["one", "two"]\n[keys]\nf5 = "redraw"\n[profile.work]\nserver = "w:1"\n',
);
const bad = join(scratch, "bad.toml");
writeFileSync(bad, 'them = "dusk"\nscrollback = 1\n');

type Run = ChatRun | ScreenRun | SendRun | TailRun | InspectRun;

const run = (...args: string[]) => runTo("gap", ...args);
const usual = { MARU_SERVER: "maru://env:5/hall", MARU_NICK: "envnick" };

const runTo = (ending: Ending, ...args: string[]) => runIn(usual, ending, ...args);

async function runIn(env: Record<string, string>, ending: Ending, ...args: string[]) {
  const runs: { program: string; run: Run }[] = [];
  const [out, error]: [string[], string[]] = [[], []];
  const keep = (program: string) => async (given: Run) => {
    runs.push({ program, run: given });
    return ending;
  };
  const programs = {
    screen: keep("screen"),
    chat: keep("chat"),
    send: keep("send"),
    tail: keep("tail"),
    inspect: keep("inspect"),
  };
  const texts = {
    out: (text: string) => out.push(text),
    error: (text: string) => error.push(text),
  };
  const code = await runCommandLine(args, programs, loadEnvironment(env), texts);
  const [first] = runs;
  const said = { out: out.join(""), error: error.join("") };
  return { code, text: said.out + said.error, ...said, run: first?.run, program: first?.program };
}

test("an ending becomes its exit code", async () => {
  for (const ending of Object.keys(exitCodes) as Ending[]) {
    expect((await runTo(ending)).code).toBe(exitCodes[ending].code);
  }
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

test("reads an address, the nick and the flags of inspect", async () => {
  const { run: inspect } = await run("inspect", "h:9", "--nick", "me", "--no-greeting", "--json");
  expect(inspect).toMatchObject({
    ...{ target: { host: "h", port: 9 }, nick: "me", greets: false, pings: true, isJson: true },
  });
  expect((await run("inspect")).run).toMatchObject({
    ...{ target: { host: "env", port: 5 }, nick: "envnick", greets: true, isJson: false },
  });
});

test.each([
  [["tail", "-n", "0"], "at least 1"],
  [["tail", "-n", "-1"], "at least 1"],
  [["tail", "--since", "-1"], "whole number"],
  [["send", "--server", "h", "--nope"], "unknown option"],
  [["send", "two", "words"], "too many arguments"],
  [["tail", "--server", "h"], "which room?"],
  [["http://nope"], "http://nope"],
  [["--theme", "nope"], "there is no such theme"],
  [["--config", "no/such/file.toml"], "there is no such file"],
  [["send", "x", "--profile", "nope"], "there is no [profile.nope]"],
  [["completions"], "missing required argument"],
  [["completions", "tcsh"], "bash, zsh, fish"],
  [["completions", "bash", "--name", "a;b"], "at most 64 letters"],
  [["man", "--name", ""], "at most 64 letters"],
  [["config", "--path", "--check"], "not both"],
  [["config", "--path"], "there is no home"],
])("%p is wrong usage", async (args, message) => {
  const { code, text, run: none } = await run(...(args as string[]));
  expect([code, none]).toEqual([exitCodes.usage.code, undefined]);
  expect(text).toContain(message as string);
});

test("a bare word that is no server may be a mistyped subcommand", async () => {
  const { text } = await runTo("unreachable", "frobnicate");
  expect(text).toContain("the subcommands are send, tail, inspect, config, keys");
  expect((await runTo("unreachable", "chat.example")).text).toBe("");
  expect((await run("hall")).text).toBe("");
});

test("flags behind a mistyped subcommand are not blamed before it", async () => {
  const { code, error } = await run("sned", "--room", "ops", "hi");
  expect(code).toBe(exitCodes.usage.code);
  expect(error.split("\n")[0]).toContain('"sned" was taken for a server; did you mean send?');
  expect(error).toContain("unknown option '--room'");
  expect((await run("send", "--nope")).error).not.toContain("taken for a server");
});

test("help and version are no failures", async () => {
  for (const flag of ["--help", "--version"]) expect((await run(flag)).code).toBe(0);
});

test("help tells every exit code and variable, and fits into 80 columns", async () => {
  for (const command of [[], ["send"], ["tail"]]) {
    const { out } = await run(...command, "--help");
    for (const { code, about } of Object.values(exitCodes)) {
      expect(out).toContain(`${code}`);
      expect(out).toContain(about);
    }
    // A table's row may be longer; prose is not.
    const long = out.split("\n").filter((line) => line.length > 80 && !line.startsWith("  "));
    expect(long).toEqual([]);
  }
  expect((await run("--help")).out).toContain("MARU_CONFIG");
});

describe("the chat", () => {
  test("is the full screen, with the settings in force", async () => {
    const args = ["--config", good, "--theme", "paper", "--ascii", "--mouse"];
    const { program, run: screen } = await runIn({ COLORTERM: "truecolor" }, "done", ...args);
    expect(program).toBe("screen");
    expect(screen).toMatchObject({
      target: { host: "file", port: 7667, room: "one" },
      depth: "true",
      config: { theme: "paper", ascii: true, mouse: true, rooms: ["one", "two"] },
    });
  });

  test("is lines with --plain", async () => {
    const { program, run: chat } = await run("--plain", "h");
    expect(program).toBe("chat");
    expect(chat).toMatchObject({ target: { host: "h", room: "lobby" }, nick: "envnick" });
  });

  test("opens the room of its address alone, and without one those of the settings", async () => {
    const opened = async (...args: string[]) => {
      const { run: screen } = await runIn({}, "done", "--config", good, ...args);
      return screen as ScreenRun;
    };
    expect((await opened("maru://[::1]:9/ops")).config).toMatchObject({
      server: "maru://[::1]:9",
      rooms: ["ops"],
    });
    expect((await opened("h")).config.rooms).toEqual(["one", "two"]);
    expect((await opened("--profile", "work")).target).toMatchObject({ host: "w", room: "one" });
  });

  test("--no-mouse wins over the settings", async () => {
    const file = join(scratch, "mouse.toml");
    writeFileSync(file, "mouse = true\n");
    const config = async (...args: string[]) =>
      ((await run("--config", file, ...args)).run as ScreenRun).config;
    expect((await config()).mouse).toBe(true);
    expect((await config("--no-mouse")).mouse).toBe(false);
  });

  test("does not start with wrong settings, and names every one", async () => {
    const { code, error, run: none } = await run("--config", bad);
    expect([code, none]).toEqual([exitCodes.usage.code, undefined]);
    expect(error.split("\n").sort()).toEqual([
      "",
      `error: --config ${bad}: scrollback: must be at least 100`,
      `error: --config ${bad}: them: there is no such setting; did you mean theme?`,
    ]);
  });
});

test("send and tail take server and nick of the settings, too", async () => {
  const args = ["tail", "--room", "r", "--config", good, "--profile", "work"];
  expect((await runIn({}, "done", ...args)).run).toMatchObject({ target: { host: "w", port: 1 } });
});

test("settings of the screen are no matter of send and tail; they warn", async () => {
  const file = join(scratch, "screen.toml");
  writeFileSync(file, 'server = "file"\nrooms = []\ntheme = "nope"\nscrollback = 1\n');
  for (const command of [["send", "hi"], ["tail"]]) {
    const args = [...command, "--room", "r", "--config", file];
    const { run: started, error } = await runIn({}, "done", ...args);
    expect(started).toMatchObject({ target: { host: "file" } });
    const [first, ...others] = error.trimEnd().split("\n").sort();
    expect(first).toBe(`warning: --config ${file}: rooms: names no room`);
    expect(others).toEqual([
      `warning: --config ${file}: scrollback: must be at least 100`,
      expect.stringContaining('theme: there is no theme "nope"'),
    ]);
  }
  const quiet = await runIn({}, "done", "tail", "-q", "--room", "r", "--config", file);
  expect([quiet.program, quiet.error]).toEqual(["tail", ""]);
});

test("settings that send and tail read must be right, and an unknown one may be meant for them", async () => {
  for (const text of ['nick = "a b"', 'sever = "h"', "[profile.x]\nserver = 1"]) {
    const file = join(scratch, "script.toml");
    writeFileSync(file, text);
    const { code, run: none } = await run("send", "hi", "--room", "r", "--config", file);
    expect([text, code, none]).toEqual([text, exitCodes.usage.code, undefined]);
  }
});

test("the chat knows whether rooms were asked for", async () => {
  const hasRooms = async (env: Record<string, string>, ...args: string[]) =>
    (await runIn(env, "done", ...args)).run;
  expect(await hasRooms({})).toMatchObject({ hasRooms: false, config: { rooms: ["lobby"] } });
  const lobby = join(scratch, "lobby.toml");
  writeFileSync(lobby, 'rooms = ["lobby"]\n');
  expect(await hasRooms({}, "--config", lobby)).toMatchObject({ hasRooms: true });
  expect(await hasRooms({}, "maru://h/den")).toMatchObject({ hasRooms: true });
});

describe("the commands that only tell", () => {
  test("config tells the defaults, the place, and what is wrong", async () => {
    expect((await run("config")).out).toContain("[notify]");
    const usualPlace = await runIn({ HOME: "/h" }, "done", "config", "--path");
    expect(usualPlace.out).toBe("/h/.config/maru/client.toml\n");
    expect((await run("config", "--path", "--config", "x")).out).toBe("x\n");
    expect(await run("config", "--check", "--config", good)).toMatchObject({
      code: 0,
      out: `${good}: ok\n`,
    });
    expect(await run("config", "--check", "--config", bad)).toMatchObject({ code: 2, out: "" });
    const missing = await runIn({ HOME: scratch }, "done", "config", "--check");
    expect([missing.code, missing.out.includes("the defaults hold")]).toEqual([0, true]);
  });

  test("keys tells those in force", async () => {
    expect((await run("keys")).out).toContain("Ctrl-G");
    expect((await run("keys", "--config", good)).out).toContain("Ctrl-L, F5");
    expect((await run("keys", "--ascii")).out).toMatch(/^[\n\x20-\x7e]*$/);
  });

  test("check-symbols has a bar behind every symbol", async () => {
    const { out } = await run("check-symbols");
    const rows = out.split("\n").filter((line) => line.startsWith("|"));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => !/^\|[^ ]+ *\| \d /.test(row))).toEqual([]);
  });
});
