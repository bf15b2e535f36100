// Options as each task declares them, from the words of a command line.

import { describe, expect, test } from "bun:test";
import { readValues, runCommandLine, type Task } from "./command-line.ts";
import { listOf, names, type Option, readWhole, real, toggle, whole } from "./options.ts";

const target: Option<string> = { about: "", read: (given) => given ?? "none" };
const options = {
  target,
  rounds: whole("", 3, { min: 1, quick: 1 }),
  warmupSeconds: real("", 0.4, { flag: "warmup" }),
  textBytes: listOf("", "64,128", (text, name) => readWhole(text, name)),
  peers: names("", "", { quick: "a" }),
  quick: toggle(""),
};
const task: Task<typeof options> = {
  name: "some",
  about: "",
  answers: "",
  options,
  argument: { key: "target", about: "" },
  run: async ({ rounds }) => rounds,
};

describe("a task's values", () => {
  test("are its defaults, and others in a quick run", () => {
    const usual = {
      target: "none",
      rounds: 3,
      warmupSeconds: 0.4,
      textBytes: [64, 128],
      peers: [],
    };
    expect(readValues(task, [])).toEqual({ ...usual, quick: false });
    expect(readValues(task, ["--quick"])).toEqual({
      ...usual,
      rounds: 1,
      peers: ["a"],
      quick: true,
    });
  });

  test("are what was typed, in a quick run too", () => {
    const words = ["it", "--quick", "--rounds", "7", "--warmup", "0", "--text-bytes", "9"];
    expect(readValues(task, words)).toMatchObject({
      target: "it",
      rounds: 7,
      warmupSeconds: 0,
      textBytes: [9],
    });
  });

  test.each([
    ["--rounds", "0", "--rounds must be a number ≥ 1"],
    ["--rounds", "1.5", "--rounds must be whole"],
    ["--warmup", "soon", '--warmup must be a number ≥ 0, not "soon"'],
    ["--text-bytes", "1,x", "--text-bytes must be a number"],
    ["--nothing", "1", "unknown option"],
  ])("%s %s is refused", (flag, value, why) => {
    expect(() => readValues(task, [flag, value])).toThrow(why);
  });
});

test("words without a name are the fallback's", async () => {
  expect(await runCommandLine([task], "some", ["--rounds", "5"])).toBe(5);
  expect(await runCommandLine([task], "some", [])).toBe(3);
  expect(await runCommandLine([task], "some", ["some", "it"])).toBe(3);
});
