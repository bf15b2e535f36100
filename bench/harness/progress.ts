// How far a benchmark is: a bar with the time it took and will take where standard error is a
// terminal, one plain line per step elsewhere. Owns that one line of the terminal, nothing else.

import { Format, MultiBar, type Options, type Params, Presets } from "cli-progress";

export interface Plan {
  /** What the bar begins with: the benchmark's name. */
  readonly title: string;
  /** How often `step` will be called. */
  readonly steps: number;
}

export interface Progress extends Disposable {
  /** `what` is being measured from now on; the step before it is done. */
  step(what: string): void;
  /** What came of the step: a figure, a failure. One line, `what: line`, that stays. */
  note(line: string): void;
  /** Text on standard output, a table between two steps, say: the bar stands aside for it. */
  print(text: string): void;
  /** The bar goes; also at the end of a `using`, so that an error has the line to itself. */
  end(): void;
}

/** A stream that may be a terminal. */
export type Stream = Pick<NodeJS.WriteStream, "write" | "isTTY">;

/** Call it once the number of steps is known: `using progress = startProgress({ title, steps })`. */
export function startProgress(
  plan: Plan,
  stderr: Stream = process.stderr,
  print: (text: string) => void = (text) => void process.stdout.write(text),
): Progress {
  const shown = stderr.isTTY ? showBar(plan, stderr as NodeJS.WriteStream) : showLines(stderr);
  let what = "";
  let isSaid = true;
  /** A step of which nothing was noted is a line of its own. */
  const finish = () => {
    if (!isSaid) shown.line(what);
    isSaid = true;
  };
  const end = () => {
    finish();
    shown.end();
  };
  return {
    step(next) {
      finish();
      what = next;
      isSaid = false;
      shown.step(what);
    },
    note(line) {
      shown.line(what === "" ? line : `${what}: ${line}`);
      isSaid = true;
    },
    print(text) {
      finish();
      shown.aside(() => print(text));
    },
    end,
    [Symbol.dispose]: end,
  };
}

interface Shown {
  step(what: string): void;
  line(line: string): void;
  aside(write: () => void): void;
  end(): void;
}

function showLines(stderr: Stream): Shown {
  return {
    step() {},
    line: (line) => void stderr.write(`${line}\n`),
    aside: (write) => write(),
    end() {},
  };
}

/** With MultiBar for one bar: it alone can write lines above itself. */
function showBar({ title, steps }: Plan, stream: NodeJS.WriteStream): Shown {
  const options: Options = {
    stream,
    format: formatLine,
    barsize: 20,
    fps: 4,
    linewrap: true, // the library cuts the bar's line to the terminal; lines above it may wrap
    forceRedraw: true, // or it would stay away after a line above it until it changes
    clearOnComplete: true,
  };
  const bars = new MultiBar(options, Presets.shades_grey);
  const bar = bars.create(steps, 0, { title, what: "", stepAtMs: Date.now() });
  let begun = 0;
  let isEnded = false;
  const end = () => {
    process.off("exit", end);
    if (!isEnded) bars.stop();
    isEnded = true;
  };
  process.on("exit", end); // an interrupted benchmark leaves a clean line
  return {
    step(what) {
      bar.update(Math.min(begun, steps), { what, stepAtMs: Date.now() });
      begun += 1;
    },
    line(line) {
      bars.log(`${line}\n`);
      bars.update();
    },
    aside(write) {
      stream.write("\r\u001b[K");
      write();
      bars.update();
    },
    end,
  };
}

interface Payload {
  readonly title: string;
  readonly what: string;
  /** When the step that is being measured began. */
  readonly stepAtMs: number;
}

/** What is left is told from the steps done: it counts down within a step. */
function formatLine(options: Options, params: Params, payload: Payload): string {
  const { title, what, stepAtMs } = payload;
  const { value, total, startTime, progress } = params;
  const nowMs = Date.now();
  const leftMs = ((stepAtMs - startTime) / value) * (total - value) - (nowMs - stepAtMs);
  const left = value === 0 ? "" : `, ${duration(leftMs / 1000)} left`;
  const bar = Format.BarFormat(progress, options);
  return `${title} ${bar} ${value}/${total}  ${duration((nowMs - startTime) / 1000)}${left}  ${what}`;
}

/** `9s`, `4m05s`, `1h20m`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (count: number) => String(count).padStart(2, "0");
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m${two(whole % 60)}s`;
  return `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
}
