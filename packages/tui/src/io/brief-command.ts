// Runs a command that the person has configured, now and then. Its arguments are theirs alone: what the
// program tells it is in its environment, and no shell reads it. Owns the one process that runs, and its
// end.

/** What the command is told, beside what it inherits. */
type Variables = Readonly<Record<string, string>>;

export interface BriefCommandOptions {
  /** Program and arguments, as configured; not empty. */
  readonly argv: readonly string[];
  /** What the command inherits. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long it may take, in milliseconds. */
  readonly msMax: number;
  readonly clock: {
    /** Runs `run` once, after `ms`; the answer cancels it. */
    after(ms: number, run: () => void): () => void;
  };
  /** Hears once why it can't be run, failed, or took too long. */
  readonly onProblem: (why: string) => void;
}

export interface BriefCommand {
  /** Runs it, or after the one that runs; of several that wait the newest is run. */
  run(variables: Variables): void;
  /** Ends what runs; nothing is run any more. */
  stop(): void;
}

export function createBriefCommand(options: BriefCommandOptions): BriefCommand {
  return new Runner(options);
}

class Runner implements BriefCommand {
  readonly #options: BriefCommandOptions;
  #running: Bun.Subprocess | null = null;
  #waiting: Variables | null = null;
  #isTold = false;
  #isStopped = false;

  constructor(options: BriefCommandOptions) {
    this.#options = options;
  }

  run(variables: Variables): void {
    if (this.#isStopped) return;
    if (this.#running === null) this.#start(variables);
    else this.#waiting = variables;
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting = null;
    if (this.#running !== null) end(this.#running);
  }

  #start(variables: Variables): void {
    const { argv, environment, clock, msMax } = this.#options;
    let command: Bun.Subprocess;
    try {
      command = Bun.spawn([...argv], {
        env: { ...environment, ...variables },
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
    const cancel = clock.after(msMax, () => {
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
    if (isLate) this.#tell(`it took longer than ${this.#options.msMax / 1_000} s`);
    else if (code !== 0) this.#tell(`it ended with ${code}`);
    const next = this.#waiting;
    this.#waiting = null;
    if (next !== null) this.run(next);
  }

  #tell(why: string): void {
    if (this.#isTold || this.#isStopped) return;
    this.#isTold = true;
    this.#options.onProblem(why);
  }
}

/** With all that it has started. */
function end(command: Bun.Subprocess): void {
  try {
    process.kill(-command.pid, "SIGKILL");
  } catch {
    command.kill("SIGKILL");
  }
}
