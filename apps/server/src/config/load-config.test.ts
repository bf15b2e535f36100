import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flagName } from "@maru/settings";
import { ConfigError, settingsBytesMax } from "@maru/settings/load";
import { loadConfig } from "./load-config.ts";
import { settings } from "./server-config.ts";

let directory: string | null = null;
afterEach(() => {
  if (directory !== null) rmSync(directory, { recursive: true });
  directory = null;
});

function fileOf(toml: string): string {
  directory ??= mkdtempSync(join(tmpdir(), "maru-config-"));
  const file = join(directory, "maru.toml");
  writeFileSync(file, toml);
  return file;
}

/** The configuration's problem, or "" when it is taken. */
function problemOf(flags: Record<string, unknown>, file?: string, env = {}): string {
  try {
    loadConfig(flags, file, env);
    return "";
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

test("without anything given, every setting has its default", () => {
  const config = loadConfig({}, undefined, {});
  expect(config).toMatchObject({ host: "127.0.0.1", port: 7667, workers: "auto", tls: "off" });
  expect(Object.isFrozen(config)).toBe(true);
});

test("a flag goes before the environment, that before the file, and that before the default", () => {
  const file = fileOf("port = 1\nhello-ms = 1\ninflight = 1");
  const env = { MARU_PORT: "2", MARU_HELLO_MS: "2", PATH: "/bin" };
  expect(loadConfig({ port: "3" }, file, env)).toMatchObject({
    port: 3,
    helloMs: 2,
    inflight: 1,
    heartbeatMs: 30_000,
  });
});

test("numbers are taken at their bounds, and refused beyond, with the bound", () => {
  const bounds: [string, number, number | null][] = [
    ["port", 0, 65_535],
    ["workers", 0, 64],
    ["maxConnections", 0, null],
    ["maxConnectionsPerIp", 0, null],
    ["sendRate", 0, null],
    ["sendBurst", 1, null],
    ["commandRate", 0, null],
    ["commandBurst", 1, null],
    ["inflight", 1, 65_536],
    ["inboundBytes", 1_024, null],
    ["roomsMax", 1, null],
    ["roomsPerSession", 1, null],
    ["newRoomBurst", 1, null],
    ["newRoomRate", 0, null],
    ["newRoomBurstPerIp", 1, null],
    ["newRoomRatePerIp", 0, null],
    ["newMarkerBurstPerIp", 1, null],
    ["newMarkerRatePerIp", 0, null],
    ["unansweredPerIp", 1, 1_000_000],
    ["holdBytes", 65_536, null],
    ["markRate", 0, null],
    ["markBurst", 1, null],
    ["markersPerAccount", 1, null],
    ["keepMarkerDays", 0, 36_500],
    ["lostMs", 0, 3_600_000],
    ["historyPage", 1, 1_000],
    ["replayEntries", 0, null],
    ["replayBytes", 0, null],
    ["presenceNames", 0, 500],
    ["memoryLogBytes", 1_048_576, null],
    ["frameBytes", 32_768, 1_048_576],
    ["httpPort", 0, 65_535],
  ];
  const room = { outboundBytes: 4_194_304 };
  for (const [key, min, max] of bounds) {
    expect(problemOf({ ...room, [key]: min })).toBe("");
    expect(problemOf({ ...room, [key]: `${min}` })).toBe("");
    const below = problemOf({ ...room, [key]: min - 1 });
    expect(below).toContain(`must be at least ${min}`);
    if (max === null) continue;
    expect(problemOf({ ...room, [key]: `${max}` })).toBe("");
    expect(problemOf({ ...room, [key]: max + 1 })).toContain(`must be at most ${max}`);
  }
});

const times: [string, number, number][] = [
  ["helloMs", 1, 600_000],
  ["drainMs", 0, 600_000],
  ["heartbeatMs", 100, 3_600_000],
  ["heartbeatGraceMs", 0, 3_600_000],
  ["holdMs", 0, 10_000],
  ["presenceMs", 0, 60_000],
  ["presenceCountMs", 1, 3_600_000],
  ["keepDays", 0, 36_500],
  ["keepMarkerDays", 0, 36_500],
  ["lostMs", 0, 3_600_000],
];

test("every setting that is a time stands in the table of times", () => {
  const isTime = ({ key, value }: (typeof settings)[number]) =>
    /(Ms|Seconds|Minutes|Hours|Days)$/.test(key) || /MS|SECONDS|MINUTES|HOURS|DAYS/.test(value);
  const told = settings.filter(({ description }) => /milliseconds|\bdays\b/.test(description));
  expect(times.map(([key]) => key)).toEqual(settings.filter(isTime).map(({ key }) => key));
  expect(times.map(([key]) => key)).toEqual(told.map(({ key }) => key));
});

test.each(times)(
  "%s is a time of %p to %p, in the flag, the variable and the file",
  (key, min, max) => {
    const { flag, env } = settings.find(
      (setting) => setting.key === key,
    ) as (typeof settings)[number];
    const ways = (value: string) => [
      problemOf({ [key]: value }),
      problemOf({}, undefined, { [env]: value }),
      problemOf({}, fileOf(`${flag} = ${value}`)),
    ];
    expect([...ways(`${min}`), ...ways(`${max}`)]).toEqual(["", "", "", "", "", ""]);
    for (const problem of ways(`${max + 1}`)) expect(problem).toContain(`must be at most ${max} `);
    for (const beyond of [2 ** 31, Number.MAX_SAFE_INTEGER]) {
      for (const problem of ways(`${beyond}`)) expect(problem).toContain(`must be at most ${max} `);
    }
    const wrong = [
      `${min - 1}`,
      "-1",
      `${min}.5`,
      "nan",
      "inf",
      "-inf",
      "1e400",
      "9007199254740993",
    ];
    for (const value of wrong)
      for (const problem of ways(value)) expect(problem).toContain("must be");
  },
);

test("a number is written in digits: nothing empty, no other base, no fraction, no other type", () => {
  for (const port of ["", " ", "80 ", "0x10", "1e3", "1.5", "-1", "+1", "auto", true, [80], 1.5]) {
    expect(problemOf({ port })).toContain("must be a whole number (expected N)");
  }
  expect(problemOf({}, undefined, { MARU_PORT: "" })).toStartWith('MARU_PORT="": must be');
  expect(problemOf({}, fileOf("port = true"))).toContain("port: must be a whole number");
});

test("the words that stand for numbers are taken where they belong, and nowhere else", () => {
  const words = { workers: "auto", maxConnections: "auto", httpPort: "off" };
  expect(loadConfig(words, undefined, {})).toMatchObject(words);
  expect(problemOf({ workers: "off" })).toContain("(expected N|auto)");
  expect(problemOf({ httpPort: "auto" })).toContain("(expected N|off)");
});

test("a problem names where the value came from, and all problems are told at once", () => {
  const file = fileOf("inflight = 0");
  const problem = problemOf({ port: "x" }, file, { MARU_HELLO_MS: "no" });
  expect(problem.split("\n").sort()).toEqual(
    [
      "--port x: must be a whole number (expected N)",
      `${file}: inflight: must be at least 1 (expected N)`,
      "MARU_HELLO_MS=no: must be a whole number (expected MS)",
    ].sort(),
  );
});

test("unknown names and wrong values of file, variables and flags are told together", () => {
  const file = fileOf('port = "x"\nfoo = 1\nbar = 2');
  const problem = problemOf({ workers: "many" }, file, { MARU_FOO: "1", MARU_HELLO_MS: "no" });
  expect(problem.split("\n").sort()).toEqual(
    [
      `${file}: there is no setting "foo"`,
      `${file}: there is no setting "bar"`,
      `${file}: port: must be a whole number (expected N)`,
      "MARU_FOO: there is no such setting",
      "MARU_HELLO_MS=no: must be a whole number (expected MS)",
      "--workers many: must be a whole number (expected N|auto)",
    ].sort(),
  );
});

test("no variable of the client is advised to the server", () => {
  for (const name of ["MARU_SERVERX", "MARU_SERVE", "MARU_NICKX", "MARU_CONFIGX"]) {
    expect(problemOf({}, undefined, { [name]: "1" })).not.toMatch(
      /did you mean MARU_(SERVER|NICK|CONFIG)\?/,
    );
  }
});

test("the file is TOML of known names, and exists", () => {
  expect(problemOf({}, fileOf("prot = 1"))).toEndWith(
    'there is no setting "prot"; did you mean port?',
  );
  expect(problemOf({}, fileOf("maxConnections = 1"))).toContain("there is no setting");
  expect(problemOf({}, fileOf("[server]\nport = 1"))).toContain('there is no setting "server"');
  expect(problemOf({}, fileOf("port = = 1"))).toContain("not valid TOML");
  expect(problemOf({}, join(tmpdir(), "maru-no-such-file.toml"))).toContain("no such file");
  expect(problemOf({}, tmpdir())).toContain("it is a directory");
  expect(problemOf({}, fileOf("#".repeat(settingsBytesMax)))).toBe("");
  for (const endless of [fileOf("#".repeat(settingsBytesMax + 1)), "/dev/zero", "/dev/full"]) {
    expect(problemOf({}, endless)).toContain(`it is longer than ${settingsBytesMax} bytes`);
  }
  expect(problemOf({}, fileOf(""))).toBe("");
});

test("what this version doesn't have is refused, with what to use instead", () => {
  expect(problemOf({ durability: "tape" })).toContain("--durability tape");
  expect(problemOf({ tls: "auto" })).toContain("use --tls off");
  expect(problemOf({ cluster: "nats://127.0.0.1:4222" })).toContain("leave it out");
});

test("settings that contradict each other are refused", () => {
  const few = { readBurstBytes: 65_536, replayBytes: 0 };
  expect(problemOf({ outboundBytes: 131_072, ...few })).toBe("");
  expect(problemOf({ outboundBytes: 131_071, ...few })).toContain("twice --frame-bytes");
  expect(problemOf({ outboundBytes: 1_048_576 })).toBe("");
  expect(problemOf({ outboundBytes: 1_048_575 })).toContain("twice --read-burst-bytes");
  expect(problemOf({ readBurstBytes: 262_144 })).toBe("");
  expect(problemOf({ readBurstBytes: 262_143 })).toContain("at least --replay-bytes");
  expect(problemOf({ port: 7_000, httpPort: 7_000 })).toContain("--http-port");
  expect(problemOf({ port: 0, httpPort: 0 })).toBe("");
});

test("every setting can be given as a flag, as a variable and in the file, and says what it is", () => {
  expect(settings.length).toBeGreaterThan(25);
  for (const { key, flag, env, description, value, section } of settings) {
    expect(flag).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(env).toBe(`MARU_${flag.replaceAll("-", "_").toUpperCase()}`);
    expect(description.length).toBeGreaterThan(10);
    expect(value).not.toBe("");
    expect(["Serving", "Limits", "Chat", "Storage", "Operating"]).toContain(section);
    expect(problemOf({ [key]: [] })).toStartWith(`--${flag} `);
    expect(problemOf({}, fileOf(`${flag} = []`))).toContain(`${flag}: `);
  }
});

test("a variable that nothing reads is named, but for the client's", () => {
  expect(() => loadConfig({}, undefined, { MARU_PROT: "1" })).toThrow("MARU_PROT");
  const env = { MARU_SERVER: "maru://127.0.0.1", MARU_NICK: "mina", PATH: "/bin" };
  expect(loadConfig({}, undefined, env).port).toBe(7667);
});

describe("a wrong value of any setting", () => {
  const wrong = ["", " ", "-1", "1.5", "x", "1e3", "0x10", "99999999999999999999", "NaN"];
  /** What a person says of schemas is none of theirs. */
  const jargon = /invalid|expected (string|number|one)|too (small|big)|zod|undefined|NaN \(|regex/i;
  const free = new Set<string>(["host", "data", "tls", "cluster"]);

  for (const { key, flag, env } of settings) {
    test(`is told in one line by the name that it was given with: ${flag}`, () => {
      for (const value of free.has(key) ? [""] : wrong) {
        const shown = value === "" ? '""' : value;
        const name = flagName(key);
        const told = [
          problemOf({ [key]: value }),
          problemOf({}, undefined, { [env]: value }),
          problemOf({}, fileOf(`${name} = ${JSON.stringify(value)}`)),
        ];
        expect(told[0]).toStartWith(`--${name} ${shown}: must `);
        expect(told[1]).toStartWith(`${env}=${shown}: must `);
        expect(told[2]).toContain(`: ${name}: must `);
        for (const text of told) {
          expect(text.split("\n")).toHaveLength(1);
          expect(text).not.toMatch(jargon);
        }
      }
      for (const value of ["[1]", "{}", "1979-05-27"]) {
        const text = problemOf({}, fileOf(`${flagName(key)} = ${value}`));
        expect(text).toContain(`: ${flagName(key)}: must `);
        expect(text).not.toMatch(jargon);
      }
    });

    test(`the name nearly right is understood: ${flag}`, () => {
      const slip = (name: string) => name.slice(0, -2) + name.slice(-1);
      const file = problemOf({}, fileOf(`${slip(flagName(key))} = 1`));
      expect(file).toEndWith(`; did you mean ${flagName(key)}?`);
      const variable = problemOf({}, undefined, { [slip(env)]: "1" });
      expect(variable).toEndWith(`; did you mean ${env}?`);
    });
  }
});

test("what is near no name gets no guess", () => {
  expect(problemOf({}, fileOf("colour = 1"))).toEndWith('there is no setting "colour"');
  expect(problemOf({}, undefined, { MARU_SOMETHING_ELSE: "1" })).toEndWith("no such setting");
});
