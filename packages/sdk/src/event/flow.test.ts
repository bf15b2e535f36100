// When reading stops and goes on.

import { expect, test } from "bun:test";
import { Flow } from "./flow.ts";

function flowOf(heldMax: number) {
  const port = { held: 0, awaited: false, paused: false, pause() {}, resume() {} };
  port.pause = () => {
    port.paused = true;
  };
  port.resume = () => {
    port.paused = false;
  };
  const flow = new Flow(heldMax, port);
  const at = (held: number, awaited = false) => {
    Object.assign(port, { held, awaited });
    flow.update();
    return port.paused;
  };
  return { flow, at };
}

test("stops at the bound and goes on at half of it", () => {
  const { at } = flowOf(10);
  expect([9, 10, 9, 6, 5].map((held) => at(held))).toEqual([false, true, true, true, false]);
});

test("reads on beyond the bound while a reply is awaited, but not for ever", () => {
  const { at } = flowOf(10);
  expect(at(10)).toBe(true);
  expect(at(10, true)).toBe(false);
  expect(at(160, true)).toBe(true);
});

test("wakes a call that waits for room once there is some", async () => {
  const { flow, at } = flowOf(10);
  at(10);
  const room = flow.room();
  at(9);
  await room;
  await flow.room();
});

test("a bound of zero holds nothing and never stops", () => {
  const { flow, at } = flowOf(0);
  expect(at(1000)).toBe(false);
  expect(flow.full).toBe(false);
});
