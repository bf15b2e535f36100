// When an output counts as written, as left by its reader, and as failed.

import { expect, test } from "bun:test";
import { EventEmitter } from "node:events";
import { Output } from "./output.ts";

type Done = (error?: Error) => void;

/** A stream that is written when the test says so. */
class Slow extends EventEmitter {
  isTTY = false;
  readonly writes: { text: string; done: Done }[] = [];
  #seen: (() => void) | null = null;

  write(text: string, done: Done): void {
    this.writes.push({ text, done });
    this.#seen?.();
  }

  /** The next write, once it is there. */
  async next() {
    if (this.writes.length === 0) await new Promise<void>((resolve) => (this.#seen = resolve));
    return this.writes.shift() ?? { text: "", done: () => {} };
  }
}

function open(isTTY = false) {
  const stream = Object.assign(new Slow(), { isTTY });
  return { stream, output: new Output(stream as unknown as NodeJS.WriteStream) };
}

const systemError = (code: string) => Object.assign(new Error(`${code}: words, write`), { code });

test("tells that something is written when it is, and not before", async () => {
  const { stream, output } = open();
  const written: string[] = [];
  output.written(() => written.push("nothing"));
  expect(written).toEqual(["nothing"]);
  output.write("a");
  output.written(() => written.push("a"));
  const first = await stream.next();
  output.written(() => written.push("a, again"));
  output.write("b");
  output.written(() => written.push("b"));
  expect([first.text, written]).toEqual(["a", ["nothing"]]);
  first.done();
  expect(written).toEqual(["nothing", "a", "a, again"]);
  (await stream.next()).done();
  expect(written.at(-1)).toBe("b");
});

test("never tells that what failed is written, nor anything behind it", async () => {
  const { stream, output } = open();
  const written: string[] = [];
  output.write("a");
  output.written(() => written.push("a"));
  const { done } = await stream.next();
  output.write("b");
  output.written(() => written.push("b"));
  done(systemError("ENOSPC"));
  output.write("c");
  output.written(() => written.push("c"));
  await Promise.all([output.flushed(), output.ready(), output.ended()]);
  expect([written, output.gone.aborted, stream.writes]).toEqual([[], true, []]);
});

test.each([
  ["EPIPE", false, false],
  ["ECONNRESET", false, false],
  ["EIO", true, false],
  ["EIO", false, true],
  ["ENOSPC", false, true],
  ["ENOSPC", true, true],
  ["EFBIG", false, true],
  ["EBADF", false, true],
])("%s (terminal: %p) is a failure: %p", async (code, isTerminal, isFailure) => {
  const { stream, output } = open(isTerminal);
  output.write("a");
  (await stream.next()).done(systemError(code));
  // The stream tells of it, too; and of what follows from it.
  stream.emit("error", systemError(code));
  stream.emit("error", systemError("EBADF"));
  expect([output.failure !== null, output.gone.aborted]).toEqual([isFailure, true]);
});
