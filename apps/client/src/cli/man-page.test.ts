// The man page: whole, plain, and without a complaint of the formatter.

import { expect, test } from "bun:test";
import { describeTree, escapeRoff } from "@maru/command-line";
import { actionNames } from "../screen/keys/actions.ts";
import { environmentVariables, loadEnvironment } from "../settings/load-config.ts";
import { settingRows } from "../settings/setting-list.ts";
import { createCommand } from "./command-line.ts";
import { commandNotes } from "./command-notes.ts";
import { exitCodes } from "./exit-codes.ts";
import { manPage } from "./man-page.ts";

const idle = async () => "done" as const;
const root = describeTree(
  createCommand({
    name: "x",
    programs: { screen: idle, chat: idle, send: idle, tail: idle, inspect: idle },
    environment: loadEnvironment({}),
    texts: { out: () => {}, error: () => {} },
    ended: () => {},
  }),
);
const page = manPage("maru", root, commandNotes);

test("has every command, flag, exit code, action, setting and variable", () => {
  const words = [
    ...root.commands.map(({ name }) => name),
    ...[root, ...root.commands].flatMap(({ flags }) => flags.flatMap(({ long }) => long ?? [])),
    ...actionNames,
    ...settingRows.map(({ about }) => about),
    ...environmentVariables.map(({ name }) => name),
    ...Object.values(exitCodes).map(({ about }) => about),
  ];
  expect(words.filter((word) => !page.includes(escapeRoff(word)))).toEqual([]);
  for (const { code } of Object.values(exitCodes)) expect(page).toContain(`.TP\n.B ${code}\n`);
});

test("has notes for every command, and none for others", () => {
  const names = ["", ...root.commands.map(({ name }) => name)];
  expect(Object.keys(commandNotes).sort()).toEqual(names.sort());
});

test("is ASCII, and every request in it is one that is known", () => {
  expect(page).toMatch(/^[\n\x20-\x7e]*$/);
  const requests = page.split("\n").filter((line) => /^[.']/.test(line));
  expect(requests.filter((line) => !/^\.(TH|SH|SS|PP|TP|B|nf|fi|RS|RE)\b/.test(line))).toEqual([]);
  expect(page).not.toMatch(/\n\n|undefined|null/);
});

const groff = Bun.which("groff");

test.skipIf(groff === null)("is formatted without a warning", () => {
  const run = Bun.spawnSync([groff ?? "groff", "-man", "-Tutf8", "-ww"], {
    stdin: Buffer.from(page),
  });
  expect(run.stderr.toString()).toBe("");
  const start = String.fromCharCode(27);
  const shown = run.stdout
    .toString()
    .replaceAll(new RegExp(`${start}\\[[0-9;]*m|.\\u0008`, "g"), "");
  expect(shown).toContain("EXIT STATUS");
  expect(shown).toContain("Alt-←");
  expect(shown).toContain("--no-mouse");
});
