import { expect, jest, test } from "bun:test";
import { BatchAcks } from "./acks.ts";

function collect() {
  const told: number[] = [];
  return { told, acks: new BatchAcks((batch) => told.push(batch)) };
}

test("a batch is told by itself after a while, if nothing else took it along", () => {
  jest.useFakeTimers();
  try {
    const { told, acks } = collect();
    acks.applied(1, 0);
    acks.applied(2, 10);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([2]);
    jest.advanceTimersByTime(10_000);
    expect(told).toEqual([2]);
  } finally {
    jest.useRealTimers();
  }
});

test("a batch that was taken along is not told again", () => {
  jest.useFakeTimers();
  try {
    const { told, acks } = collect();
    acks.applied(3, 10);
    expect(acks.take()).toBe(3);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
    acks.applied(4, 10);
    jest.advanceTimersByTime(1_000);
    expect(told).toEqual([4]);
  } finally {
    jest.useRealTimers();
  }
});

test("much memory is told at once", () => {
  const { told, acks } = collect();
  acks.applied(1, 262_143);
  expect(told).toEqual([]);
  acks.applied(2, 1);
  expect(told).toEqual([2]);
  acks.stop();
});
