import { expect, test } from "bun:test";
import * as z from "zod";
import { ConfigError } from "./config-error.ts";
import { type GivenSettings, loadSettings } from "./load-settings.ts";
import { count, defaultsOf, oneOf, pickSettings, setting } from "./setting.ts";
import { bySection, helpOf, listSettings } from "./setting-list.ts";

const shape = {
  holdMs: setting(count(0, 10).default(2), { description: "waits", value: "MS", section: "B" }),
  tint: setting(oneOf(["red", "blue"]).default("red"), {
    description: "colour",
    value: "red|blue",
    section: "A",
  }),
  nameMax: setting(count(1).optional(), { description: "letters", value: "N", section: "B" }),
};
const schema = z.strictObject(shape);
const names = { prefix: "X_", others: ["X_OTHER"] };

function load(given: Partial<GivenSettings>) {
  return loadSettings(schema, names, { flags: {}, env: {}, file: undefined, ...given });
}

function problemsOf(given: Partial<GivenSettings>): string[] {
  try {
    load(given);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n").sort();
    throw error;
  }
}

const file = (table: Record<string, unknown>) => ({ where: "x.toml", table });

test("a default is in its schema alone", () => {
  expect(defaultsOf(shape)).toEqual({ holdMs: 2, tint: "red" });
  expect(load({})).toEqual({ holdMs: 2, tint: "red" });
  const more = { holdMs: 5, tint: "red" as const, other: 1 };
  expect(pickSettings(shape, more)).toEqual({ holdMs: 5, tint: "red" });
});

test("the names outside follow from the key", () => {
  const [first, , last] = listSettings(schema, "X_");
  expect(first).toMatchObject({ key: "holdMs", flag: "hold-ms", env: "X_HOLD_MS", default: "2" });
  expect(last?.default).toBeUndefined();
  if (first === undefined) throw new Error("no setting");
  expect(helpOf(first)).toEqual({
    flags: "--hold-ms <MS>",
    description: "waits [2] (X_HOLD_MS)",
    heading: "B:",
  });
  const sections = bySection(listSettings(schema, "X_"));
  expect(sections.map(({ section, settings }) => [section, settings.length])).toEqual([
    ["B", 2],
    ["A", 1],
  ]);
});

test("default < file < environment < flag; what is undefined hides nothing", () => {
  const given = { file: file({ "hold-ms": 3, tint: "blue" }), env: { X_HOLD_MS: "4", HOME: "/" } };
  expect(load(given)).toEqual({ holdMs: 4, tint: "blue" });
  expect(load({ ...given, flags: { holdMs: "5", tint: undefined } })).toEqual({
    holdMs: 5,
    tint: "blue",
  });
});

test("all problems at once, each with the source that it came from", () => {
  const problems = problemsOf({
    flags: { holdMs: "11" },
    env: { X_TINT: "green", X_NAME_MX: "1", X_OTHER: "1" },
    file: file({ "name-max": 0, holdMs: 1 }),
  });
  expect(problems).toEqual([
    "--hold-ms 11: must be at most 10 (expected MS)",
    "X_NAME_MX: there is no such setting; did you mean X_NAME_MAX?",
    "X_TINT=green: must be one of red, blue (expected red|blue)",
    "x.toml: name-max: must be at least 1 (expected N)",
    'x.toml: there is no setting "holdMs"; did you mean hold-ms?',
  ]);
});
