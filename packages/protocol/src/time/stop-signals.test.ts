import { expect, test } from "bun:test";
import { EventEmitter } from "node:events";
import { oneWishMs, onStopSignals } from "./stop-signals.ts";

function watched() {
  const source = new EventEmitter();
  const said: string[] = [];
  let now = 1_000;
  const handlers = {
    stop: (signal: string) => void said.push(`stop ${signal}`),
    insist: (signal: string) => void said.push(`insist ${signal}`),
  };
  onStopSignals(source, ["SIGINT", "SIGTERM"], handlers, () => now);
  const after = (ms: number, signal: string) => {
    now += ms;
    source.emit(signal);
  };
  return { said, after };
}

test("signals that come together, of whichever kind and number, are one wish", () => {
  const { said, after } = watched();
  for (const [ms, signal] of [
    [0, "SIGINT"],
    [0, "SIGINT"],
    [2, "SIGINT"],
    [1, "SIGTERM"],
  ] as const) {
    after(ms, signal);
  }
  expect(said).toEqual(["stop SIGINT"]);
});

test("who insists does so from oneWishMs on, and not a millisecond before", () => {
  const { said, after } = watched();
  after(0, "SIGTERM");
  after(oneWishMs - 1, "SIGTERM");
  expect(said).toEqual(["stop SIGTERM"]);
  after(1, "SIGINT");
  expect(said).toEqual(["stop SIGTERM", "insist SIGINT"]);
});

test("who says it again and again is heard, though each comes soon after the one before", () => {
  const { said, after } = watched();
  for (let ms = 0; ms <= oneWishMs; ms += 100) after(100, "SIGINT");
  expect(said).toEqual(["stop SIGINT", "insist SIGINT"]);
});
