// The little roff that a man page needs: headings, paragraphs, tagged lists, examples. Pure.
// Everything is ASCII when it leaves here, so that no formatter has to guess an encoding.

/** Text as it is to be shown, with nothing left that roff would read as its own. */
export function escapeRoff(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replaceAll("`", "\\(ga")
    .replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti")
    .replace(/[\u0080-\u{10ffff}]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0;
      return `\\[u${code.toString(16).toUpperCase().padStart(4, "0")}]`;
    });
  // A point or a quote at the beginning would make a request of the line.
  return escaped.replace(/^(?=[.'])/gm, "\\&");
}

export const heading = (title: string): string => `.SH ${quotedArgument(title.toUpperCase())}`;
export const subheading = (title: string): string => `.SS ${quotedArgument(title)}`;
export const paragraph = (text: string): string => `.PP\n${withCode(text)}`;

/** A term, and behind it what it means. */
export function tagged(term: string, text: string): string {
  return `.TP\n.B ${escapeRoff(term)}\n${withCode(text)}`;
}

/** Lines as they stand. */
export function verbatim(lines: readonly string[]): string {
  return [".PP", ".nf", ".RS 4", ...lines.map(escapeRoff), ".RE", ".fi"].join("\n");
}

const quotedArgument = (text: string): string => `"${escapeRoff(text).replaceAll('"', '""')}"`;

/** `words` between backticks in bold. */
function withCode(text: string): string {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return escapeRoff(text);
  const line = parts.map((part, index) => (index % 2 === 0 ? part : `\0${part}\u0001`)).join("");
  return escapeRoff(line).replaceAll("\0", "\\fB").replaceAll("\u0001", "\\fR");
}
