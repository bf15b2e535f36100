// Colours, or none. The only ANSI sequences that the line view writes are made here.

export interface Paint {
  faint(text: string): string;
  error(text: string): string;
  /** The same nick has the same colour everywhere. */
  nick(nick: string, isOwn: boolean): string;
}

const sgr = (code: string, text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Of the 16 colours those that are readable on dark and on light. */
const nickColours = ["31", "32", "33", "34", "35", "36"];

const coloured: Paint = {
  faint: (text) => sgr("2", text),
  error: (text) => sgr("31", text),
  nick(nick, isOwn) {
    let hash = 0;
    for (const character of nick) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
    return sgr(isOwn ? "1" : (nickColours[hash % nickColours.length] ?? "36"), nick);
  },
};

const plain: Paint = {
  faint: (text) => text,
  error: (text) => text,
  nick: (nick) => nick,
};

export function createPaint(isColoured: boolean): Paint {
  return isColoured ? coloured : plain;
}
