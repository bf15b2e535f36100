// The command line of `send`.

import { seconds } from "@maru/command-line";
import type { Command } from "commander";
import { notesHelp } from "./command-notes.ts";
import { exitCodesHelp } from "./exit-codes.ts";
import type { Setup } from "./programs.ts";
import { type SharedFlags, sharedRun, withShared } from "./shared-flags.ts";

interface Flags extends SharedFlags {
  stripAnsi?: true;
  stripCr?: true;
  replace?: true;
  pack?: true;
  patience: number;
}

export function addSend(root: Command, setup: Setup): void {
  const { name, programs, ended } = setup;
  const command = root.command("send");
  withShared(command.argument("[text]", "one message; without it, standard input"))
    .description("Sends TEXT, or each line of standard input. Ends when all is acknowledged.")
    .option("--strip-ansi", "take colours and other terminal sequences away")
    .option("--strip-cr", "take the \\r of each \\r\\n away; otherwise it is an error")
    .option("--replace", "send U+FFFD for what can't be sent: bad UTF-8, control characters")
    .option("--pack", "join lines into as few messages as may be: for whole files")
    .option(
      "--patience <SECONDS>",
      "give up when the server does not answer, or acknowledges nothing, for so long",
      seconds,
      60,
    )
    .addHelpText("after", () => notesHelp("send", name, exitCodesHelp()))
    .action(async (text: string | undefined, flags: Flags) =>
      ended(
        await programs.send({
          ...sharedRun(flags, setup),
          text: text ?? null,
          cleaning: {
            stripAnsi: flags.stripAnsi ?? false,
            stripCr: flags.stripCr ?? false,
            replace: flags.replace ?? false,
          },
          pack: flags.pack ?? false,
          patienceMs: flags.patience * 1000,
        }),
      ),
    );
}
