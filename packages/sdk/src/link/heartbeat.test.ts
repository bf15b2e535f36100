// When to ping, and whom to give up, on a clock of numbers.

import { expect, test } from "bun:test";
import { beat } from "./heartbeat.ts";

const quiet = { heartbeatMs: 20_000, sentAtMs: 0, receivedAtMs: 0, pingedAtMs: 0, deaf: false };

test("does nothing while there is traffic both ways", () => {
  expect(beat({ ...quiet, sentAtMs: 5000, receivedAtMs: 5000 }, 9000)).toEqual({
    action: "none",
    checkInMs: 6000,
  });
});

test("pings when nothing was sent for half a heartbeat", () => {
  expect(beat({ ...quiet, receivedAtMs: 9000 }, 10_000).action).toBe("ping");
});

test("asks a server that is silent even while sending to it", () => {
  expect(beat({ ...quiet, sentAtMs: 9999 }, 10_000).action).toBe("ping");
});

test("takes for dead who was asked and was silent for a heartbeat and ten seconds", () => {
  const asked = { ...quiet, sentAtMs: 29_000, pingedAtMs: 10_000 };
  expect(beat(asked, 29_999).action).toBe("none");
  expect(beat(asked, 30_000).action).toBe("dead");
});

test("asks first after a long sleep, and gives ten seconds to answer", () => {
  expect(beat(quiet, 3_600_000).action).toBe("ping");
  const asked = { ...quiet, sentAtMs: 3_600_000, pingedAtMs: 3_600_000 };
  expect(beat(asked, 3_609_999).action).toBe("none");
  expect(beat(asked, 3_610_000).action).toBe("dead");
});

test("hears nothing against the server while deaf, but keeps pinging", () => {
  const deaf = { ...quiet, deaf: true, pingedAtMs: 10_000, sentAtMs: 10_000 };
  expect(beat(deaf, 3_600_000)).toMatchObject({ action: "ping" });
});
