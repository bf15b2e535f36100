// Colours for lines, or none. The only ANSI sequences among a program's lines are made here.

export interface Paint {
  faint(text: string): string;
  error(text: string): string;
  /** The name of a person: the same one has the same colour everywhere. */
  name(name: string, isOwn: boolean): string;
}

const sgr = (code: string, text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Of the 16 colours those that are readable on dark and on light. */
const nameColours = ["31", "32", "33", "34", "35", "36"];

const coloured: Paint = {
  faint: (text) => sgr("2", text),
  error: (text) => sgr("31", text),
  name(name, isOwn) {
    let hash = 0;
    for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
    return sgr(isOwn ? "1" : (nameColours[hash % nameColours.length] ?? "36"), name);
  },
};

const plain: Paint = {
  faint: (text) => text,
  error: (text) => text,
  name: (name) => name,
};

export function createPaint(isColoured: boolean): Paint {
  return isColoured ? coloured : plain;
}
