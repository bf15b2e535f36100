// docs/configuration.md: every setting of the server, out of the one schema that the server itself
// reads its command line, environment and file with.

import { settings } from "@maru/server/settings";
import { bySection, type Setting } from "@maru/settings";
import { code, codeBlock, generatedNote, page, table } from "./markdown.ts";

const introduction = `
# Configuration of the server

A setting can stand in the file that \`--config FILE\` names, in the environment, and on the command
line; the later of these wins over the earlier, and the default is what holds without any. The file
is TOML, with the flag's name as the key. What is unknown or out of bounds stops the start and is
named, with where it came from.`;

export function renderConfigurationPage(): string {
  return page([
    generatedNote,
    introduction,
    codeBlock("toml", exampleFile()),
    ...bySection(settings).flatMap(({ section, settings: list }) => [
      `## ${section}`,
      settingTable(list),
    ]),
  ]);
}

function settingTable(list: readonly Setting[]): string {
  const rows = list.map(({ flag, env, value, default: standard, description }) => [
    code(`--${flag} ${value}`),
    code(env),
    standard === undefined ? "" : code(standard),
    description,
  ]);
  return table(["flag", "variable", "default", "meaning"], rows);
}

function exampleFile(): string {
  const lines = ["port", "max-connections"].map((flag) => {
    const setting = settings.find((candidate) => candidate.flag === flag);
    const value = setting?.default ?? "";
    return `${flag} = ${/^\d+$/.test(value) ? value : JSON.stringify(value)}`;
  });
  return lines.join("\n");
}
