// What is wrong with settings in tables, for the person who wrote them: key first, then the rule.
// Makes lines of the schema's issues; knows the ways in which zod tells them. Pure.

import type * as z from "zod";
import { didYouMean } from "./did-you-mean.ts";

/** Problems that are listed; behind them stands how many more there are. */
const problemsMax = 10;
const valueCharactersMax = 60;

export interface IssueWords {
  /** Stands before each problem. */
  readonly where: string;
  /** What may stand in the table at `path`. */
  keysAt(path: readonly PropertyKey[]): readonly string[];
  /** Behind an unknown key that is near to none. */
  readonly unknownHint: string;
}

/** One line an issue: `where: key: problem`. */
export function issueLines(issues: readonly z.core.$ZodIssue[], words: IssueWords): string[] {
  const { where } = words;
  const lines = issues
    .filter((issue) => !isBesideType(issue, issues))
    .flatMap((issue) => describe(issue, words))
    .map(([path, problem]) =>
      path.length === 0 ? `${where}: ${problem}` : `${where}: ${dotted(path)}: ${problem}`,
    );
  if (lines.length <= problemsMax) return lines;
  return [...lines.slice(0, problemsMax), `… and ${lines.length - problemsMax} more`];
}

type Path = readonly PropertyKey[];

/** Of what is no list at all, it says nothing that it were a long one. */
function isBesideType(issue: z.core.$ZodIssue, all: readonly z.core.$ZodIssue[]): boolean {
  const isType = (other: z.core.$ZodIssue) => other.code === "invalid_type";
  const isHere = ({ path }: z.core.$ZodIssue) =>
    path.length === issue.path.length && path.every((part, at) => part === issue.path[at]);
  return !isType(issue) && all.some((other) => isType(other) && isHere(other));
}

function describe(issue: z.core.$ZodIssue, { keysAt, unknownHint }: IssueWords): [Path, string][] {
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(issue.path);
    return issue.keys.map((key) => [
      [...issue.path, key],
      `there is no such setting${didYouMean(key, known) || unknownHint}`,
    ]);
  }
  if (issue.code === "invalid_key") {
    return [[issue.path, issue.issues[0]?.message ?? issue.message]];
  }
  if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
    const wanted = { object: "a table", record: "a table", array: "a list" };
    const name = wanted[issue.expected as keyof typeof wanted] ?? issue.expected;
    return [[issue.path, `must be ${name}`]];
  }
  return [[issue.path, issue.message]];
}

/** As TOML writes it: what is no bare key stands in quotes. */
function dotted(path: Path): string {
  const parts = path.map((part) => {
    if (typeof part === "number") return `[${part + 1}]`;
    const text = String(part);
    const shown = text.length > valueCharactersMax ? `${text.slice(0, valueCharactersMax)}…` : text;
    return /^[A-Za-z0-9_-]+$/.test(text) ? `.${shown}` : `.${JSON.stringify(shown)}`;
  });
  return parts.join("").replace(/^\./, "");
}
