import { expect, test } from "bun:test";
import { defaultLimits } from "@maru/core";
import { limitsFor, workersFor } from "./compose.ts";
import { loadConfig } from "./config/load-config.ts";
import { connectionsFor, openFilesMax } from "./open-files.ts";

const limitsWith = (flags: Record<string, unknown>, files = 100_000) =>
  limitsFor(loadConfig(flags, undefined, {}), files);

test("workers: as many as wanted, or by the cores: one is left for the chat, and few need none", () => {
  expect(workersFor(0, 8)).toBe(0);
  expect(workersFor(12, 2)).toBe(12);
  expect([1, 2, 3, 4, 9, 64].map((cores) => workersFor("auto", cores))).toEqual([0, 0, 2, 3, 8, 8]);
});

test("connections: as many as wanted, never more than the open files allow", () => {
  expect(connectionsFor("auto", 100_000)).toBe(99_000);
  expect(connectionsFor(0, 100_000)).toBe(99_000);
  expect(connectionsFor(3, 100_000)).toBe(3);
  expect(connectionsFor(200_000, 100_000)).toBe(99_000);
  expect(connectionsFor("auto", 1_024)).toBe(512);
  expect(connectionsFor("auto", 10)).toBe(16);
  expect(openFilesMax()).toBeGreaterThan(0);
});

test("connections of one address: no limit on loopback, some elsewhere, or as wanted", () => {
  for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "::1"]) {
    expect(limitsWith({ host })).toMatchObject({ maxConnectionsPerIp: 0 });
  }
  for (const host of ["0.0.0.0", "::", "192.0.2.1", "chat.example"]) {
    expect(limitsWith({ host })).toMatchObject({ maxConnectionsPerIp: 256 });
  }
  expect(limitsWith({ host: "::", maxConnectionsPerIp: 0 })).toMatchObject({
    maxConnectionsPerIp: 0,
  });
  expect(limitsWith({ maxConnectionsPerIp: 7 })).toMatchObject({ maxConnectionsPerIp: 7 });
});

test("each limit of the engine that can be set is what was set", () => {
  const flags = {
    frameBytes: 40_000,
    helloMs: 1,
    inflight: 2,
    inboundBytes: 1_024,
    outboundBytes: 1_100_000,
    drainMs: 3,
    heartbeatMs: 400,
    heartbeatGraceMs: 5,
    sendRate: 6,
    sendBurst: 7,
    markRate: 10,
    markBurst: 11,
    commandRate: 8,
    commandBurst: 9,
  };
  expect(limitsWith(flags)).toMatchObject({
    frameBytes: 40_000,
    helloFrameBytes: 4_096,
    helloMs: 1,
    inflight: 2,
    inboundBytes: 1_024,
    outboundBytes: 1_100_000,
    drainMs: 3,
    heartbeatMs: 400,
    heartbeatGraceMs: 5,
    rates: [
      { types: ["send"], perSecond: 6, burst: 7 },
      { types: ["mark"], perSecond: 10, burst: 11 },
      { perSecond: 8, burst: 9 },
    ],
  });
});

test("the largest frame that may be set fits the engine's queues several times over", () => {
  const { frameBytes } = limitsWith({ frameBytes: 1_048_576, outboundBytes: 2_097_152 });
  expect(frameBytes).toBe(1_048_576);
  expect(defaultLimits.uplinkBytes).toBeGreaterThanOrEqual(1_048_576);
  expect(defaultLimits.downlinkBytes).toBeGreaterThanOrEqual(8 * 1_048_576);
});
