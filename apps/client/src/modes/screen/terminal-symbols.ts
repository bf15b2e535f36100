// Whether the terminal is asked what it counts otherwise than we do, what of it is known from earlier,
// and where its answer goes: settings, environment and the file put together.

import { join } from "node:path";
import { realDisk, TerminalsFile } from "@maru/tui/files";
import type { TerminalSymbols } from "@maru/tui/terminal";
import { symbolClasses } from "@maru/tui/text";
import type { ClientConfig } from "../../settings/client-config.ts";
import type { Environment } from "../../settings/load-config.ts";

type Place = Pick<Environment, "stateHome" | "inherited">;

/** What tells one terminal from another: a name that a person knows it by. */
export function terminalName({ inherited }: Pick<Environment, "inherited">): string {
  const { TERM, TERM_PROGRAM, TERM_PROGRAM_VERSION, TMUX, STY } = inherited;
  const program = [TERM_PROGRAM, TERM_PROGRAM_VERSION].filter(Boolean).join(" ");
  const within = TMUX ? "in tmux" : STY ? "in GNU screen" : "";
  return [program, TERM, within].filter(Boolean).join(", ");
}

/** What the terminal answered an earlier time; null: nothing; undefined: it was not asked yet. */
export function rememberedSymbols(place: Place): readonly string[] | null | undefined {
  return fileOf(place)?.read().get(terminalName(place));
}

export function terminalSymbols(setting: ClientConfig["symbols"], place: Place): TerminalSymbols {
  const heard = (names: readonly string[] | null) =>
    fileOf(place)?.remember(terminalName(place), names);
  if (setting !== "auto") {
    const known = setting === "plain" ? symbolClasses.map(({ name }) => name) : [];
    return { known, isAsked: false, heard };
  }
  const remembered = rememberedSymbols(place);
  // A terminal that does not answer is not asked again.
  return { known: remembered ?? [], isAsked: remembered !== null, heard };
}

function fileOf({ stateHome }: Place): TerminalsFile | null {
  if (stateHome === null) return null;
  return new TerminalsFile(realDisk, join(stateHome, "maru", "terminals.json"));
}
