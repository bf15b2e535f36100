import { expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { heldInputsMax, InputQueue, inputStepBytes, inputStepMs } from "./input-queue.ts";
import { escapeMs, pasteEndMs } from "./input-tokens.ts";
import type { TerminalInput } from "./terminal-input.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

interface Options {
  readonly costMs?: number;
  readonly isBehind?: () => boolean;
}

function queued({ costMs = 0, isBehind = () => false }: Options = {}) {
  const clock = new VirtualClock();
  const heard: TerminalInput[] = [];
  /** How many were heard when the turn was others', each time. */
  const turns: number[] = [];
  let taken = 0;
  /** A clock in which handling a key takes its time. */
  let spentMs = 0;
  const queue = new InputQueue({
    clock: {
      nowMs: () => clock.nowMs() + spentMs,
      after: (ms, run) =>
        clock.after(ms, () => {
          turns.push(heard.length);
          run();
        }),
    },
    emit: (input) => {
      heard.push(input);
      spentMs += costMs;
    },
    taken: (bytes) => {
      taken += bytes;
    },
    isBehind,
  });
  const typed = () => heard.map((input) => (input.type === "key" ? input.text : input.type));
  return { clock, queue, heard, turns, typed, taken: () => taken };
}

test("a key is handled at once, in the turn in which it came", () => {
  const { queue, typed } = queued();
  queue.go();
  queue.push(bytesOf("한"));
  expect(typed()).toEqual(["한"]);
});

test("a burst is handled in steps: between two of them others have their turn", () => {
  const { clock, queue, typed, turns } = queued({ costMs: 1 });
  queue.go();
  queue.push(bytesOf("x".repeat(inputStepMs * 10)));
  clock.advance(0);
  expect(typed().join("")).toBe("x".repeat(inputStepMs * 10));
  const inStep = turns.map((heard, index) => heard - (turns[index - 1] ?? 0));
  expect(inStep.length).toBeGreaterThanOrEqual(10);
  expect(Math.max(...inStep)).toBeLessThanOrEqual(inputStepMs);
});

test("what comes during a step or between two stays behind what came before", () => {
  const { clock, queue, typed } = queued({ costMs: inputStepMs });
  queue.go();
  queue.push(bytesOf("ab"));
  queue.push(bytesOf("cd"));
  expect(typed()).toEqual(["a"]);
  for (let step = 0; step < 8; step += 1) clock.advance(0);
  expect(typed().join("")).toBe("abcd");
});

test("bytes count as taken once they are keys, a letter cut between two steps included", () => {
  const { clock, queue, typed, taken } = queued({ costMs: 1 });
  const text = "한".repeat(inputStepBytes);
  queue.go();
  queue.push(bytesOf(text));
  expect(taken()).toBe(inputStepBytes);
  while (typed().length < inputStepBytes) clock.advance(0);
  expect(typed().join("")).toBe(text);
  expect(taken()).toBe(3 * inputStepBytes);
});

test("held, keys wait up to their bound and bytes beyond it; then all are heard, in order", () => {
  const { clock, queue, typed, taken } = queued();
  const text = "x".repeat(heldInputsMax + inputStepBytes * 4);
  queue.push(bytesOf(text));
  clock.advance(0);
  expect(typed()).toEqual([]);
  expect(taken()).toBeGreaterThanOrEqual(heldInputsMax);
  expect(taken()).toBeLessThan(heldInputsMax + inputStepBytes);
  queue.go();
  clock.advance(0);
  expect(typed().join("")).toBe(text);
  expect(taken()).toBe(text.length);
});

test("silence counts from when nothing more is on its way", () => {
  let isBehind = true;
  const { clock, queue, heard } = queued({ isBehind: () => isBehind });
  queue.go();
  queue.push(bytesOf("\x1b"));
  clock.advance(escapeMs * 10);
  expect(heard).toEqual([]);
  queue.push(bytesOf("[A\x1b[200~one "));
  expect(heard).toEqual([{ type: "key", chord: "up", text: "" }]);
  clock.advance(pasteEndMs * 3);
  queue.push(bytesOf("two"));
  isBehind = false;
  clock.advance(pasteEndMs - 1);
  expect(heard).toHaveLength(1);
  clock.advance(pasteEndMs);
  expect(heard.at(-1)).toEqual({ type: "paste", text: "one two", isCut: true });
});

test("what is unfinished is dropped by a reset, what is whole or still to be cut is not", () => {
  const { clock, queue, typed } = queued();
  queue.push(bytesOf("a\x1b["));
  queue.reset();
  queue.push(bytesOf("b"));
  queue.go();
  clock.advance(0);
  expect(typed()).toEqual(["a", "b"]);
});

test("at the end nothing is heard any more", () => {
  const { clock, queue, typed } = queued({ costMs: inputStepMs });
  queue.go();
  queue.push(bytesOf("abc"));
  queue.end();
  clock.advance(10);
  expect(typed()).toEqual(["a"]);
});
