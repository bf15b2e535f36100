// The pulse over time, on a clock that the test turns.

import { expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { silenceGraceMs } from "./heartbeat.ts";
import { HeartbeatTimer } from "./heartbeat-timer.ts";

for (const heartbeatMs of [1_000, 8_000, 30_000]) {
  test(`a peer that is silent is given up in time, however often it is pinged: ${heartbeatMs} ms`, () => {
    const clock = new VirtualClock();
    let deaths = 0;
    const timer: HeartbeatTimer = new HeartbeatTimer(clock, {
      ping: () => timer.sent(),
      dead: () => {
        deaths += 1;
      },
    });
    timer.start(heartbeatMs);
    clock.advance(heartbeatMs + silenceGraceMs - 1);
    expect(deaths).toBe(0);
    clock.advance(heartbeatMs / 2 + 1);
    expect(deaths).toBe(1);
    expect(clock.pending).toBe(0);
  });
}
