// Runs the command that the person has configured to be called by. Its arguments are theirs alone:
// what came from elsewhere is in its environment, made harmless and short, and no shell reads it.
// Owns the one process that runs, and its end.

import type { Clock } from "@maru/sdk";
import { sanitizeLine } from "@maru/tui/text";
import { type Call, callText } from "./pace.ts";

/** How long the command may take, in milliseconds. */
export const commandMsMax = 5_000;
/** UTF-16 units of a name, and of the text, in its environment. */
export const nameUnitsMax = 256;
export const textUnitsMax = 1_024;

export interface NotifyCommandOptions {
  /** Program and arguments, as configured; not empty. */
  readonly argv: readonly string[];
  /** What the command inherits. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Pick<Clock, "after">;
  /** Hears once that it can't be run, failed, or took too long. */
  readonly onProblem: (text: string) => void;
}

export interface NotifyCommand {
  /** Runs it, or after the one that runs; of several that wait the newest is run. */
  call(call: Call): void;
  /** Ends what runs; nothing is run any more. */
  stop(): void;
}

export function createNotifyCommand(options: NotifyCommandOptions): NotifyCommand {
  return new Runner(options);
}

class Runner implements NotifyCommand {
  readonly #options: NotifyCommandOptions;
  #running: Bun.Subprocess | null = null;
  #waiting: Call | null = null;
  #isTold = false;
  #isStopped = false;

  constructor(options: NotifyCommandOptions) {
    this.#options = options;
  }

  call(call: Call): void {
    if (this.#isStopped) return;
    if (this.#running === null) this.#start(call);
    else this.#waiting = call;
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting = null;
    if (this.#running !== null) end(this.#running);
  }

  #start(call: Call): void {
    const { argv, environment, clock } = this.#options;
    let command: Bun.Subprocess;
    try {
      command = Bun.spawn([...argv], {
        env: { ...environment, ...commandEnvironment(call) },
        stdin: "ignore",
        stdout: "ignore",
        stderr: "ignore",
        // A group of its own: what it has started ends with it, and Ctrl-C is not for it.
        detached: true,
      });
    } catch (error) {
      return this.#tell(`it can't be run: ${error instanceof Error ? error.message : error}`);
    }
    this.#running = command;
    let isLate = false;
    const cancel = clock.after(commandMsMax, () => {
      isLate = true;
      end(command);
    });
    void command.exited.then((code) => {
      cancel();
      this.#ended(isLate, code);
    });
  }

  #ended(isLate: boolean, code: number): void {
    this.#running = null;
    if (isLate) this.#tell(`it took longer than ${commandMsMax / 1_000} s`);
    else if (code !== 0) this.#tell(`it ended with ${code}`);
    const next = this.#waiting;
    this.#waiting = null;
    if (next !== null) this.call(next);
  }

  #tell(why: string): void {
    if (this.#isTold || this.#isStopped) return;
    this.#isTold = true;
    const name = sanitizeLine(this.#options.argv[0] ?? "");
    this.#options.onProblem(`The command for notifications, ${name}, failed: ${sanitizeLine(why)}`);
  }
}

/** What the command is told of a call. */
export function commandEnvironment(call: Call): Record<string, string> {
  return {
    MARU_ROOM: plain(call.room, nameUnitsMax),
    MARU_FROM: plain(call.from, nameUnitsMax),
    MARU_TEXT: plain(callText({ ...call, text: plain(call.text, textUnitsMax) }), Infinity),
    MARU_KIND: call.kind,
  };
}

/** One line without control characters; cut, but not between the halves of a character. */
function plain(text: string, unitsMax: number): string {
  // Cut first: what is thrown away need not be cleaned. Cleaning makes nothing longer.
  return sanitizeLine(text.slice(0, unitsMax).replace(/[\ud800-\udbff]$/, ""));
}

/** With all that it has started. */
function end(command: Bun.Subprocess): void {
  try {
    process.kill(-command.pid, "SIGKILL");
  } catch {
    command.kill("SIGKILL");
  }
}
