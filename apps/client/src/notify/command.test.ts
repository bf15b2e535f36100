// The configured command with a real script: what it gets, and that nothing else runs.

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call } from "@maru/chat-model/notify";
import {
  commandEnvironment,
  commandMsMax,
  createNotifyCommand,
  type NotifyCommand,
  nameUnitsMax,
  textUnitsMax,
} from "./command.ts";

const root = mkdtempSync(join(tmpdir(), "maru-notify-"));
const empty = join(root, "empty");
const told = join(root, "told");
const script = join(root, "notify.ts");
const call: Call = { room: "den", from: "bob", text: "hello", kind: "message", more: 0 };

beforeAll(() => {
  mkdirSync(empty);
  // Writes what it got: its arguments, its part of the environment, its input, where it runs.
  const source = `
    import { appendFileSync, readFileSync } from "node:fs";
    const got = {
      argv: process.argv.slice(2),
      env: Object.entries(process.env).filter(([name]) => name.startsWith("MARU_")).sort(),
      input: readFileSync(0, "utf8"),
    };
    appendFileSync(${JSON.stringify(told)}, JSON.stringify(got) + "\\n");
    if (process.argv[2] === "fail") process.exit(3);
    if (process.argv[2] === "hang") setInterval(() => {}, 1_000);
    process.stdout.write("x".repeat(1_000_000));
    process.stderr.write("x".repeat(1_000_000));
  `;
  writeFileSync(script, source);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Got {
  readonly argv: string[];
  readonly env: [string, string][];
  readonly input: string;
}

/** One timer at a time is enough here: set anew, cleared, or run by hand. */
class HandClock {
  readonly timers = new Map<() => void, number>();
  after = (ms: number, run: () => void) => {
    this.timers.set(run, ms);
    return () => {
      this.timers.delete(run);
      this.#cleared?.();
    };
  };
  #cleared: (() => void) | null = null;
  /** Resolves when the command that runs has ended. */
  ended(): Promise<void> {
    return new Promise((resolve) => {
      this.#cleared = resolve;
    });
  }
}

function start(argv: readonly string[]) {
  rmSync(told, { force: true });
  const clock = new HandClock();
  const problems: string[] = [];
  const command: NotifyCommand = createNotifyCommand({
    argv,
    environment: { ...process.env, MARU_TEXT: "of another" },
    clock,
    onProblem: (text) => problems.push(text),
  });
  const got = (): Got[] =>
    existsSync(told)
      ? readFileSync(told, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
  return { clock, problems, command, got };
}

const injections = [
  `$(touch ${empty}/a)`,
  `; touch ${empty}/b`,
  `\`touch ${empty}/c\``,
  `| touch ${empty}/d`,
  `\n touch ${empty}/e\n`,
  `nul\0 touch ${empty}/f`,
  `"; touch ${empty}/g; "`,
  `'; touch ${empty}/h; '`,
  `-rf --help \${IFS}touch`,
  `\u001b]0;title\u0007\u009b2J\u202eevil`,
  "=\0MARU_KIND=direct",
  "\ud800 half",
];

test("what others write reaches the command as it stands, and nothing of it is run", async () => {
  const argv = [process.execPath, script, "an argument", "$MARU_TEXT", "$(id)"];
  const { clock, problems, command, got } = start(argv);
  for (const text of injections) {
    const ended = clock.ended();
    command.call({ ...call, text, from: text, room: text });
    await ended;
  }
  expect(problems).toEqual([]);
  expect(readdirSync(empty)).toEqual([]);
  expect(got()).toHaveLength(injections.length);
  for (const [at, { argv: args, env, input }] of got().entries()) {
    expect(args).toEqual(["an argument", "$MARU_TEXT", "$(id)"]);
    expect(input).toBe("");
    // Beside what it inherits.
    const variables = Object.fromEntries(env.filter(([name]) => !(name in process.env)));
    expect(Object.keys(variables)).toEqual(["MARU_FROM", "MARU_KIND", "MARU_ROOM", "MARU_TEXT"]);
    expect(variables.MARU_KIND).toBe("message");
    for (const name of ["MARU_FROM", "MARU_ROOM", "MARU_TEXT"]) {
      expect(variables[name]).not.toMatch(/[\p{Cc}\u202e]/u);
      if (at === 0) expect(variables[name]).toBe(injections[0]);
    }
  }
}, 30_000);

test("names and texts are short, whole characters, and say how many more there are", () => {
  const fits = commandEnvironment({
    ...call,
    room: "r".repeat(nameUnitsMax),
    from: "f".repeat(nameUnitsMax),
    text: "t".repeat(textUnitsMax),
  });
  expect(fits.MARU_ROOM).toHaveLength(nameUnitsMax);
  expect(fits.MARU_TEXT).toHaveLength(textUnitsMax);
  const long = commandEnvironment({
    ...call,
    room: "r".repeat(nameUnitsMax + 1),
    from: `${"f".repeat(nameUnitsMax - 1)}🦊`,
    text: "t".repeat(textUnitsMax + 1),
    more: 3,
  });
  expect(long.MARU_ROOM).toHaveLength(nameUnitsMax);
  expect(long.MARU_FROM).toBe("f".repeat(nameUnitsMax - 1));
  expect(long.MARU_TEXT).toBe(`${"t".repeat(textUnitsMax)} (3 more)`);
});

test("one runs at a time, and of those that wait the newest is next", async () => {
  const { clock, command, got } = start([process.execPath, script]);
  let ended = clock.ended();
  for (const text of ["1", "2", "3"]) command.call({ ...call, text });
  expect(clock.timers.size).toBe(1);
  await ended;
  ended = clock.ended();
  await ended;
  const texts = got().map(({ env }) => Object.fromEntries(env).MARU_TEXT);
  expect(texts).toEqual(["1", "3"]);
});

test("one that takes too long is killed; failures of all kinds are told once", async () => {
  const { clock, problems, command } = start([process.execPath, script, "hang"]);
  for (let turn = 0; turn < 2; turn += 1) {
    const ended = clock.ended();
    command.call(call);
    const [[run, ms] = [() => {}, 0]] = clock.timers;
    expect(ms).toBe(commandMsMax);
    run();
    await ended;
  }
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain("took longer than 5 s");
  const failing = start([process.execPath, script, "fail"]);
  const ended = failing.clock.ended();
  failing.command.call(call);
  await ended;
  await Promise.resolve();
  expect(failing.problems.join()).toContain("it ended with 3");
  const missing = start([join(root, "no such program")]);
  for (const _twice of "12") missing.command.call(call);
  expect(missing.problems).toHaveLength(1);
  expect(missing.problems[0]).toContain("can't be run");
});

test("what the command has started ends with it", async () => {
  const pipe = join(root, "pipe");
  expect(Bun.spawnSync(["mkfifo", pipe]).success).toBe(true);
  const { clock, command } = start(["sh", "-c", `sleep 1000 > "$0" & wait`, pipe]);
  const ended = clock.ended();
  command.call(call);
  // Open as soon as the other end is, and at its end when no process has that open any more.
  const file = await open(pipe);
  const [run] = clock.timers.keys();
  run?.();
  await ended;
  expect(await file.readFile("utf8")).toBe("");
  await file.close();
});

test("stopped, it ends what runs and runs nothing more", async () => {
  const { clock, problems, command, got } = start([process.execPath, script, "hang"]);
  const ended = clock.ended();
  command.call(call);
  command.call({ ...call, text: "waiting" });
  command.stop();
  await ended;
  command.call(call);
  expect(clock.timers.size).toBe(0);
  expect(problems).toEqual([]);
  expect(got().length).toBeLessThanOrEqual(1);
});
