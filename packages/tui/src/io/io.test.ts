import { expect, test } from "bun:test";
import { EventEmitter } from "node:events";
import { type SignalProcess, stopWish } from "./io.ts";

function fakeProcess() {
  const emitter = new EventEmitter();
  const exits: number[] = [];
  const exit = (code: number) => exits.push(code);
  return { process: Object.assign(emitter, { exit }) as unknown as SignalProcess, emitter, exits };
}

test("the first signal is a wish; the second one ends the process, whichever it is", async () => {
  const { process, emitter, exits } = fakeProcess();
  let nowMs = 0;
  const stopped = stopWish(process, () => nowMs);
  emitter.emit("SIGINT");
  expect(await stopped).toBe("interrupted");
  // A parent that passes on what the whole job has got.
  nowMs = 20;
  emitter.emit("SIGINT");
  expect(exits).toEqual([]);
  nowMs = 1_000;
  emitter.emit("SIGTERM");
  expect(exits).toEqual([143]);
});
