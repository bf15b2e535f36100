// Wrong values of every setting, in the file and on the command line: one line each, by its name, in
// words of the settings and none of the schema's.

import { describe, expect, test } from "bun:test";
import { ConfigError } from "@maru/settings/load";
import { type Command, CommanderError, type Option } from "commander";
import { createCommand } from "../cli/command-line.ts";
import { parseConfig } from "./config-file.ts";
import { loadEnvironment } from "./load-config.ts";
import { settingRows } from "./setting-list.ts";

const wrong = [
  "1",
  "-1",
  "1.5",
  '""',
  '"\\u0000"',
  "true",
  "[1]",
  "{ x = 1 }",
  "1979-05-27",
  "nan",
];
const jargon = /invalid|expected|zod|undefined|too (small|big)|received|regex/i;

function problemsOf(toml: string): string[] {
  try {
    parseConfig(toml, "f");
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
}

describe("in the file", () => {
  test.each(settingRows.map(({ table, key }) => [table, key] as const))("[%s] %s", (table, key) => {
    const header = table === "" ? "" : `[${table.replace("NAME", "one")}]\n`;
    const dotted = table === "" ? key : `${table.replace("NAME", "one")}.${key}`;
    let refused = 0;
    for (const value of wrong) {
      const problems = problemsOf(`${header}${key} = ${value}`);
      refused += problems.length > 0 ? 1 : 0;
      for (const problem of problems) {
        expect(problem).toMatch(/^f: /);
        expect(problem).toContain(dotted);
        expect(problem).not.toMatch(jargon);
      }
    }
    expect(refused).toBeGreaterThan(wrong.length / 2);
  });
});

const idle = async () => "done" as const;
function commandTold(args: readonly string[]): string {
  let told = "";
  const root = createCommand({
    name: "x",
    programs: { screen: idle, chat: idle, send: idle, tail: idle, inspect: idle },
    environment: loadEnvironment({}),
    texts: { out: () => {}, error: (text) => (told += text) },
    ended: () => {},
  });
  try {
    root.parse([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return told;
}

describe("on the command line", () => {
  const root = createCommand({
    name: "x",
    programs: { screen: idle, chat: idle, send: idle, tail: idle, inspect: idle },
    environment: loadEnvironment({}),
    texts: { out: () => {}, error: () => {} },
    ended: () => {},
  });
  const counted = [root, ...root.commands].flatMap((command: Command) =>
    command.options
      .filter(({ parseArg }: Option) => parseArg !== undefined)
      .map((option) => [command === root ? "" : command.name(), option.long ?? ""] as const),
  );

  test("there are such flags", () => expect(counted.length).toBeGreaterThan(2));

  test.each(counted)("%s %s", (name, flag) => {
    for (const value of ["", "x", "-1", "1.5", "99999999999999999999"]) {
      const told = commandTold([...(name === "" ? [] : [name]), `${flag}=${value}`, "--room=r"]);
      expect(told).toContain(flag);
      expect(told.split("\n")[0]).toMatch(/needed\.|at (least|most)|is needed/);
    }
  });
});
