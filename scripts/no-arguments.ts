// What the root scripts do with arguments: they tell what they are for, or what is wrong, and do nothing.

import { print } from "@maru/core";

export function isHelpAsked(args: readonly string[]): boolean {
  return args.includes("--help") || args.includes("-h");
}

export function showHelp(usage: string): never {
  print(`${usage}\n`);
  process.exit(0);
}

/** For a script that takes none: ends the process where there are any. */
export function readNoArguments(usage: string): void {
  const args = process.argv.slice(2);
  if (isHelpAsked(args)) showHelp(usage);
  if (args.length === 0) return;
  process.stderr.write(`it takes no arguments, and got ${args.join(" ")}\n${usage}\n`);
  process.exit(2);
}
