// A short recording of the client as text: what is pressed, and the screen after it. Goes on where
// morning.ts ends, on a smaller terminal.

import { cutToWidth, padToWidth } from "@maru/tui/text";
import { lateText, playMorning } from "./morning.ts";
import type { ScreenDriver } from "./screen-driver.ts";

const size = { width: 76, height: 16 };

const introduction = `A short recording of Maru's client, ${size.width} columns wide: real screens of the real program, each
after the keys that are named above it. "▏" is the caret. docs/client.md explains the rest.
(Hangul and emoji take two columns: a viewer without a fixed font for them moves the lines.)`;

interface Step {
  readonly caption: string;
  /** What is pressed; resolves when the answer is on the screen. */
  readonly play: (driver: ScreenDriver) => Promise<void> | void;
}

const steps: readonly Step[] = [
  {
    caption:
      "Mina comes back to her terminal. What is new stands below the line, and @ marks what names her:\nhere, and in two other rooms. She has begun to type.",
    play: async (driver) => {
      driver.line.letGo();
      await driver.allSaid(lateText);
    },
  },
  {
    caption: "Enter sends it. The line goes: all of this has been read.",
    play: (driver) => driver.say(),
  },
  {
    caption:
      "Alt-P three times selects ann's message (it is drawn inverse), Alt-Q answers it: the prompt\nsays so. She types :tad, and …",
    play: (driver) => {
      driver.keys.press("alt-p", "alt-p", "alt-p", "alt-q");
      driver.keys.type("수고했어요 :tad");
    },
  },
  {
    caption: "… Tab completes it. It does the same for nicks, #rooms and /commands.",
    play: (driver) => driver.keys.press("tab"),
  },
  {
    caption: "Enter. Above the answer stands what it answers.",
    play: (driver) => driver.say(),
  },
  {
    caption: "Alt-P five times, Alt-T, and an emoji or its name: a reaction.",
    play: (driver) => {
      driver.keys.press("alt-p", "alt-p", "alt-p", "alt-p", "alt-p", "alt-t");
      driver.keys.type("heart");
    },
  },
  {
    caption: "Enter, and it stands below the message.",
    play: async (driver) => {
      driver.keys.press("enter");
      await driver.untilSeen("1 mina");
    },
  },
  {
    caption:
      "Page Up reads further up. -MORE- counts the messages below; whatever is said, nothing moves.",
    play: (driver) => driver.keys.press("pageup"),
  },
  {
    caption: "Alt-A goes to the next room with something new, mentions first.",
    play: async (driver) => {
      driver.keys.press("alt-a");
      await driver.until(({ loading }) => loading.size === 0);
    },
  },
  {
    caption: "Ctrl-G goes to a room by a part of its name.",
    play: (driver) => {
      driver.keys.press("ctrl-g");
      driver.keys.type("잡");
    },
  },
  {
    caption: "Enter. That was a minute of Maru.",
    play: async (driver) => {
      driver.keys.press("enter");
      await driver.until(({ loading }) => loading.size === 0);
    },
  },
];

export async function recordedText(): Promise<string> {
  const morning = await playMorning();
  const { driver } = morning;
  try {
    await driver.move(size, "default");
    const parts = [introduction];
    for (const [at, { caption, play }] of steps.entries()) {
      await play(driver);
      parts.push(`${at + 1}. ${caption}\n\n${await framed(driver)}`);
    }
    return `${parts.join("\n\n")}\n`;
  } finally {
    await morning.end();
  }
}

/** The screen between two rules, with the caret in it. */
async function framed(driver: ScreenDriver): Promise<string> {
  const { text, caret } = await driver.look();
  const rows = text.split("\n").map((row, y) => (caret?.y === y ? withCaret(row, caret.x) : row));
  const rule = "═".repeat(size.width);
  return [rule, ...rows, rule].join("\n");
}

/** The caret takes the blank cell that it stands on. */
function withCaret(row: string, x: number): string {
  const before = padToWidth(cutToWidth(row, x, ""), x);
  return `${before}▏${row.slice(before.length + 1)}`;
}
