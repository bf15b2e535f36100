// Every flag and every setting of the client that is a time has an upper bound.

import { expect, test } from "bun:test";
import { waitSecondsMax } from "@maru/command-line";
import type { Command, Option } from "commander";
import { loadEnvironment } from "../settings/load-config.ts";
import { settingRows } from "../settings/setting-list.ts";
import { createCommand } from "./command-line.ts";

const idle = async () => "done" as const;
const root = createCommand({
  name: "x",
  programs: { screen: idle, chat: idle, send: idle, tail: idle, inspect: idle },
  environment: loadEnvironment({}),
  texts: { out: () => {}, error: () => {} },
  ended: () => {},
});

const withInner = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withInner),
];
const isTime = ({ flags, description }: Option) =>
  /<(MS|SECONDS|MINUTES|HOURS|DAYS)>/.test(flags) || /\b(milli)?seconds\b/i.test(description);
const timeFlags = withInner(root).flatMap((command) =>
  command.options.filter(isTime).map((option) => [command.name(), option.long, option] as const),
);

test("the sweep finds the flags that are times", () => {
  expect(timeFlags.map(([name, long]) => `${name} ${long}`)).toContain("send --patience");
});

test.each(timeFlags)("%s %s is 1 second to a day", (_name, _long, option) => {
  expect(option.flags).toContain("<SECONDS>");
  const read = (text: string): unknown => option.parseArg?.(text, undefined as never);
  expect(read("1")).toBe(1);
  expect(read(`${waitSecondsMax}`)).toBe(waitSecondsMax);
  const wrong = [`${waitSecondsMax + 1}`, "2147484", "9007199254740993", "1e400", "0", "-1", "1.5"];
  for (const text of [...wrong, "NaN", "Infinity", ""]) expect(() => read(text)).toThrow();
});

test("every number among the settings has bounds, so a time has, too", () => {
  const numbers = settingRows.filter((row) => /^\d/.test(row.default ?? ""));
  expect(numbers.map(({ key }) => key)).toContain("scrollback");
  for (const { values } of numbers) {
    const [, min = "", max = ""] = /^(\d+) to (\d+)$/.exec(values) ?? [];
    expect(Number(min)).toBeLessThan(Number(max));
    expect(Number(max)).toBeLessThan(2 ** 31);
  }
});
