// The full-screen terminal: OpenTUI says what to write, this writes it, reads what comes back, and
// keeps the terminal in order. Implements the port in terminal.ts; the only way in for the rest.

import { type Clock, systemClock } from "@maru/protocol";
import type { Frame, Size } from "../frame/frame.ts";
import { InputQueue } from "../input/input-queue.ts";
import type { TerminalInput } from "../input/terminal-input.ts";
import type { TtyInput } from "../input/tty-input.ts";
import { askableSize, WidthAnswers, widthQuestion } from "../input/width-question.ts";
import { type Avoided, avoiding } from "../text/drawn-text.ts";
import { type ColourDepth, looksOf, type Theme } from "../theme/theme.ts";
import { type Canvas, createCanvas } from "./canvas.ts";
import { FramePace } from "./frame-pace.ts";
import {
  bell,
  copySequence,
  mouseOff,
  mouseOn,
  type NoticeWay,
  noticeSequence,
  titleSequence,
} from "./modes.ts";
import { OutputGate } from "./output-gate.ts";
import type { Terminal, TerminalOptions } from "./terminal.ts";
import { Tty, type TtyStreams } from "./tty.ts";

export interface CreateTerminalOptions extends TerminalOptions {
  readonly theme: Theme;
  readonly depth: ColourDepth;
  readonly mouse: boolean;
  /** How notifications are sent; "both" where it is not known which the terminal takes. */
  readonly notices?: NoticeWay;
  readonly clock?: Clock;
  /** What the terminal counts otherwise than we do; without it, nothing. */
  readonly symbols?: TerminalSymbols;
  /** The terminal's input, where it was taken before: what was typed meanwhile is heard. */
  readonly input?: TtyInput;
  /** So much waits to be handled that no more is read. */
  readonly full?: () => void;
  /** The terminal is gone; otherwise the process ends. */
  readonly gone?: () => void;
}

export interface TerminalSymbols {
  /** As far as it is known: names of classes (text/symbol-classes.ts). */
  readonly known: readonly string[];
  /** Whether the terminal is asked. */
  readonly isAsked: boolean;
  /** What it has answered; null: nothing in time, or nothing to be believed. */
  readonly heard: (names: readonly string[] | null) => void;
}

/** Silence, in ms, after which a terminal is one that does not answer; a later answer counts. */
export const answerMs = 2_000;
const goneExitCode = 1;

/** Takes the terminal at once; it is given back by `end`, or whichever way the process ends. */
export async function createTerminal(
  options: CreateTerminalOptions,
  streams: TtyStreams = process,
): Promise<Terminal> {
  const terminal = new OpenTuiTerminal(options, streams);
  try {
    await terminal.open();
  } catch (error) {
    await terminal.end();
    throw error;
  }
  return terminal;
}

class OpenTuiTerminal implements Terminal {
  readonly #options: CreateTerminalOptions;
  readonly #tty: Tty;
  readonly #gate = new OutputGate();
  readonly #queue: InputQueue;
  readonly #pace: FramePace;
  #canvas: Canvas | null = null;
  #listener: ((input: TerminalInput) => void) | null = null;
  #size: Size;
  /** The screen may have lost what is believed to be on it. */
  #isDamaged = false;
  #avoided: Avoided;
  #answers: WidthAnswers | null = null;
  #cancelSilence: () => void = () => {};
  #ended: Promise<void> | null = null;

