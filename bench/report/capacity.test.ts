import { describe, expect, test } from "bun:test";
import { type CapacityFigures, coreShareMax, headerBytes, needOf, peak } from "./capacity.ts";

const of = (value: number) => ({ value, source: "a test" });
const figures: CapacityFigures = {
  quietCpuUs: of(12),
  busyCpuUs: of(3),
  bytesPerConnection: of(4_000),
  bytesAtStart: of(80e6),
  bytesPerDelivery: of(150),
  logPerSecond: of(100_000),
  returnsPerSecond: of(2_000),
};
const crowd = { online: 60_000, messagesPerMinute: 1, members: 100 };

describe("what a crowd needs", () => {
  const need = needOf(crowd, figures);

  test("is reckoned for the busiest moment", () => {
    expect(need.messagesPerSecond).toBe(1_000 * peak);
    expect(need.deliveriesPerSecond).toBe(100_000 * peak);
  });

  test("in cores lies between the cheaper and the dearer figure, with room on each core", () => {
    const [fewest, most] = need.cores ?? [];
    expect(fewest).toBeCloseTo((0.3 * peak) / coreShareMax);
    expect(most).toBeCloseTo((1.2 * peak) / coreShareMax);
  });

  test("in memory is the server and its connections", () => {
    expect(need.memoryBytes).toBe(80e6 + 60_000 * 4_000);
  });

  test("on the wire is every delivery with its headers", () => {
    expect(need.bitsPerSecond).toBe(100_000 * peak * (150 + headerBytes) * 8);
  });

  test("of the log is its share, and of a return the time", () => {
    expect(need.logShare).toBeCloseTo(0.01 * peak);
    expect(need.secondsUntilBack).toBe(30);
  });

  test("grows in proportion to the people", () => {
    const twice = needOf({ ...crowd, online: 120_000 }, figures);
    expect(twice.deliveriesPerSecond).toBe(2 * need.deliveriesPerSecond);
    expect(twice.cores?.[1]).toBeCloseTo(2 * (need.cores?.[1] ?? 0));
  });
});

test("what was not measured stays unknown, and nothing else does", () => {
  const need = needOf(crowd, { bytesPerDelivery: of(150) });
  expect(need.cores).toBeUndefined();
  expect(need.memoryBytes).toBeUndefined();
  expect(need.logShare).toBeUndefined();
  expect(need.secondsUntilBack).toBeUndefined();
  expect(need.bitsPerSecond).toBeGreaterThan(0);
});
