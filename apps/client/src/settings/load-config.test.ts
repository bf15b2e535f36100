// Where settings come from, and which of them wins.

import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientConfig } from "./client-config.ts";
import { colourDepth, loadConfig, loadEnvironment } from "./load-config.ts";
import { screenSettingsOf } from "./screen-settings-of.ts";

const home = mkdtempSync(join(tmpdir(), "maru-load-"));
afterAll(() => rmSync(home, { recursive: true }));
mkdirSync(join(home, ".config/maru"), { recursive: true });
writeFileSync(
  join(home, ".config/maru/client.toml"),
  [
    'server = "file"\nnick = "filer"\nrooms = ["one", "two"]\ntheme = "dusk"\nmouse = true',
    '[profile.work]\nserver = "work:1"\nnick = "worker"\nrooms = ["ops"]',
    '[profile.half]\nnick = "halfer"',
    '[themes.mine]\ntext = "red"',
  ].join("\n"),
);
const other = join(home, "other.toml");
writeFileSync(other, 'nick = "other"\n');

const load = (env: Record<string, string>, flags = {}) =>
  loadConfig(loadEnvironment({ HOME: home, ...env }), flags);

test("without anything, the defaults hold", () => {
  expect(loadConfig(loadEnvironment({}))).toEqual(ClientConfig.parse({}));
  expect(loadConfig(loadEnvironment({ HOME: join(home, "nobody") }))).toEqual(
    ClientConfig.parse({}),
  );
});

describe("the later wins over the earlier:", () => {
  test("default, file, profile, environment, flag", () => {
    const withProfile = { profile: "work" };
    expect(loadConfig(loadEnvironment({})).nick).toBeUndefined();
    expect(load({}).nick).toBe("filer");
    expect(load({}, withProfile).nick).toBe("worker");
    expect(load({ MARU_NICK: "env" }, withProfile).nick).toBe("env");
    expect(load({ MARU_NICK: "env" }, { ...withProfile, nick: "flag" }).nick).toBe("flag");
  });

  test("a profile takes over what it names alone", () => {
    expect(load({}, { profile: "work" })).toMatchObject({ server: "work:1", rooms: ["ops"] });
    expect(load({}, { profile: "half" })).toMatchObject({
      server: "file",
      rooms: ["one", "two"],
      nick: "halfer",
      theme: "dusk",
    });
  });

  test("NO_COLOR takes the file's theme away, and --theme asks for one nevertheless", () => {
    expect(load({}).theme).toBe("dusk");
    expect(load({ NO_COLOR: "1" }).theme).toBe("none");
    expect(load({ NO_COLOR: "1" }, { theme: "mine" }).theme).toBe("mine");
    const depth = (env: Record<string, string>, flags = {}) =>
      colourDepth(loadEnvironment(env), flags);
    expect(depth({ NO_COLOR: "1", COLORTERM: "truecolor" })).toBe("none");
    expect(depth({ NO_COLOR: "1", COLORTERM: "truecolor" }, { theme: "dusk" })).toBe("true");
    expect(depth({ COLORTERM: "24bit" })).toBe("true");
    expect(depth({ TERM: "xterm-direct" })).toBe("true");
    expect(depth({ TERM: "xterm-256color" })).toBe("palette");
  });

  test("a flag can switch off what the file switches on", () => {
    expect(load({}).mouse).toBe(true);
    expect(load({}, { mouse: false }).mouse).toBe(false);
    expect(load({}, { ascii: true }).ascii).toBe(true);
  });

  test("MARU_CONFIG wins over the usual place, --config over both, XDG_CONFIG_HOME over HOME", () => {
    expect(load({ MARU_CONFIG: other }).nick).toBe("other");
    const usual = join(home, ".config/maru/client.toml");
    expect(load({ MARU_CONFIG: other }, { config: usual }).nick).toBe("filer");
    expect(load({ XDG_CONFIG_HOME: join(home, "empty") }).nick).toBeUndefined();
    expect(load({ XDG_CONFIG_HOME: "relative" }).nick).toBe("filer");
  });
});

test("a profile or a theme that is not there is named, with those that are", () => {
  expect(() => load({}, { profile: "wrok" })).toThrow(
    "there is no [profile.wrok]; it has work, half",
  );
  expect(() => load({}, { profile: "toString" })).toThrow("there is no [profile.toString]");
  expect(() => loadConfig(loadEnvironment({}), { profile: "a" })).toThrow("it has none");
  expect(() => load({}, { theme: "x" })).toThrow(
    "--theme x: there is no such theme; there are def",
  );
});

test("a file that was asked for and is not there stops the start", () => {
  expect(() => load({ MARU_CONFIG: join(home, "no.toml") })).toThrow("MARU_CONFIG");
});

test("the environment tells of editor, terminal and directories; empty is as not set", () => {
  const env = { HOME: home, EDITOR: "ed", VISUAL: "", TERM: "dumb", MARU_NICK: "", NO_COLOR: "" };
  expect(loadEnvironment(env)).toMatchObject({
    editor: "ed",
    isDumb: true,
    colour: false,
    nick: undefined,
    configDirectory: join(home, ".config/maru"),
    stateHome: join(home, ".local/state"),
    unknown: [],
  });
  expect(loadEnvironment({ VISUAL: "vi", EDITOR: "ed" }).editor).toBe("vi");
  expect(loadEnvironment({ XDG_STATE_HOME: "/s" }).stateHome).toBe("/s");
  expect(loadEnvironment({}).stateHome).toBeNull();
});

test("colours are off when NO_COLOR is set to anything", () => {
  expect(loadEnvironment({}).colour).toBe(true);
  expect(loadEnvironment({ NO_COLOR: "0" }).colour).toBe(false);
  expect(loadEnvironment({ TERM: "dumb" }).colour).toBe(false);
});

test("the screen's settings are the file's in its own words", () => {
  expect(screenSettingsOf(ClientConfig.parse({ clock: "12h", mouse: true }))).toEqual({
    isAscii: false,
    hours: 12,
    enter: "send",
    scrollback: 1000,
    roomsPane: "auto",
    membersPane: "auto",
    showPresence: "active",
    tellsTyping: true,
    notifyLevel: "mentions",
    notifyWhen: "unfocused",
    hasMouse: true,
  });
});