  constructor(options: CreateTerminalOptions, streams: TtyStreams) {
    this.#options = options;
    const clock = options.clock ?? systemClock;
    this.#queue = new InputQueue({
      clock,
      emit: (input) => this.#hear(input),
      taken: (bytes) => this.#tty.input.taken(bytes),
      isBehind: () => this.#tty.input.isBehind,
      answered: (column) => this.#onAnswer(column),
    });
    this.#avoided = avoiding(options.symbols?.known ?? []);
    const listeners = {
      bytes: (bytes: Uint8Array) => this.#queue.push(bytes),
      full: () => this.#options.full?.(),
      resized: () => this.#onResize(),
      continued: () => this.#onContinue(),
      gone: () => this.#onGone(),
    };
    this.#tty = new Tty(streams, clock, listeners, options.input);
    this.#pace = new FramePace(clock, () => this.#draw());
    this.#size = this.#tty.size;
  }

  async open(): Promise<void> {
    const { theme, depth, mouse } = this.#options;
    const looks = looksOf(theme, depth);
    this.#tty.mouse(mouse);
    this.#tty.open();
    this.#ask();
    // It draws its first frame by itself.
    this.#canvas = await createCanvas({
      size: this.#size,
      frame: (size): Frame => this.#options.frame(size),
      looks: () => looks,
      avoided: () => this.#avoided,
      write: (bytes, done) => this.#write(bytes, done),
      // A bug: on the way of any other, which restores the terminal and tells.
      fail: (error) =>
        queueMicrotask(() => {
          throw error;
        }),
    });
  }

  get size(): Size {
    return this.#size;
  }

  listen(listener: (input: TerminalInput) => void): void {
    this.#listener = listener;
    this.#queue.go();
  }

  refresh(): void {
    this.#pace.ask();
  }

  redraw(): void {
    if (this.#tty.isTaken) this.#canvas?.repaint();
  }

  ring(): void {
    this.#say(bell);
  }

  notify(title: string, text: string): void {
    this.#say(noticeSequence(title, text, this.#options.notices ?? "both"));
  }

  title(text: string): void {
    this.#say(titleSequence(text));
  }

  copy(text: string): void {
    this.#say(copySequence(text));
  }

  mouse(isOn: boolean): void {
    this.#tty.mouse(isOn);
    this.#say(isOn ? mouseOn : mouseOff);
  }

  async lend<T>(during: () => Promise<T>): Promise<T> {
    this.#pace.stop();
    this.#queue.reset();
    this.#queue.hold();
    await this.#tty.give();
    try {
      return await during();
    } finally {
      if (this.#ended === null) {
        this.#tty.take(true);
        this.#onContinue();
        this.#queue.go();
      }
    }
  }

  suspend(): void {
    // Given back first: once what started this program has stopped, the shell has the terminal, and
    // a program that sets its modes then is stopped for that.
    this.#tty.restoreNow();
    // To the whole job, as the terminal would: what started this program must stop, too.
    process.kill(0, "SIGTSTP");
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#pace.stop();
    this.#cancelSilence();
    this.#queue.end();
    await this.#tty.close();
    await this.#canvas?.end();
  }

  /** Before the first frame, which covers it. */
  #ask(): void {
    const { symbols, clock = systemClock } = this.#options;
    const { width, height } = this.#size;
    if (symbols?.isAsked !== true) return;
    if (width < askableSize.width || height < askableSize.height) return;
    this.#answers = new WidthAnswers();
    this.#say(widthQuestion);
    this.#cancelSilence = clock.after(answerMs, () => symbols.heard(null));
  }

  #onAnswer(column: number): boolean {
    const answers = this.#answers;
    if (answers === null) return false;
    answers.add(column);
    if (!answers.areAll) return true;
    this.#answers = null;
    this.#cancelSilence();
    const names = answers.otherwise;
    this.#options.symbols?.heard(names);
    if (names === null || names.join() === this.#avoided.names.join()) return true;
    this.#avoided = avoiding(names);
    this.redraw();
    return true;
  }

  #hear(input: TerminalInput): void {
    this.#pace.expectEcho();
    this.#listener?.(input);
  }

  #draw(): void {
    if (!this.#tty.isTaken) return;
    this.#canvas?.draw(this.#size, this.#isDamaged);
    this.#isDamaged = false;
  }

  /** OpenTUI's bytes. What comes while the terminal is not ours is painted anew later. */
  #write(bytes: Uint8Array, done: () => void): void {
    const passed = this.#gate.pass(bytes);
    if (!this.#tty.isTaken) queueMicrotask(done);
    else this.#tty.writer.write(passed, done);
  }

  /** Between what the gate passed, so never within a sequence. */
  #say(sequence: string): void {
    if (this.#tty.isTaken) this.#tty.writer.write(sequence);
  }

  #onResize(): void {
    const size = this.#tty.size;
    this.#isDamaged = true;
    this.#pace.ask();
    if (size.width === this.#size.width && size.height === this.#size.height) return;
    this.#size = size;
    this.#listener?.({ type: "resized", size });
  }

  #onContinue(): void {
    this.#onResize();
    this.#queue.reset();
    this.#pace.start();
    this.#canvas?.repaint();
  }

  #onGone(): void {
    if (this.#ended !== null) return;
    this.#pace.stop();
    if (this.#options.gone !== undefined) this.#options.gone();
    else process.exit(goneExitCode);
  }
}
