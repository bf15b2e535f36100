// The file of settings: bounds at both sides, and what is said about what is wrong in it.

import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, settingsBytesMax } from "@maru/settings/load";
import { keyOverridesMax } from "@maru/tui/key";
import { builtInThemes } from "@maru/tui/theme";
import fc from "fast-check";
import { bindingsOf } from "../screen/keys/bindings.ts";
import { ClientConfig, profilesMax } from "./client-config.ts";
import { findConfigFile, parseConfig, readConfigFile } from "./config-file.ts";
import { defaultConfigFile } from "./default-file.ts";
import { roomsMax } from "./name-settings.ts";
import { configProblems, settingRows } from "./setting-list.ts";

const scratch = mkdtempSync(join(tmpdir(), "maru-config-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function problemOf(text: string): string {
  try {
    parseConfig(text, "f.toml");
    return "";
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

const list = (count: number) =>
  `rooms = [${Array.from({ length: count }, (_, index) => `"r${index}"`).join(",")}]`;
const profiles = (count: number) =>
  Array.from({ length: count }, (_, index) => `[profile.p${index}]\n`).join("");

describe("bounds", () => {
  test.each([
    "scrollback = 100",
    "scrollback = 10000",
    list(1),
    list(roomsMax),
    'rooms = ["@ann+bob", "마루"]',
    'server = "h"',
    'server = "h:1"',
    'server = "maru://[::1]:7667"',
    'nick = "민수"',
    profiles(profilesMax),
    "[notify]\nhow = []",
    '[notify]\nhow = ["bell", "osc", "command"]\ncommand = ["notify-send", "--", ""]',
    '[notify.rooms]\nops = "all"',
    '[themes.a]\n[themes.b]\nbase = "paper"\ntext = ""',
    'theme = "mine"\n[themes.mine]\nnick11 = "bold"',
    '[profile.toString]\nnick = "ann"',
    '\ufeffclock = "12h"',
    "",
  ])("let %p pass", (text) => expect(problemOf(text)).toBe(""));

  test.each([
    ["scrollback = 99", "f.toml: scrollback: must be at least 100"],
    ["scrollback = 10001", "f.toml: scrollback: must be at most 10000"],
    ["scrollback = 100.5", "f.toml: scrollback: must be a whole number"],
    ['scrollback = "100"', "f.toml: scrollback: must be a whole number"],
    [list(0), "f.toml: rooms: names no room"],
    [list(roomsMax + 1), `f.toml: rooms: must be at most ${roomsMax} rooms`],
    [profiles(profilesMax + 1), `f.toml: profile: must be at most ${profilesMax} profiles`],
    ['rooms = "ops"', 'f.toml: rooms: must be a list such as ["lobby"]'],
    ['rooms = ["a", "#ops"]', 'f.toml: rooms[2]: "#ops": leave the # away: "ops"'],
    ['server = "http://h"', 'f.toml: server: "http://h"'],
    ['server = "maru://h/ops"', 'f.toml: server: leave "/ops" away, and put it into rooms'],
    ['nick = "server"', 'f.toml: nick: "server": it is reserved'],
    ['mouse = "yes"', "f.toml: mouse: must be true or false, without quotes"],
    ['enter = "return"', 'f.toml: enter: must be one of "send", "newline"'],
    ['[notify]\nhow = ["bell", "bell"]', "f.toml: notify.how: has a way twice"],
    ['[notify]\nhow = ["command"]', "f.toml: notify.command: must name a program"],
    ['[notify]\ncommand = "notify-send x"', "f.toml: notify.command: must be a list of strings"],
    ['[notify]\ncommand = [""]', "f.toml: notify.command: the program's name is empty"],
    [
      '[notify]\ncommand = ["a", "b\\u0000"]',
      "f.toml: notify.command[2]: a word of it holds a NUL",
    ],
    ['[notify.rooms]\n"a b" = "all"', 'f.toml: notify.rooms."a b": "a b": use letters'],
    ['theme = "nope"', 'f.toml: theme: there is no theme "nope"; there are default, none'],
    ["[themes.dusk]", "f.toml: themes.dusk: is built in; choose another name"],
    ['[themes."a b"]', 'f.toml: themes."a b": a name is at most 32 letters'],
    ['[themes.x]\ntext = "bald"', 'f.toml: themes.x.text: "bald" is neither a colour'],
    ['[themes.x]\nbase = "x"', "f.toml: themes.x.base: must be one of default, none"],
    ['[keys]\nctrl-i = "find"', "f.toml: keys.ctrl-i: most terminals send the same as for Tab"],
    ['[keys]\nf5 = "fnid"', 'f.toml: keys.f5: there is no action "fnid"'],
    ['[keys]\nenter = "none"', "f.toml: keys: no key is left that sends"],
    ["keys = 3", "f.toml: keys: must be a table"],
    ["[keys]\nf5 = 3", "f.toml: keys.f5: must be an action's name in quotes"],
  ])("stop %p", (text, problem) => expect(problemOf(text)).toStartWith(problem));
});

test("a person binds as many keys as there may be, and no more", () => {
  const keys = (count: number) => {
    const syllables = Array.from({ length: count }, (_, at) => String.fromCharCode(0xac00 + at));
    return `[keys]\n${syllables.map((key) => `"alt-${key}" = "find"\n`).join("")}`;
  };
  expect(problemOf(keys(keyOverridesMax))).toBe("");
  expect(problemOf(keys(keyOverridesMax + 1))).toBe("f.toml: keys: must be at most 256 keys");
});

test("whatever stands in the settings, they are read, or told in words of their own", () => {
  const value = fc.oneof(
    fc.constantFrom("bell", "all", "dusk", "red", -1, 100, true, null, [], {}, [""], ["bell", 1]),
    fc.anything({ maxDepth: 3 }),
  );
  const key = fc.oneof(
    fc.constantFrom(...Object.keys(ClientConfig.shape), "when", "how", "command", "level", "base"),
    fc.string(),
  );
  const inner = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value)), { maxKeys: 5 });
  fc.assert(
    fc.property(fc.dictionary(key, fc.oneof(value, inner), { maxKeys: 5 }), (raw) => {
      const result = ClientConfig.safeParse(raw);
      if (result.success) return;
      const text = configProblems(result.error.issues, "f").join("\n");
      expect(text).not.toMatch(/Invalid|Too (big|small)|Unrecognized|undefined: /);
      expect(text).toMatch(/^f: /);
    }),
  );
});

