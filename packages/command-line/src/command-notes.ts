// What help says of a command below its flags: notes, examples, and lists such as the exit codes. A man
// page and a reference are made of the same. Pure.

export interface CommandNotes {
  readonly notes: readonly string[];
  /** What follows the program's name, or with a pipe, %s where the name stands. */
  readonly examples: readonly string[];
}

const helpColumns = 80;

/** Notes and examples, and `more` behind them, as help's last part. */
export function notesHelp(
  { notes, examples }: CommandNotes,
  name: string,
  ...more: readonly string[]
): string {
  const shown = examples.map((example) => `  ${example.replaceAll("%s", name)}`);
  const parts = [...notes.map(wrapped), ["Examples:", ...shown].join("\n"), ...more];
  return `\n${parts.join("\n\n")}`;
}

/** Lines of a name and what it means, under a title; the names' column is at least `width` wide. */
export function listHelp(
  title: string,
  rows: readonly { readonly name: string; readonly about: string }[],
  width = 0,
): string {
  const columns = Math.max(width, ...rows.map(({ name }) => name.length));
  const lines = rows.map(({ name, about }) => `  ${name.padEnd(columns)}  ${about}`);
  return [title, ...lines].join("\n");
}

function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trimStart();
    if (line.length > helpColumns) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join("\n");
}
