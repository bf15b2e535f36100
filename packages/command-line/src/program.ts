// How a program with a command line ends: after help, after a mistake, or by going on.

import { Command, type CommanderError } from "commander";

/** Wrong usage, or wrong settings. */
export const usageCode = 2;

/** 0 where help or the version was asked for, else that of wrong usage. */
export const exitCodeOf = (error: CommanderError): number => (error.exitCode === 0 ? 0 : usageCode);

/**
 * A command line, called `name` in its help, that ends the process after help, the version and
 * mistakes; the commands below it do the same. `print` writes on standard output, all of it before
 * it returns.
 */
export function createProgram(name: string, print: (text: string) => void): Command {
  return new Command(name)
    .configureOutput({ writeOut: print })
    .exitOverride((error) => process.exit(exitCodeOf(error)));
}

/** What commander could not see: the command line asks for something that can't be; the message is for the person who typed it. */
export class UsageError extends Error {}