describe("what is said", () => {
  test("names every unknown key where it stands", () => {
    const problem = problemOf(
      "them = 1\n[notify]\nsound = 2\n[profile.a]\nzip = 3\n[themes.b]\nx = 4",
    );
    const lines = problem.split("\n").map((line) => line.split(": ").slice(0, 3).join(": "));
    const all = "`config` prints those that there are";
    const unknown = Object.entries({
      them: "did you mean theme?",
      "notify.sound": all,
      "profile.a.zip": all,
      "themes.b.x": all,
    }).map(([key, hint]) => `f.toml: ${key}: there is no such setting; ${hint}`);
    expect(lines.sort()).toEqual(unknown.sort());
  });

  test("tells each wrong key once", () => {
    const problem = problemOf('[keys]\nctrl-i = "find"\nenter = "none"');
    expect(problem).toBe("f.toml: keys.ctrl-i: most terminals send the same as for Tab; bind that");
  });

  test("ends after ten problems with how many more there are", () => {
    const keys = Array.from({ length: 25 }, (_, index) => `a${index} = 1`).join("\n");
    const lines = problemOf(keys).split("\n");
    expect(lines.length).toBe(11);
    expect(lines.at(-1)).toBe("… and 15 more");
  });

  test("names the line of what is no TOML", () => {
    expect(problemOf('nick = "ann"\nrooms = [\n  "a",\n]\nmouse = = true\n')).toStartWith(
      "f.toml: line 5: not valid TOML: ",
    );
    expect(problemOf('mouse = true\nnick = "ann')).toStartWith("f.toml: line 2: not valid TOML");
    expect(problemOf("mouse = true\nmouse = true\n")).toContain("line 2: not valid TOML");
  });
});

