import { expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { echoGapMs, FramePace, frameGapMs } from "./frame-pace.ts";

function paced() {
  const clock = new VirtualClock();
  const drawn: number[] = [];
  const pace = new FramePace(clock, () => drawn.push(clock.nowMs()));
  return { clock, pace, drawn };
}

test("a burst costs one frame at once and thirty a second then", () => {
  const { clock, pace, drawn } = paced();
  for (let ms = 0; ms < 1000; ms += 1) {
    pace.ask();
    clock.advance(1);
  }
  expect(drawn[0]).toBeLessThanOrEqual(1);
  expect(drawn.length).toBeLessThanOrEqual(Math.ceil(1000 / frameGapMs));
});

test("what answers a key does not wait for its turn", () => {
  const { clock, pace, drawn } = paced();
  pace.ask();
  clock.advance(1);
  pace.ask();
  clock.advance(echoGapMs);
  pace.expectEcho();
  pace.ask();
  clock.advance(1);
  expect(drawn).toHaveLength(2);
});

test("nothing is drawn while it is stopped", () => {
  const { clock, pace, drawn } = paced();
  pace.ask();
  pace.stop();
  pace.ask();
  clock.advance(1000);
  expect(drawn).toEqual([]);
  pace.start();
  pace.ask();
  clock.advance(1);
  expect(drawn).toHaveLength(1);
});
