import { expect, test } from "bun:test";
import fc from "fast-check";
import { nextFrameBoundary, readFrameLength, writeFrameLength } from "./frame.ts";
import { encodeFrame } from "./frame-encoder.ts";

test("reads back every length that it wrote, as DataView does", () => {
  fc.assert(
    fc.property(fc.nat(0xffffffff), fc.nat(8), (length, offset) => {
      const bytes = new Uint8Array(16).fill(0xaa);
      writeFrameLength(bytes, offset, length);
      expect(readFrameLength(bytes, offset)).toBe(length);
      expect(new DataView(bytes.buffer).getUint32(offset)).toBe(length);
      expect(bytes.filter((byte) => byte === 0xaa).length).toBeGreaterThanOrEqual(12);
    }),
  );
  for (const length of [0, 1, 0xff, 0x100, 0x7fffffff, 0x80000000, 0xffffffff]) {
    const bytes = new Uint8Array(4);
    writeFrameLength(bytes, 0, length);
    expect(readFrameLength(bytes, 0)).toBe(length);
  }
});

test("finds the first boundary at or behind a position, as a list of all boundaries tells it", () => {
  const payload = fc.uint8Array({ minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(
      fc.array(payload, { minLength: 1, maxLength: 12 }),
      fc.nat(20),
      fc.nat(11),
      fc.nat(),
      (payloads, lead, startIndex, somewhere) => {
        const frames = payloads.map(encodeFrame);
        const bytes = new Uint8Array(Buffer.concat([new Uint8Array(lead), ...frames]));
        const boundaries = [lead];
        for (const frame of frames) boundaries.push((boundaries.at(-1) ?? 0) + frame.length);
        const start = boundaries[startIndex % boundaries.length] ?? lead;
        const position = start + (somewhere % (bytes.length - start + 1));
        const model = boundaries.find((boundary) => boundary >= start && boundary >= position);
        expect(nextFrameBoundary(bytes, start, position)).toBe(model as number);
      },
    ),
    { numRuns: 2000 },
  );
});

test("stays at a position that is a boundary already, and at the start", () => {
  const bytes = new Uint8Array(Buffer.concat([encodeFrame("one"), encodeFrame("three")]));
  expect(nextFrameBoundary(bytes, 0, 0)).toBe(0);
  expect(nextFrameBoundary(bytes, 0, 1)).toBe(7);
  expect(nextFrameBoundary(bytes, 0, 7)).toBe(7);
  expect(nextFrameBoundary(bytes, 7, 7)).toBe(7);
  expect(nextFrameBoundary(bytes, 0, 8)).toBe(16);
  expect(nextFrameBoundary(bytes, 0, 16)).toBe(16);
});
