// The real terminal, both ways: raw mode, bytes in and out, its size, taken and given back. All that
// is written to it and read from it goes through here. Draws nothing and knows no keys.

import { writeSync } from "node:fs";
import type { Clock } from "@maru/protocol";
import type { Size } from "../frame/frame.ts";
import { TtyInput } from "../input/tty-input.ts";
import { hasShell } from "./job.ts";
import { enterModes, leaveModes, mouseOn } from "./modes.ts";
import { watchEnds } from "./restore.ts";
import { TtyWriter } from "./tty-writer.ts";

export interface TtyStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream & { readonly fd: number };
}

export interface TtyListeners {
  readonly bytes: (bytes: Uint8Array) => void;
  /** As many bytes wait to be taken as may. */
  readonly full: () => void;
  /** It was resized, perhaps there and back: what was cut away meanwhile is not on it any more. */
  readonly resized: () => void;
  /** The process was stopped and goes on. */
  readonly continued: () => void;
  /** The other end is gone. */
  readonly gone: () => void;
}

/** How long an orderly end waits for a terminal that takes nothing. */
const endMs = 1000;
/**
 * Right after going on, wishes to stop are not heard: a parent such as `bun run` passes the one on by
 * which the whole job was stopped, and passes it on late.
 */
const deafMs = 200;
/** After which it is plain that it was not stopped: a process that is stopped sees no time pass. */
const stopMs = 50;
const sizeMax = 2000;
const stderrFd = 2;

export class Tty {
  readonly writer: TtyWriter;
  readonly input: TtyInput;
  readonly #streams: TtyStreams;
  readonly #listeners: TtyListeners;
  readonly #clock: Clock;
  #isMouseOn = false;
  #isTaken = false;
  #isLent = false;
  #isDeaf = false;
  #unwatch: () => void = () => {};

  /** `input`: where it was taken before, so that nothing is lost that was typed meanwhile. */
  constructor(streams: TtyStreams, clock: Clock, listeners: TtyListeners, input?: TtyInput) {
    this.input = input ?? new TtyInput(streams.stdin);
    this.#streams = streams;
    this.#listeners = listeners;
    this.#clock = clock;
    this.writer = new TtyWriter(streams.stdout.fd, clock, listeners.gone);
  }

  get size(): Size {
    const { columns, rows } = this.#streams.stdout;
    const bounded = (value: number | undefined, otherwise: number) =>
      value === undefined || value < 1 ? otherwise : Math.min(value, sizeMax);
    return { width: bounded(columns, 80), height: bounded(rows, 24) };
  }

  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** For as long as the program runs. */
  open(): void {
    this.#unwatch = watchEnds({
      restoreNow: () => this.restoreNow(),
      process,
      tell: (text) => writeSync(stderrFd, text),
    });
    process.on("SIGTSTP", this.#onStop);
    process.on("SIGCONT", this.#onContinue);
    this.#streams.stdout.on("resize", this.#listeners.resized);
    process.on("SIGWINCH", this.#onWindow);
    this.input.listen(this.#listeners);
    this.take();
  }

  /** `isAfterEditor`: what was typed last was not for us. */
  take(isAfterEditor = false): void {
    this.#isTaken = true;
    this.#isLent = false;
    this.input.take(isAfterEditor);
    this.writer.write(enterModes + (this.#isMouseOn ? mouseOn : ""));
  }

  /** For an editor, or for good; resolves when the terminal is as it was. */
  async give(): Promise<void> {
    this.#isLent = true;
    if (!this.#isTaken) return;
    this.#isTaken = false;
    const released = this.input.release();
    this.writer.write(leaveModes);
    await Promise.race([
      Promise.all([released, this.writer.written()]),
      new Promise<void>((resolve) => this.#clock.after(endMs, resolve)),
    ]);
  }

  async close(): Promise<void> {
    await this.give();
    this.writer.abandon();
    this.#unwatch();
    process.removeListener("SIGTSTP", this.#onStop);
    process.removeListener("SIGCONT", this.#onContinue);
    process.removeListener("SIGWINCH", this.#onWindow);
    this.#streams.stdout.removeListener("resize", this.#listeners.resized);
    this.input.close();
  }

  /** At once, for the last moment. */
  restoreNow(): void {
    if (!this.#isTaken) return;
    this.#isTaken = false;
    this.writer.writeNow(leaveModes);
    this.input.releaseNow();
  }

  mouse(isOn: boolean): void {
    this.#isMouseOn = isOn;
  }

  /** The stream tells only of a size that is another one when it looks; it looks in this turn. */
  readonly #onWindow = () => queueMicrotask(this.#listeners.resized);

  readonly #onStop = () => {
    if (this.#isDeaf) return;
    this.restoreNow();
    // Where a shell waits, at once and for sure. Where none is known to, by the default action, which
    // the kernel leaves out where no shell could let it go on: the leader of a session, for one.
    if (hasShell(process.pid) === true) process.kill(process.pid, "SIGSTOP");
    else this.#stopByDefault();
    // Here it goes on, stopped or not.
    this.#isDeaf = true;
    this.#clock.after(deafMs, () => {
      this.#isDeaf = false;
    });
    this.#clock.after(stopMs, () => {
      if (!this.#isTaken) this.#onContinue();
    });
  };

  #stopByDefault(): void {
    process.removeListener("SIGTSTP", this.#onStop);
    process.kill(process.pid, "SIGTSTP");
    process.on("SIGTSTP", this.#onStop);
  }

  readonly #onContinue = () => {
    // It is the editor's: it goes on by itself, and gives it back when it ends.
    if (this.#isLent) return;
    // Stopped by force, it is taken still, but the shell had it meanwhile.
    this.restoreNow();
    this.take();
    this.#listeners.continued();
  };
}
