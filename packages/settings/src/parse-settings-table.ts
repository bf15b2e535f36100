// Settings as TOML, read into a table; a mistake is told with its line.

import { ConfigError } from "./config-error.ts";

/** `where` stands before what is wrong. Throws a ConfigError. */
export function parseSettingsTable(text: string, where: string): Record<string, unknown> {
  try {
    return Bun.TOML.parse(text.replace(/^\ufeff/, "")) as Record<string, unknown>;
  } catch (error) {
    const why = (error as Error).message.replace(/^TOML Parse error: /, "");
    throw new ConfigError(`${where}: ${placeOfMistake(text)}not valid TOML: ${why}`);
  }
}

/** Lines up to which a mistake is looked for: each try reads what stands before it. */
const searchedLinesMax = 1_000;

/**
 * "line 7: ", the line where what can't be read begins, as the parser does not tell it: the one
 * behind the longest beginning that can be read.
 */
function placeOfMistake(text: string): string {
  const lines = text.split("\n");
  if (lines.length > searchedLinesMax) return "";
  for (let count = lines.length - 1; count >= 0; count--) {
    if (isToml(lines.slice(0, count).join("\n"))) return `line ${count + 1}: `;
  }
  return "";
}

function isToml(text: string): boolean {
  try {
    Bun.TOML.parse(text);
    return true;
  } catch {
    return false;
  }
}
