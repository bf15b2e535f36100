// Completions: every command and flag in each of the shells, and what bash makes of its own.

import { describe, expect, test } from "bun:test";
import { type CommandSpec, completions, describeTree, shells } from "@maru/command-line";
import { builtInThemes } from "@maru/tui/theme";
import { loadEnvironment } from "../settings/load-config.ts";
import { flagWords } from "./chat-command.ts";
import { createCommand } from "./command-line.ts";

const idle = async () => "done" as const;
const root: CommandSpec = describeTree(
  createCommand({
    name: "x",
    programs: { screen: idle, chat: idle, send: idle, tail: idle, inspect: idle },
    environment: loadEnvironment({}),
    texts: { out: () => {}, error: () => {} },
    ended: () => {},
  }),
  flagWords,
);
const all = [root, ...root.commands];

test("the command line is described whole", () => {
  expect(root.commands.map(({ name }) => name)).toEqual([
    ...["send", "tail", "inspect", "config", "keys", "check-symbols", "completions", "man"],
  ]);
  const flags = root.flags.map(({ long }) => long);
  for (const flag of [
    "plain",
    "profile",
    "config",
    "theme",
    "ascii",
    "mouse",
    "no-mouse",
    "nick",
  ]) {
    expect(flags).toContain(`--${flag}`);
  }
  expect(all.flatMap(({ flags: own }) => own).filter(({ about }) => about === "")).toEqual([]);
});

test("a flag of one name is alike in every command: bash's depend on it", () => {
  const arities = new Map<string, Set<boolean>>();
  for (const { long, value } of all.flatMap(({ flags }) => flags)) {
    const known = arities.get(long ?? "") ?? new Set();
    arities.set(long ?? "", known.add(value !== null));
  }
  expect([...arities].filter(([, known]) => known.size > 1)).toEqual([]);
});

for (const shell of shells) {
  test(`${shell} is given every command and every flag`, () => {
    const script = completions(shell, "maru-x", root);
    const word = (flag: string) => (shell === "fish" ? `-l ${flag.slice(2)}` : flag);
    const missing = all.flatMap(({ name, flags }) => [
      ...(script.includes(name) ? [] : [name]),
      ...flags.flatMap(({ long }) => (long === null || script.includes(word(long)) ? [] : [long])),
    ]);
    expect(missing).toEqual([]);
    for (const theme of Object.keys(builtInThemes)) expect(script).toContain(theme);
    expect(script).toContain("maru-x");
    expect(script).not.toContain("undefined");
  });
}

describe("bash", () => {
  const script = completions("bash", "maru", root);
  const bash = Bun.which("bash");

  /** What bash offers for the last of `words`. */
  function offered(...words: string[]): string[] {
    const given = ["maru", ...words].map((word) => `'${word}'`).join(" ");
    const ask = `COMP_WORDS=(${given}); COMP_CWORD=${words.length}; _maru; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const run = Bun.spawnSync([bash ?? "bash", "--norc", "-c", `${script}\n${ask}`]);
    expect(run.stderr.toString()).toBe("");
    return run.stdout
      .toString()
      .split("\n")
      .filter((line) => line !== "");
  }

  test.skipIf(bash === null)("offers commands, flags, and values where they are known", () => {
    expect(offered("ch")).toEqual(["check-symbols"]);
    expect(offered("--pl")).toEqual(["--plain"]);
    expect(offered("send", "--pa")).toEqual(["--pack", "--patience"]);
    expect(offered("--theme", "")).toEqual(Object.keys(builtInThemes));
    expect(offered("completions", "z")).toEqual(["zsh"]);
    expect(offered("tail", "--room", "")).toEqual([]);
  });

  test.skipIf(bash === null)("does not take a flag's value for a command", () => {
    expect(offered("--nick", "send", "--pl")).toEqual(["--plain"]);
    expect(offered("tail", "--nick", "send", "--js")).toEqual(["--json"]);
  });
});
