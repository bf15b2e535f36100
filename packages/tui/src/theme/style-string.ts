// How a theme writes a look: "bold #rrggbb on #rrggbb", "bright-red underline", "default".
// Reads it into plain data; terminal/ makes colours of that. Pure.

/** The terminal's own, one of its sixteen, or a true colour in small letters. */
export type Colour = "default" | number | `#${string}`;

export interface Style {
  readonly fg: Colour;
  readonly bg: Colour;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly inverse: boolean;
}

/** What a string says of a look; a colour that it does not name is null. */
export interface StyleWords extends Omit<Style, "fg" | "bg"> {
  readonly fg: Colour | null;
  readonly bg: Colour | null;
}

export type ParsedStyle =
  | { readonly ok: true; readonly style: StyleWords }
  | { readonly ok: false; readonly problem: string };

/** By palette index. */
export const colourNames = [
  ...["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"],
  ...["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"].map(
    (name) => `bright-${name}`,
  ),
];

export const attributes = ["bold", "dim", "italic", "underline", "inverse"] as const;
type Attribute = (typeof attributes)[number];

/** Longer than any style that says each thing once. */
const styleCharactersMax = 100;

const plain: StyleWords = {
  fg: null,
  bg: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

const isAttribute = (word: string): word is Attribute =>
  (attributes as readonly string[]).includes(word);

/** Reads a style; the problem tells which word is wrong. "" is the plain look. */
export function parseStyle(text: string): ParsedStyle {
  if (text.length > styleCharactersMax) return wrong("it is too long for a style");
  const words = text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  let style = plain;
  let isBackground = false;
  for (const word of words) {
    if (word === "on") {
      if (isBackground) return wrong('"on" stands twice or without a colour behind it');
      isBackground = true;
      continue;
    }
    if (isAttribute(word)) {
      if (isBackground) return wrong(`"on" is followed by "${word}", which is no colour`);
      if (style[word]) return wrong(`"${word}" stands twice`);
      style = { ...style, [word]: true };
      continue;
    }
    const colour = colourOf(word);
    if (colour === null) return wrong(unknownWord(word));
    const place = isBackground ? "bg" : "fg";
    if (style[place] !== null) return wrong(`"${word}" is one colour too many`);
    style = { ...style, [place]: colour };
    isBackground = false;
  }
  if (isBackground) return wrong('"on" needs a colour behind it');
  return { ok: true, style };
}

function colourOf(word: string): Colour | null {
  if (word === "default") return "default";
  if (/^#[0-9a-f]{6}$/.test(word)) return word as Colour;
  const name = word.replace(/^(gr[ae]y|bright-gr[ae]y)$/, "bright-black");
  const index = colourNames.indexOf(name);
  if (index >= 0) return index;
  return /^(\d|1[0-5])$/.test(word) ? Number(word) : null;
}

const wrong = (problem: string): ParsedStyle => ({ ok: false, problem });

function unknownWord(word: string): string {
  const shown = JSON.stringify(word.slice(0, 30));
  if (word.startsWith("#")) return `${shown} is no colour; write six digits: #rrggbb`;
  return (
    `${shown} is neither a colour (default, red, bright-red …, 0-15, #rrggbb) ` +
    `nor one of ${attributes.join(", ")}`
  );
}
