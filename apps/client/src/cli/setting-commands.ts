// The command line of what tells about settings: `config`, `keys`, `check-symbols`. They connect to
// nothing, write on standard output alone, and change no file.

import { UsageError } from "@maru/command-line";
import { type SymbolTableWords, symbolTable } from "@maru/tui/text";
import type { Command } from "commander";
import { symbols } from "../layout/symbols.ts";
import { rememberedSymbols, terminalName } from "../modes/screen/terminal-symbols.ts";
import { bindingsOf } from "../screen/keys/bindings.ts";
import { keyHelp } from "../screen/keys/key-help.ts";
import { configPlace, findConfigFile, readConfigFile } from "../settings/config-file.ts";
import { defaultConfigFile } from "../settings/default-file.ts";
import { loadConfig } from "../settings/load-config.ts";
import { notesHelp } from "./command-notes.ts";
import type { Setup } from "./programs.ts";

const symbolWords: SymbolTableWords = {
  asciiFlag: "--ascii",
  alike: "it counts every letter that was tried as the client does.",
  notAsked: "not asked yet; the chat asks it when it starts.",
  silent: 'it does not tell what it counts; if bits are left behind, set symbols = "plain".',
};

interface ConfigCommandFlags {
  path?: true;
  check?: true;
  config?: string;
}

export function addSettingCommands(root: Command, setup: Setup): void {
  const { name, texts } = setup;
  root
    .command("config")
    .description("Prints a commented file of settings, with every default.")
    .option("--path", "print where the settings are looked for")
    .option("--check", "read them, and tell what is wrong")
    .option("--config <FILE>", "the file of settings")
    .addHelpText("after", () => notesHelp("config", name))
    .action((flags: ConfigCommandFlags) => texts.out(configText(flags, setup)));
  root
    .command("keys")
    .description("Prints the keys in force, and the names of all actions.")
    .option("--config <FILE>", "the file of settings")
    .option("--ascii", "names instead of arrows")
    .addHelpText("after", () => notesHelp("keys", name))
    .action(({ config: file, ascii }: { config?: string; ascii?: true }) => {
      const config = loadConfig(setup.environment, { config: file, ascii });
      const { bindings } = bindingsOf(config.keys, config.enter);
      texts.out(keyText(keyHelp(bindings, config.ascii)));
    });
  root
    .command("check-symbols")
    .description("Prints the symbols that are drawn, to see whether the terminal has them.")
    .addHelpText("after", () => notesHelp("check-symbols", name))
    .action(() => {
      const { environment } = setup;
      const found = { name: terminalName(environment), otherwise: rememberedSymbols(environment) };
      texts.out(symbolTable(symbols, found, symbolWords));
    });
}

function configText({ path, check, config }: ConfigCommandFlags, { environment }: Setup): string {
  if (path && check) throw new UsageError("--path or --check, not both");
  if (!path && !check) return defaultConfigFile();
  const place = configPlace(environment, config);
  if (place === null)
    throw new UsageError("there is no home to look in; set HOME or --config FILE");
  if (path) return `${place.path}\n`;
  const file = findConfigFile(environment, config);
  if (file === null) return `${place.path}: there is no such file; the defaults hold\n`;
  readConfigFile(file);
  return `${place.path}: ok\n`;
}

function keyText(groups: ReturnType<typeof keyHelp>): string {
  const rows = groups.flatMap((group) => group.rows);
  const actionWidth = Math.max(...rows.map(({ action }) => action.length));
  const keyWidth = Math.max(...rows.map(({ keys }) => keys.length));
  return groups
    .map(({ group, rows: inGroup }) => {
      const lines = inGroup.map(
        ({ action, keys, about }) =>
          `  ${keys.padEnd(keyWidth)}  ${action.padEnd(actionWidth)}  ${about}`,
      );
      return `${[group, ...lines].join("\n")}\n`;
    })
    .join("\n");
}
