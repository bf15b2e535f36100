// Where web addresses stand in a text, and the addresses they lead to, safe to hand to a terminal.
// For sanitised text only; in time linear in the text. Opens nothing, fetches nothing.

export interface Link {
  /** UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** ASCII without control characters or spaces. */
  readonly address: string;
}

/** Characters of an address; a longer one is shown as text. */
export const addressMax = 2048;
/** Addresses of one text that are links. */
export const linksMax = 64;

/** Ends at spaces, quotes, what can't be seen, what sanitising put in, and the marks of CJK texts. */
const written =
  /(?<![a-z0-9])https?:\/\/[^\s\p{C}\ufffd\u2400-\u2421<>"`、。，！？（）「」『』【】《》]+/giu;
const safe = /^https?:\/\/[\x21-\x7e]+$/;
/** Ends a sentence rather than an address. */
const punctuation = ".,;:!?'*_~";
const openers: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

export function linksOf(text: string): Link[] {
  if (!/https?:/i.test(text)) return [];
  const links: Link[] = [];
  for (const { 0: found, index } of text.matchAll(written)) {
    const end = endOf(found);
    const address = addressOf(found.slice(0, end));
    if (address !== null) links.push({ start: index, end: index + end, address });
    if (links.length >= linksMax) break;
  }
  return links;
}

/** What a terminal may be given; null: it is none. */
function addressOf(text: string): string | null {
  if (text.length > addressMax || !URL.canParse(text)) return null;
  const { href } = new URL(text);
  return href.length <= addressMax && safe.test(href) ? href : null;
}

/** Where an address ends when the punctuation around it is left out. */
function endOf(found: string): number {
  const open: Record<string, number> = { "(": 0, "[": 0, "{": 0 };
  for (const letter of found) {
    const opener = openers[letter];
    if (opener !== undefined) open[opener] = (open[opener] ?? 0) - 1;
    else if (letter in open) open[letter] = (open[letter] ?? 0) + 1;
  }
  let end = found.length;
  for (; end > 0; end -= 1) {
    const last = found[end - 1] ?? "";
    const opener = openers[last];
    if (opener !== undefined && (open[opener] ?? 0) < 0) open[opener] = (open[opener] ?? 0) + 1;
    else if (!punctuation.includes(last)) break;
  }
  return end;
}
