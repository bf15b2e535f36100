// A commented file of settings: every one with its meaning and default. As it stands it changes
// nothing: "#" without a space stands before what is to be changed.

import type { SettingRow, SettingTables } from "./setting-tables.ts";

export interface DefaultFile {
  /** Its first lines, each with its `#`. */
  readonly introduction: readonly string[];
  readonly settings: Pick<SettingTables, "tables" | "rows">;
  /** By path (`profile.NAME.nick`): what may stand where a setting has no default. */
  readonly examples: Readonly<Record<string, string>>;
  /** By table: lines behind its settings. */
  readonly more: Readonly<Record<string, readonly string[]>>;
}

const commentWidth = 98;

export function defaultFile(file: DefaultFile): string {
  const { tables } = file.settings;
  const blocks = tables.map(({ name, about }) => tableLines(name, about, file));
  return `${[file.introduction.join("\n"), ...blocks].join("\n\n")}\n`;
}

function tableLines(
  name: string,
  about: string,
  { settings, examples, more }: DefaultFile,
): string {
  const rows = settings.rows
    .filter(({ table }) => table === name)
    .map((row) => settingLines(row, examples));
  const lines = [...rows, ...(more[name] ?? [])];
  const isExample = name.endsWith(".NAME");
  const header = `${isExample ? "#" : ""}[${name.replace("NAME", "mine")}]`;
  return name === "" ? lines.join("\n\n") : [...comment(about), header, ...lines].join("\n");
}

function settingLines(row: SettingRow, examples: DefaultFile["examples"]): string {
  const { table, key, values, about } = row;
  const path = table === "" ? key : `${table}.${key}`;
  const value = row.default ?? examples[path] ?? '""';
  const choice = / or |\d to \d/.test(values) && !values.startsWith("true") ? ` (${values})` : "";
  return [...comment(`${about}${choice}`), `#${key} = ${value}`].join("\n");
}

/** Wrapped at `commentWidth` columns. */
function comment(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= commentWidth) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
