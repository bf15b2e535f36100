// Every character beyond ASCII that the client itself draws, and what stands for it with --ascii.
// One cell each. Those that Unicode calls "ambiguous" are two cells where a terminal is told to draw
// them wide (an option for old East Asian fonts): `check-symbols` shows it, and --ascii is the way out.

import type { SymbolSpec } from "@maru/tui/text";

const symbol = <const Name extends string>(
  name: Name,
  unicode: string,
  ascii: string,
  about: string,
) => ({ name, unicode, ascii, about });

export const symbols = [
  symbol("horizontal", "─", "-", "lines between parts of the screen"),
  symbol("vertical", "│", "|", "lines between panes"),
  symbol("topLeft", "┌", "+", "a corner of a box"),
  symbol("topRight", "┐", "+", "a corner of a box"),
  symbol("bottomLeft", "└", "+", "a corner of a box"),
  symbol("bottomRight", "┘", "+", "a corner of a box"),
  symbol("ellipsis", "…", "~", "text goes on, but was cut"),
  symbol("ongoing", "…", "...", "something is under way"),
  symbol("dot", "·", ".", "something happened that is no message; between parts of a row"),
  symbol("online", "●", "*", "connected"),
  symbol("connecting", "○", "o", "connecting for the first time"),
  symbol("waiting", "↻", "@", "the connection was lost and is tried again"),
  symbol("closed", "✗", "x", "the connection has ended"),
  symbol("pending", "◌", "~", "said, and not yet taken by the server"),
  symbol("failed", "✗", "!", "said, and refused"),
  symbol("typing", "✎", "*", "somebody is writing"),
  symbol("quiet", "⊘", "z", "do not disturb"),
  symbol("reply", "↳", ">", "what is answered"),
  symbol("mention", "▌", "!", "beside what names oneself"),
  symbol("joined", "→", "->", "somebody came"),
  symbol("left", "←", "<-", "somebody left"),
  symbol("chosen", "▸", ">", "the line that is chosen"),
  symbol("newline", "↵", "/", "a new line, where one row shows several"),
  symbol("up", "↑", "^", "there is more above"),
  symbol("down", "↓", "v", "there is more below"),
] as const satisfies readonly SymbolSpec[];

export type SymbolName = (typeof symbols)[number]["name"];
export type Symbols = Readonly<Record<SymbolName, string>>;

const tableOf = (column: "unicode" | "ascii") =>
  Object.fromEntries(symbols.map((each) => [each.name, each[column]])) as Symbols;

const unicode = tableOf("unicode");
const ascii = tableOf("ascii");

export function symbolsOf(isAscii: boolean): Symbols {
  return isAscii ? ascii : unicode;
}
