// The commented file of settings that `config` prints: every setting with its meaning and default.
// As it stands it changes nothing: "#" without a space stands before what is to be changed.

import { type SettingRow, tomlKey } from "@maru/settings";
import { roles } from "@maru/tui/frame";
import { builtInThemes, roleNotes } from "@maru/tui/theme";
import { actionGroups, actions } from "../screen/keys/actions.ts";
import { settingRows, settingTables } from "./setting-list.ts";

/** Where a setting has no default, what may stand there. */
const examples: Readonly<Record<string, string>> = {
  nick: '"ann"',
  "profile.NAME.server": '"maru://chat.example"',
  "profile.NAME.nick": '"ann"',
  "profile.NAME.rooms": '["ops", "lobby"]',
};

const commentWidth = 98;

export function defaultConfigFile(): string {
  const blocks = settingTables.map(({ name, about }) => tableOf(name, about));
  return `${[introduction, ...blocks].join("\n\n")}\n`;
}

const introduction = [
  "# Settings of Maru's terminal client. A line that begins with # is a comment: take the # away and",
  "# change the value. What is written here wins over the defaults, and is overruled by --profile,",
  "# the environment and the command line, in this order.",
].join("\n");

function tableOf(name: string, about: string): string {
  if (name === "keys") return keyTable(about);
  const rows = settingRows.filter(({ table }) => table === name).map(settingLines);
  const lines = name === "themes.NAME" ? [...rows, themeLines()] : rows;
  const isExample = name.endsWith(".NAME");
  const header = `${isExample ? "#" : ""}[${name.replace("NAME", "mine")}]`;
  return name === "" ? lines.join("\n\n") : [...comment(about), header, ...lines].join("\n");
}

function settingLines(row: SettingRow): string {
  const { table, key, values, about } = row;
  const path = table === "" ? key : `${table}.${key}`;
  const value = row.default ?? examples[path] ?? '""';
  const choice = / or |\d to \d/.test(values) && !values.startsWith("true") ? ` (${values})` : "";
  return [...comment(`${about}${choice}`), `#${key} = ${value}`].join("\n");
}

function keyTable(about: string): string {
  const groups = actionGroups.map((group) => {
    const lines = actions
      .filter((action) => action.group === group)
      .flatMap(({ name, chords }) => chords.map((chord) => `#${tomlKey(chord)} = "${name}"`));
    return [`# ${group}`, ...lines].join("\n");
  });
  return [...comment(about), "[keys]", ...groups].join("\n");
}

/** The looks of the default theme, so that a theme of one's own begins with something. */
function themeLines(): string {
  const { looks } = builtInThemes.default;
  return roles.map((role) => `#${role} = "${looks[role]}" # ${roleNotes[role]}`).join("\n");
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
