// The documents that show the client's screen, and what is on each. Plays the scenes; writes nothing.

import { documentPaths } from "./document-paths.ts";
import { type Caption, drawSvg } from "./draw-svg.ts";
import { playMorning } from "./morning.ts";
import { darkPalette, lightPalette } from "./palette.ts";
import { recordedText } from "./recording.ts";

interface Picture extends Caption {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly theme: string;
}

const wide =
  "Rooms with their unread counts on the left; in the middle a conversation in Korean and English with " +
  "replies, reactions, an edited message, a mention, a line above what is unread and a message that is " +
  "still being sent; the members on the right; below them the status line and the input.";

const pictures: readonly Picture[] = [
  {
    path: documentPaths.dark,
    title: "Maru's terminal client, 120 by 32 cells, on a dark terminal",
    about: wide,
    palette: darkPalette,
    width: 120,
    height: 32,
    theme: "default",
  },
  {
    path: documentPaths.light,
    title: "Maru's terminal client, 120 by 32 cells, on a light terminal",
    about: wide,
    palette: lightPalette,
    width: 120,
    height: 32,
    theme: "default",
  },
  {
    path: documentPaths.narrow,
    title: "Maru's terminal client, 40 by 14 cells, in the theme dusk",
    about:
      "The same conversation on a narrow terminal: without the lists at its sides and without times; " +
      "nicks stand above what they say, and the status line names the rooms with something new.",
    palette: darkPalette,
    width: 40,
    height: 14,
    theme: "dusk",
  },
];

/** All of them, by path below the root; the same each time. */
export async function makeDocuments(): Promise<Record<string, string>> {
  return { ...(await drawnPictures()), [documentPaths.recording]: await recordedText() };
}

async function drawnPictures(): Promise<Record<string, string>> {
  const morning = await playMorning();
  const drawn: Record<string, string> = {};
  try {
    for (const { path, width, height, theme, ...caption } of pictures) {
      await morning.driver.move({ width, height }, theme);
      drawn[path] = drawSvg(await morning.driver.look(), caption);
    }
  } finally {
    await morning.end();
  }
  return drawn;
}
