// The rules of style that a machine can check: name, reason, judgement, and an offending sample each.
// A judgement tells what is wrong in one file, or null. Adding a rule is adding a row.

import { longFunctions } from "./function-length.ts";
import { isTest, type SourceFile } from "./source-files.ts";

export interface TidyRule {
  readonly name: string;
  readonly why: string;
  readonly judge: (file: SourceFile) => string | null;
  /** A file that breaks this rule. */
  readonly sample: SourceFile;
}

export const sourceLinesMax = 300;
export const testLinesMax = 500;
export const functionLinesMax = 70;

const sample = (text: string, path = "packages/core/src/sample.ts"): SourceFile => ({ path, text });
const testSample = (text: string) => sample(text, "packages/core/src/sample.test.ts");

/** A rule against text that must not stand in the code; comments may talk about it. */
function banned(
  name: string,
  why: string,
  pattern: RegExp,
  offence: SourceFile,
  applies: (path: string) => boolean = () => true,
): TidyRule {
  const judge = ({ path, text }: SourceFile) => {
    if (!applies(path)) return null;
    const index = text.split("\n").findIndex((line) => pattern.test(withoutComment(line)));
    return index < 0 ? null : `line ${index + 1}`;
  };
  return { name, why, judge, sample: offence };
}

function withoutComment(line: string): string {
  return /^\s*(\/\/|\/\*|\*)/.test(line) ? "" : line.replace(/\s\/\/ .*$/, "");
}

const baseName = (path: string): string => path.split("/").at(-1) ?? path;
const lineCount = (text: string): number => text.trimEnd().split("\n").length;

export const tidyRules: readonly TidyRule[] = [
  {
    name: "files are short",
    why: `one idea a file: at most ${sourceLinesMax} lines, ${testLinesMax} in a test`,
    judge({ path, text }) {
      const lines = lineCount(text);
      return lines > (isTest(path) ? testLinesMax : sourceLinesMax) ? `${lines} lines` : null;
    },
    sample: sample("let a = 1;\n".repeat(sourceLinesMax + 1)),
  },
  {
    name: "functions are short",
    why: `a function is read at one glance: at most ${functionLinesMax} lines`,
    judge({ path, text }) {
      if (isTest(path)) return null;
      const [first] = longFunctions(text, functionLinesMax);
      return first === undefined ? null : `line ${first.line}: ${first.lines} lines`;
    },
    sample: sample(`// A.\nfunction long() {\n${"  a();\n".repeat(functionLinesMax)}}\n`),
  },
  {
    name: "file names are kebab-case",
    why: "one style of names, the same on file systems that ignore case",
    judge: ({ path }) =>
      /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(baseName(path)) ? null : baseName(path),
    sample: sample("// A.\n", "packages/core/src/frameDecoder.ts"),
  },
  {
    name: "a file is named for what it exports",
    why: "a drawer for everything grows for ever",
    judge: ({ path }) =>
      /^(utils?|helpers?|types|common|misc|shared)(\.test)?\.ts$/.test(baseName(path))
        ? baseName(path)
        : null,
    sample: sample("// A.\n", "packages/core/src/utils.ts"),
  },
  {
    name: "a source file begins with its header",
    why: "two to five lines: what it owns, what it never does, what feeds it",
    judge: ({ path, text }) =>
      isTest(path) || /^(#!.*\n)?(\/\/ \S|\/\*\*)/.test(text)
        ? null
        : "the first line is no comment",
    sample: sample('import { a } from "./a.ts";\n'),
  },
  banned(
    "the environment is read in one place",
    "configuration is parsed once, in load-config.ts; a child may inherit it: `...process.env`",
    /(?<!\.\.\.)\bprocess\.env\b|\bBun\.env\b|\bimport\.meta\.env\b/,
    sample("const port = process.env.PORT;\n"),
    (path) => !isTest(path) && baseName(path) !== "load-config.ts",
  ),
  banned(
    "nothing writes to the console",
    "logs go through the Log port, output through its stream",
    /\bconsole\.\w/,
    sample('console.log("hello");\n'),
  ),
  banned(
    "no any",
    "unknown and a check say the same and are safe",
    /(:|\bas|<|\|)\s*any\b(?!\s*:)|\bany\[\]/,
    sample("const value: any = 1;\n"),
  ),
  {
    name: "no type error is silenced",
    why: "@ts-expect-error fails when it is no longer needed; the others hide what comes later",
    judge: ({ text }) => (/@ts-(ignore|nocheck)/.test(text) ? "a directive" : null),
    sample: sample("// A.\n// @ts-ignore\nconst a: string = 1;\n"),
  },
  {
    name: "what is left to do has an issue",
    why: "a note without an issue is never read",
    judge: ({ text }) => /\b(TODO|FIXME|XXX)\b(?!\(#\d+\))/.exec(text)?.[0] ?? null,
    sample: sample("// A.\n// TODO: write this\n"),
  },
  banned(
    "no test is skipped or runs alone",
    "it would hide failures; a condition (`skipIf`) names its reason",
    /\b(test|describe|it)\.(skip|only|todo)\(/,
    testSample('test.skip("later", () => {});\n'),
    isTest,
  ),
  banned(
    "no test sleeps",
    "await an event or use the virtual clock: a sleep is slow and still flaky",
    /\bBun\.sleep(Sync)?\(|setTimeout\(\s*(resolve|done|r)\b|timers\/promises/,
    testSample("await Bun.sleep(100);\n"),
    isTest,
  ),
  {
    name: "a test of processes says how long it may take",
    why: "the runner's own 5 s end it on a machine under load, and every process of its file with it",
    judge({ path, text }) {
      if (!path.endsWith(".test.ts") || /\bsetDefaultTimeout\(processTestMs\)/.test(text))
        return null;
      return (
        /\brunServerProcess\b|\/(running-server|processes|screen-client|pty)\.ts"/.exec(
          text,
        )?.[0] ?? null
      );
    },
    sample: testSample('import { start } from "./running-server.ts";\n'),
  },
  banned(
    "timers are made in one place",
    "startTimer and startInterval of @maru/protocol bound the delay: a runtime's own fires at once when it is too long",
    /\b(setTimeout|setInterval)\(|\bAbortSignal\.timeout\(/,
    sample("setTimeout(run, delayMs);\n"),
    (path) =>
      /^(packages\/(?!testkit\/)|apps\/|examples\/)/.test(path) &&
      !/(^|\/)test\//.test(path) &&
      !isTest(path) &&
      path !== "packages/protocol/src/time/timer.ts",
  ),
  banned(
    "no path of one machine",
    "the project runs wherever it is cloned",
    /(^|["'`\s=(])(\/(home|Users|root|work|mnt)\/|[A-Z]:\\\\)/,
    sample('const data = "/home/somebody/data";\n'),
  ),
];

/** Files of the installation, which must not name where packages come from. */
export const installFiles: TidyRule = {
  name: "no host in what is installed",
  why: "the registry is each machine's own setting",
  judge: ({ text }) => /https?:\/\/[^\s"']+/.exec(text)?.[0] ?? null,
  sample: sample('"zod": ["zod@4.6.7", "https://registry.example/zod.tgz"]\n', "bun.lock"),
};
