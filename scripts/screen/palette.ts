// What a terminal's own colours are in a picture: its two grounds and the sixteen, by number. The
// client names colours; a terminal decides what they look like, and these are such decisions.

export interface Palette {
  readonly foreground: string;
  readonly background: string;
  /** 0 to 15: black, red, green, yellow, blue, magenta, cyan, white, and the same bright. */
  readonly colours: readonly string[];
}

export const darkPalette: Palette = {
  foreground: "#d5dae3",
  background: "#171b22",
  colours: [
    ...["#2a303b", "#f0787a", "#8cc57c", "#e0b568", "#76a9f5", "#c99af0", "#5cc0c7", "#c8ced8"],
    ...["#69717f", "#ff9a98", "#a9dd97", "#f2cd85", "#98c1ff", "#dcb7fb", "#83d9de", "#ffffff"],
  ],
};

export const lightPalette: Palette = {
  foreground: "#24292f",
  background: "#fcfcfb",
  colours: [
    ...["#24292f", "#b3261e", "#1d6b35", "#7a5a00", "#1558b0", "#8134a8", "#0a6a78", "#6a727c"],
    ...["#59616b", "#cc3b33", "#2a8446", "#946e00", "#2f6fca", "#9a4cc2", "#12818f", "#8b939d"],
  ],
};

/** "default", the number of a colour, or #rrggbb, as a colour. */
export function colourOf(name: string, ground: string, { colours }: Palette): string {
  if (name === "default") return ground;
  if (name.startsWith("#")) return name;
  return colours[Number(name)] ?? ground;
}

/** `part` of one colour, the rest of the other. */
export function mixed(one: string, other: string, part: number): string {
  const [first, second] = [partsOf(one), partsOf(other)];
  const parts = first.map((value, at) => Math.round(value * part + (second[at] ?? 0) * (1 - part)));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

const partsOf = (hex: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
