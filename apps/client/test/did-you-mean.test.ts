import { describe, expect, test } from "bun:test";
import { runTyped, slashCommands } from "@maru/chat-model/command";
import { createModel } from "@maru/chat-model/model";
import { didYouMean, nearest } from "@maru/settings/did-you-mean";
import { ClientConfig } from "../src/settings/client-config.ts";
import { parseConfig } from "../src/settings/config-file.ts";
import { environmentVariables, loadConfig, loadEnvironment } from "../src/settings/load-config.ts";
import { settingRows } from "../src/settings/setting-list.ts";

/** The name with two letters exchanged, one left out, and one too many. */
function slips(name: string): string[] {
  const middle = Math.floor(name.length / 2);
  const [before, one = "", two = "", rest] = [
    name.slice(0, middle - 1),
    name[middle - 1],
    name[middle],
    name.slice(middle + 1),
  ];
  return [`${before}${two}${one}${rest}`, `${before}${one}${rest}`, `${name}x`];
}

const model = createModel("ann", { phase: "online", nick: "ann", sinceMs: 0 });
const told = (line: string) =>
  runTyped(model, line)
    .lines.map((each) => JSON.stringify(each))
    .join();
const names = slashCommands.map(({ name }) => name);

describe("slash commands", () => {
  const long = names.filter((name) => name.length >= 4);
  test.each(long)("/%s is understood however it is mistyped", (name) => {
    for (const slip of slips(name)) {
      if (names.includes(slip)) continue;
      // Another command may be as near.
      expect(told(`/${slip}`)).toMatch(/did you mean \/[a-z]+\?/);
    }
    expect(told(`/${name}x`)).toContain(`did you mean /${name}?`);
  });

  test("what is near nothing gets no guess, and nothing is sent", () => {
    const words = ["foo", "baz", "food", "good", "test", "a", "go", "hi", "lol", "xyz", "abc"];
    for (const line of [
      ...words.map((word) => `/${word}`),
      "/xyzzyplugh",
      "/usr/local/bin",
      `/${"j".repeat(500)}`,
    ]) {
      expect(told(line)).not.toContain("did you mean");
      expect(runTyped(model, line).effects).toEqual([]);
    }
  });
});

describe("settings", () => {
  const problemOf = (toml: string) => {
    try {
      parseConfig(toml, "f");
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  test.each(settingRows.map(({ table, key }) => [table, key] as const))(
    "[%s] %s is understood with a letter too many",
    (table, key) => {
      const header = table === "" ? "" : `[${table.replace("NAME", "one")}]\n`;
      expect(problemOf(`${header}${key}x = 1`)).toContain(`; did you mean ${key}?`);
    },
  );

  test("a table, a theme and a profile are understood, too", () => {
    expect(problemOf("[notfy]\n")).toContain("did you mean notify?");
    expect(problemOf('theme = "dusc"')).toContain("did you mean dusk?");
    const flags = { theme: "harbor" };
    expect(() => loadConfig(loadEnvironment({}), flags)).toThrow("did you mean harbour?");
    expect(ClientConfig.safeParse({}).success).toBe(true);
  });
});

describe("variables", () => {
  const own = environmentVariables.map(({ name }) => name).filter((name) => /^MARU_/.test(name));
  test.each(own)("%s is understood when it is mistyped, and none of the server's is", (name) => {
    for (const slip of slips(name.slice("MARU_".length)).map((bare) => `MARU_${bare}`)) {
      expect(loadEnvironment({ [slip]: "x" }).unknown).toEqual([
        `${slip}: the client has no such variable; did you mean ${name}?`,
      ]);
    }
    const others = { MARU_PORT: "1", MARU_HOST: "h", MARU_HEARTBEAT_MS: "1", [name]: "x" };
    expect(loadEnvironment(others).unknown).toEqual([]);
  });
});

test.each(["", " ", "a b", "root", "x".repeat(40)])(
  "the nick %p is told by what named it",
  (nick) => {
    expect(() => loadConfig(loadEnvironment({}), { nick })).toThrow(`--nick "${nick}": `);
    const environment = { ...loadEnvironment({}), nick };
    expect(() => loadConfig(environment)).toThrow(`MARU_NICK "${nick}": `);
    expect(loadConfig(environment, { nick: "ann" }).nick).toBe("ann");
  },
);

test("the nearest is the one of fewest changes, in whatever case, within bounds", () => {
  expect(nearest("PROT", ["port", "part"])).toBe("port");
  expect(nearest("sea", ["seq", "search"])).toBe("seq");
  expect(nearest("searc", ["seq", "search"])).toBe("search");
  expect(nearest("", ["a"])).toBeNull();
  expect(nearest("a", ["xyz"])).toBeNull();
  expect(nearest("x".repeat(64), ["x".repeat(63)])).not.toBeNull();
  expect(nearest("x".repeat(65), ["x".repeat(64)])).toBeNull();
  expect(didYouMean("jion", ["join"], "/")).toBe("; did you mean /join?");
});
