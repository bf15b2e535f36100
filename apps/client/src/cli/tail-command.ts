// The command line of `tail`.

import { count, wholeNumber } from "@maru/command-line";
import type { Command } from "commander";
import { notesHelp } from "./command-notes.ts";
import { exitCodesHelp } from "./exit-codes.ts";
import type { Setup } from "./programs.ts";
import { type SharedFlags, sharedRun, withShared } from "./shared-flags.ts";

interface Flags extends SharedFlags {
  json?: true;
  verbose?: true;
  quiet?: true;
  count?: number;
  since?: number;
  keepPlace?: string;
}

export function addTail(root: Command, setup: Setup): void {
  const { name, programs, ended } = setup;
  withShared(root.command("tail"))
    .description("Prints what is said in a room: the text alone, a line a message.")
    .option(
      "--json",
      "one JSON object an entry: type, room, seq, at, time, from, and text or what was done",
    )
    .option("-v, --verbose", "with time and nick")
    .option("-n, --count <COUNT>", "end after COUNT messages", count)
    .option("--since <SEQ>", "begin behind this seq; 0: with the room's first message", wholeNumber)
    .option("--keep-place <FILE>", "keep in FILE what was printed, and go on from there")
    .option("-q, --quiet", "say nothing on standard error but errors")
    .addHelpText("after", () => notesHelp("tail", name, exitCodesHelp()))
    .action(async (flags: Flags) =>
      ended(
        await programs.tail({
          ...sharedRun(flags, setup, flags.quiet),
          format: flags.json ? "json" : flags.verbose ? "verbose" : "text",
          count: flags.count ?? null,
          since: flags.since ?? null,
          keepPlace: flags.keepPlace ?? null,
          quiet: flags.quiet ?? false,
        }),
      ),
    );
}
