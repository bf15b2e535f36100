// A terminal in memory for the tests of views: OpenTUI's test renderer draws the same page as the
// real terminal, and what a person would see and do is at hand as data. For tests only.

import { TextAttributes } from "@opentui/core";
import { createTestRenderer } from "@opentui/core/testing";
import type { Frame, Size } from "../frame/frame.ts";
import { keyOfText } from "../input/key-of-sequence.ts";
import type { TerminalInput } from "../input/terminal-input.ts";
import { environment } from "../terminal/canvas.ts";
import { Page } from "../terminal/page.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { graphemesOf } from "../text/graphemes.ts";
import { type ColourDepth, looksOf, type Theme } from "../theme/theme.ts";

export interface TestTerminalOptions extends Size {
  readonly frame: (size: Size) => Frame;
  readonly theme: Theme;
  readonly depth?: ColourDepth;
}

/** A run of cells that look alike. Colours: "default", a palette index, or #rrggbb. */
export interface SeenSpan {
  readonly text: string;
  /** As OpenTUI counts them. */
  readonly cells: number;
  readonly fg: string;
  readonly bg: string;
  readonly attributes: readonly string[];
}

export interface TestTerminal {
  readonly terminal: Terminal;
  /** What a person sees now: rows without the blanks at their ends, joined by newlines. */
  frameText(): Promise<string>;
  spans(): Promise<readonly (readonly SeenSpan[])[]>;
  /** Where the hardware cursor stands, from 0; null: hidden. */
  caret(): Promise<{ x: number; y: number } | null>;
  type(text: string): void;
  /** A key by its canonical chord. */
  press(...chords: string[]): void;
  paste(text: string, isCut?: boolean): void;
  resize(width: number, height: number): void;
  focus(isFocused: boolean): void;
  /** Bells, notifications and titles, in order. */
  readonly said: readonly string[];
  /** Each test terminal must be ended. */
  end(): Promise<void>;
}

export async function createTestTerminal(options: TestTerminalOptions): Promise<TestTerminal> {
  const { width, height, frame, theme, depth = "true" } = options;
  const test = await createTestRenderer({ width, height, exitSignals: [], environment });
  const { renderer } = test;
  const looks = looksOf(theme, depth);
  const page = new Page(renderer, {
    frame,
    looks: () => looks,
    caret: (at) => renderer.setCursorPosition((at?.x ?? 0) + 1, (at?.y ?? 0) + 1, at !== null),
  });
  renderer.root.add(page);
  let failure: Error | null = null;
  renderer.on("render:error", ({ error }: { error: Error }) => {
    failure = error;
  });
  const draw = async () => {
    page.requestRender();
    await test.renderOnce();
    if (failure !== null) throw failure;
  };
  let listener: (input: TerminalInput) => void = () => {};
  let size: Size = { width, height };
  const said: string[] = [];
  const key = (chord: string, text: string) => listener({ type: "key", chord, text });
  return {
    terminal: memoryTerminal({
      size: () => size,
      listen: (given) => {
        listener = given;
      },
      say: (text) => said.push(text),
      end: () => test.dispose(),
    }),
    async frameText() {
      await draw();
      return test.captureCharFrame().replace(/ +$/gm, "").trimEnd();
    },
    async spans() {
      await draw();
      return test.captureSpans().lines.map(({ spans }) => spans.map(seenSpan));
    },
    async caret() {
      await draw();
      const { x, y, visible } = renderer.getCursorState();
      return visible ? { x: x - 1, y: y - 1 } : null;
    },
    type: (text) => {
      for (const letter of graphemesOf(text)) key(keyOfText(letter).chord, letter);
    },
    press: (...chords) => {
      for (const chord of chords)
        key(chord, graphemesOf(chord).length === 1 ? chord : textOf(chord));
    },
    paste: (text, isCut = false) => listener({ type: "paste", text, isCut }),
    resize(newWidth, newHeight) {
      size = { width: newWidth, height: newHeight };
      test.resize(newWidth, newHeight);
      listener({ type: "resized", size });
    },
    focus: (isFocused) => listener({ type: "focused", isFocused }),
    said,
    end: () => test.dispose(),
  };
}

const textOf = (chord: string) => (chord === "space" ? " " : "");

interface MemoryPorts {
  readonly size: () => Size;
  readonly listen: Terminal["listen"];
  readonly say: (text: string) => void;
  readonly end: () => Promise<void>;
}

function memoryTerminal({ size, listen, say, end }: MemoryPorts): Terminal {
  return {
    get size() {
      return size();
    },
    listen,
    refresh() {},
    redraw() {},
    ring: () => say("bell"),
    notify: (title, text) => say(`notify ${title}: ${text}`),
    title: (text) => say(`title ${text}`),
    copy: (text) => say(`copy ${text}`),
    mouse: (isOn) => say(`mouse ${isOn ? "on" : "off"}`),
    lend: async (during) => {
      say("lent");
      return during();
    },
    suspend: () => say("suspend"),
    end,
  };
}

type CapturedSpan =
  Awaited<ReturnType<typeof createTestRenderer>> extends {
    captureSpans: () => { lines: { spans: (infer Span)[] }[] };
  }
    ? Span
    : never;

const attributeNames = ["bold", "dim", "italic", "underline", "inverse"] as const;
const attributeBits = [
  TextAttributes.BOLD,
  TextAttributes.DIM,
  TextAttributes.ITALIC,
  TextAttributes.UNDERLINE,
  TextAttributes.INVERSE,
];

function seenSpan({ text, width, fg, bg, attributes }: CapturedSpan): SeenSpan {
  return {
    text,
    cells: width,
    fg: colourName(fg),
    bg: colourName(bg),
    attributes: attributeNames.filter((_, index) => attributes & (attributeBits[index] ?? 0)),
  };
}

function colourName(colour: CapturedSpan["fg"]): string {
  if (colour.intent === "default") return "default";
  if (colour.intent === "indexed") return String(colour.slot);
  const parts = colour.toInts().slice(0, 3);
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
