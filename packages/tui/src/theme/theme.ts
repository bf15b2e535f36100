// What a theme is to the terminal: a look for every role, and how it becomes OpenTUI's colours.
// Decides no look (the program that uses it does); only says what the terminal at hand can show of it.

import { RGBA, TextAttributes } from "@opentui/core";
import { type Role, roles } from "../frame/frame.ts";
import type { Colour, Style } from "./style-string.ts";

export type Theme = Readonly<Record<Role, Style>>;

/** How many colours the terminal shows: none (NO_COLOR), the palette's 256, or all. */
export type ColourDepth = "none" | "palette" | "true";

export interface Look {
  readonly fg: RGBA;
  readonly bg: RGBA;
  readonly attributes: number;
}

export type Looks = ReadonlyMap<Role, Look>;

export function looksOf(theme: Theme, depth: ColourDepth): Looks {
  return new Map(roles.map((role) => [role, lookOf(theme[role], depth)]));
}

function lookOf(style: Style, depth: ColourDepth): Look {
  let attributes = 0;
  if (style.bold) attributes |= TextAttributes.BOLD;
  if (style.dim) attributes |= TextAttributes.DIM;
  if (style.italic) attributes |= TextAttributes.ITALIC;
  if (style.underline) attributes |= TextAttributes.UNDERLINE;
  if (style.inverse) attributes |= TextAttributes.INVERSE;
  return {
    fg: colour(style.fg, depth, RGBA.defaultForeground),
    bg: colour(style.bg, depth, RGBA.defaultBackground),
    attributes,
  };
}

function colour(given: Colour, depth: ColourDepth, ground: () => RGBA): RGBA {
  if (given === "default" || depth === "none") return ground();
  if (typeof given === "number") return RGBA.fromIndex(given);
  return depth === "true" ? RGBA.fromHex(given) : RGBA.fromIndex(nearestIndex(given));
}

const cubeSteps = [0, 95, 135, 175, 215, 255];

/** The nearest of the 240 colours that no terminal's theme changes: the cube and the greys. */
export function nearestIndex(hex: string): number {
  const value = Number.parseInt(hex.slice(1), 16);
  const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
  const step = (part: number) =>
    cubeSteps.reduce(
      (best, at, index) =>
        Math.abs(at - part) < Math.abs((cubeSteps[best] ?? 0) - part) ? index : best,
      0,
    );
  const [r, g, b] = [step(red), step(green), step(blue)];
  const grey = Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const far = (r1: number, g1: number, b1: number) =>
    (r1 - red) ** 2 + (g1 - green) ** 2 + (b1 - blue) ** 2;
  const inCube = far(cubeSteps[r] ?? 0, cubeSteps[g] ?? 0, cubeSteps[b] ?? 0);
  const level = 8 + grey * 10;
  return far(level, level, level) < inCube ? 232 + grey : 16 + 36 * r + 6 * g + b;
}