describe("the file", () => {
  const write = (name: string, text: string | Uint8Array) => {
    const path = join(scratch, name);
    writeFileSync(path, text);
    return path;
  };
  const read = (path: string) => readConfigFile({ path, asked: "--config" });

  test("is looked for at --config, at MARU_CONFIG, and in its usual place, which may be empty", () => {
    const places = { configFile: "env.toml", configDirectory: join(scratch, "maru") };
    expect(findConfigFile(places, "flag.toml")).toEqual({ path: "flag.toml", asked: "--config" });
    expect(findConfigFile(places)).toEqual({ path: "env.toml", asked: "MARU_CONFIG" });
    const usual = { ...places, configFile: undefined };
    expect(findConfigFile(usual)).toBeNull();
    mkdirSync(join(scratch, "maru"));
    const path = write("maru/client.toml", "");
    expect(findConfigFile(usual)).toEqual({ path, asked: null });
    expect(findConfigFile({ configFile: undefined, configDirectory: null })).toBeNull();
  });

  test("that was asked for must be there", () => {
    const path = join(scratch, "missing.toml");
    expect(() => read(path)).toThrow(`--config ${path}: there is no such file`);
    expect(() => read(scratch)).toThrow("it is a directory");
  });

  test("is text of bounded length", () => {
    const fill = (bytes: number) => `#${"x".repeat(bytes - 1)}`;
    expect(read(write("full.toml", fill(settingsBytesMax))).theme).toBe("default");
    expect(() => read(write("long.toml", fill(settingsBytesMax + 1)))).toThrow("larger than");
    expect(() => read("/dev/zero")).toThrow("larger than");
    expect(() => read(write("latin.toml", new Uint8Array([0x23, 0xe9, 0x0a])))).toThrow("UTF-8");
  });
});

describe("the default file", () => {
  const text = defaultConfigFile();

  test("changes nothing as it stands", () => {
    expect(parseConfig(text, "f")).toEqual(ClientConfig.parse({}));
  });

  test("says the defaults: with every # taken away they hold still, and the examples besides", () => {
    const said = parseConfig(text.replace(/^#(?! )/gm, ""), "f");
    const { keys, profile, themes, nick, ...rest } = said;
    expect(rest).toEqual(
      (({ keys: _k, profile: _p, themes: _t, ...all }) => all)(ClientConfig.parse({})),
    );
    expect([...bindingsOf(keys).bindings]).toEqual([...bindingsOf().bindings]);
    expect(nick).toBe("ann");
    expect(Object.keys(profile)).toEqual(["mine"]);
    expect(themes.mine).toEqual({ base: "default", ...builtInThemes.default.looks });
  });

  test("has every setting", () => {
    const missing = settingRows.filter(({ key }) => !text.includes(`#${key} = `));
    expect(missing).toEqual([]);
    expect(settingRows.filter(({ about, values }) => about === "" || values === "")).toEqual([]);
  });

  test("fits into 100 columns, but for the looks", () => {
    const long = text.split("\n").filter((line) => line.length > 100 && !line.includes('" # '));
    expect(long).toEqual([]);
  });
});

test("what is no list is not called a long one, too", () => {
  expect(problemOf('notify.how = "bell"')).toBe(
    'f.toml: notify.how: must be a list such as ["bell"]',
  );
  expect(problemOf('rooms = ""').split("\n")).toHaveLength(1);
});

test("a theme that is not there is named at once, beside whatever else is wrong", () => {
  const problems = problemOf('theme = "nope"\nscrollback = "x"\n[themes.mine]\n').split("\n");
  expect(problems).toHaveLength(2);
  expect(problems[1]).toMatch(/^f\.toml: theme: there is no theme "nope"; there are .*mine/);
  expect(problemOf('theme = "mine"\nscrollback = "x"\n[themes.mine]\n').split("\n")).toHaveLength(
    1,
  );
});
