// OpenTUI, set up to do one thing: to keep two screens of cells and say what must be written to get
// from one to the next. It never sees the terminal: its output is a function's, its input is silent,
// its handlers on the process are taken off again. What it would ask a terminal, we know (tests
// found no use for more), and so it must not ask.

import { PassThrough, Writable } from "node:stream";
import { CliRenderer } from "@opentui/core";
import type { Frame, Size } from "../frame/frame.ts";
import type { Avoided } from "../text/drawn-text.ts";
import type { Looks } from "../theme/theme.ts";
import { Page } from "./page.ts";

export interface CanvasOptions {
  readonly size: Size;
  readonly frame: (size: Size) => Frame;
  readonly looks: () => Looks;
  readonly avoided: () => Avoided;
  /** Takes what was drawn; `done` when it may be followed by more. */
  readonly write: (bytes: Uint8Array, done: () => void) => void;
  /** A frame could not be made or drawn: a bug. */
  readonly fail: (error: Error) => void;
}

export interface Canvas {
  readonly renderer: CliRenderer;
  /** Draws a frame of this size; all of it, if what is on the screen may be damaged. */
  draw(size: Size, isDamaged: boolean): void;
  /** Forgets what is believed to be on the screen, and draws. */
  repaint(): void;
  end(): Promise<void>;
}

/** What OpenTUI may believe of the terminal: palette and true colours, links, and its own widths. */
export const environment = { TERM: "foot", COLORTERM: "truecolor" };

const processEvents = ["exit", "warning", "uncaughtException", "unhandledRejection"] as const;

export async function createCanvas(options: CanvasOptions): Promise<Canvas> {
  const renderer = quietly(() => openRenderer(options));
  const page = new Page(renderer, {
    frame: options.frame,
    looks: options.looks,
    avoided: options.avoided,
    caret: (at) => renderer.setCursorPosition((at?.x ?? 0) + 1, (at?.y ?? 0) + 1, at !== null),
  });
  renderer.root.add(page);
  renderer.on("render:error", ({ error }: { error: Error }) => options.fail(error));
  await renderer.setupTerminal();
  const repaint = () => {
    const { terminalWidth: width, terminalHeight: height } = renderer;
    // A size that goes and comes back makes OpenTUI paint everything.
    renderer.resize(width + 1, height);
    renderer.resize(width, height);
    page.requestRender();
  };
  return {
    renderer,
    draw({ width, height }, isDamaged) {
      if (width !== renderer.terminalWidth || height !== renderer.terminalHeight) {
        renderer.resize(width, height);
      } else if (isDamaged) return repaint();
      page.requestRender();
    },
    repaint,
    async end() {
      renderer.destroy();
      await renderer.closed.catch(() => {});
    },
  };
}

function openRenderer({ size, write }: CanvasOptions): CliRenderer {
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      // The bytes are OpenTUI's again as soon as this returns.
      write(Uint8Array.from(chunk), done);
    },
  });
  return new CliRenderer(
    new PassThrough() as unknown as NodeJS.ReadStream,
    sink as unknown as NodeJS.WriteStream,
    size.width,
    size.height,
    {
      environment,
      remote: true,
      exitOnCtrlC: false,
      exitSignals: [],
      useMouse: false,
      autoFocus: false,
      useKittyKeyboard: null,
      consoleMode: "disabled",
      openConsoleOnError: false,
      screenMode: "alternate-screen",
      // The pace is frame-pace.ts's.
      maxFps: 1000,
      debounceDelay: 1,
    },
  );
}

/** OpenTUI listens to the process's end and errors and writes to the terminal then: not here. */
function quietly<T>(open: () => T): T {
  const before = processEvents.map((event) => new Set(process.rawListeners(event)));
  const opened = open();
  processEvents.forEach((event, index) => {
    for (const listener of process.rawListeners(event)) {
      if (before[index]?.has(listener)) continue;
      process.removeListener(event, listener as (...values: unknown[]) => void);
    }
  });
  return opened;
}
