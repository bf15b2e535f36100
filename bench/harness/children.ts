// The processes that a benchmark starts, so that none outlives it, however it ends.
// Owns the list, the killing, and what a signal does to the benchmark: it ends by `process.exit`, so
// that whatever cleans up on exit does. Each child is ended by its own id, never by a name.

import type { Subprocess } from "bun";

const children = new Set<Subprocess>();
/** What ends a benchmark from outside, and the exit codes that shells expect. */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
let watching = false;

/** From here on children are killed, and `exit` handlers run, even where a signal ends the process. */
export function watchForTheEnd(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const child of children) child.kill("SIGKILL");
  });
  for (const [signal, code] of Object.entries(exitCodes)) {
    process.on(signal, () => process.exit(code));
  }
}

/** Remembers the child until it has exited. */
export function adoptChild<Child extends Subprocess>(child: Child): Child {
  watchForTheEnd();
  children.add(child);
  void child.exited.then(() => children.delete(child));
  return child;
}

/** Ends the child with SIGTERM, and with SIGKILL after graceMs; resolves to its exit code. */
export async function endChild(child: Subprocess, graceMs: number): Promise<number> {
  child.kill("SIGTERM");
  const deadline = setTimeout(() => child.kill("SIGKILL"), graceMs);
  const code = await child.exited;
  clearTimeout(deadline);
  return code;
}

/** Yields each line without its newline, as soon as it is whole; the last one even without. */
export async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** `--name value` of each. */
export const flagWords = (flags: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(flags).flatMap(([name, value]) => [`--${name}`, `${value}`]);

/** Runs a program to its end for its standard output; throws with its complaints when it fails. */
export async function runIn(cwd: string, command: readonly string[]): Promise<string> {
  const child = adoptChild(
    Bun.spawn([...command], { cwd, stdin: "ignore", stdout: "pipe", stderr: "pipe" }),
  );
  const [output, complaints, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (code !== 0) throw new Error(`${command.slice(0, 2).join(" ")}: ${complaints}`.trim());
  return output;
}

/** A program of the bench in a process of its own, which is told and tells in lines. */
export interface Helper {
  tell(line: string): Promise<void>;
  /** Its next line; throws where it ended without one. */
  hear(): Promise<string>;
  /** Its input ends. */
  endInput(): Promise<void>;
  end(): Promise<number>;
}

const helperGraceMs = 10_000;

/** `name` is what it is called where it fails. */
export function startHelper(name: string, command: readonly string[]): Helper {
  const child = adoptChild(
    Bun.spawn([...command], { stdin: "pipe", stdout: "pipe", stderr: "inherit" }),
  );
  const lines = readLines(child.stdout);
  return {
    async tell(line) {
      child.stdin.write(`${line}\n`);
      await child.stdin.flush();
    },
    async hear() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${name} ended without a word`);
      return value;
    },
    endInput: async () => void (await child.stdin.end()),
    end: () => endChild(child, helperGraceMs),
  };
}
