// The administrator's command: looks after the data of a server. Exit codes: 0 all is well, 1 it is
// not, 2 wrong usage, 7 what was to be printed could not be written.

import { checkData } from "@maru/chat/log-sqlite";
import { createProgram } from "@maru/command-line";
import { print } from "@maru/core";
import manifest from "../package.json" with { type: "json" };
import { ServerConfig } from "./config/server-config.ts";

const admin = createProgram("bun run admin", print)
  .description("Looks after the data of a server.")
  .version(manifest.version)
  .showHelpAfterError("(--help lists the commands)");

admin
  .command("check")
  .description("Reads all of a server's data, and says whether it is whole. Changes nothing.")
  .allowExcessArguments(false)
  .option("--data <DIR>", "directory of the room log", ServerConfig.shape.data.parse(undefined))
  .action(({ data }: { data: string }) => {
    const checked = checkData(data);
    if (!checked.ok) {
      process.stderr.write(`${checked.path}: ${checked.problem}\n`);
      process.exit(1);
    }
    const { path, schema, rooms, entries } = checked;
    print(`${path}: whole (${entries} entries, ${rooms} rooms, schema ${schema})\n`);
  });

admin.parse(process.argv.slice(2), { from: "user" });
