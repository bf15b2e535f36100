// The client's settings as rows and tables: the default file, the man page and the reference are made
// of them, and so is what is said about a wrong one.

import { listTables } from "@maru/settings";
import { type IssueWords, issueLines } from "@maru/settings/load";
import type * as z from "zod";
import { ClientConfig } from "./client-config.ts";

const { tables, rows, keysAt } = listTables(ClientConfig);

export const settingTables = tables;

/** Every setting but the roles of a theme and the chords of keys, which have tables of their own. */
export const settingRows = rows;

const words: Omit<IssueWords, "where"> = {
  keysAt,
  unknownHint: "; `config` prints those that there are",
};

/** One line an issue: `where: key: problem`. */
export function configProblems(issues: readonly z.core.$ZodIssue[], where: string): string[] {
  return issueLines(issues, { ...words, where });
}
