import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  encodeFrame,
  encodeFrameInto,
  frameBytesBound,
  nextFrameBoundary,
  readFrameLength,
  writeFrameLength,
} from "./frame.ts";

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

/** What a frame must be, by way of Buffer. */
function modelFrame(payload: string | Uint8Array): Uint8Array {
  const body = typeof payload === "string" ? Buffer.from(payload, "utf8") : Buffer.from(payload);
  const header = Buffer.alloc(4);
  header.writeUInt32BE(body.length);
  return new Uint8Array(Buffer.concat([header, body]));
}

/** Each writes into an array between other bytes, which must stay as they are. */
function written(target: Uint8Array, offset: number, payload: string | Uint8Array): Uint8Array {
  target.fill(0x55);
  const end = encodeFrameInto(target, offset, payload);
  const around = [...target.subarray(0, offset)];
  expect(around.every((byte) => byte === 0x55)).toBe(true);
  return target.slice(offset, end);
}

const samples = [
  "a",
  "plain ASCII",
  "안녕하세요, 마루입니다",
  "가".normalize("NFD"),
  "👋🏽 and 👨‍👩‍👧‍👦 and 🇰🇷",
  "é ü ß İ ı",
  '{"type":"send","id":1,"text":"마루 \\n 👋"}',
  "\u0000\u001f\u007f\u0080",
  "an unpaired \ud800 half",
];

describe("a frame", () => {
  for (const text of samples) {
    test(`of ${JSON.stringify(text)} has the bytes that Buffer gives it`, () => {
      expect(encodeFrame(text)).toEqual(modelFrame(text));
      const shared = new Uint8Array(new SharedArrayBuffer(frameBytesBound(text) + 20));
      expect(written(shared, 7, text)).toEqual(modelFrame(text));
    });
  }

  test("of any text or bytes is the model's, in memory of its own and in shared memory", () => {
    const payload = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.uint8Array({ maxLength: 80 }),
    );
    fc.assert(
      fc.property(payload, fc.nat(9), (value, offset) => {
        const model = modelFrame(value);
        const bound = frameBytesBound(value);
        expect(model.length).toBeLessThanOrEqual(bound);
        expect(encodeFrame(value)).toEqual(model);
        expect(written(new Uint8Array(offset + bound), offset, value)).toEqual(model);
        const shared = new Uint8Array(new SharedArrayBuffer(offset + bound));
        expect(written(shared, offset, value)).toEqual(model);
      }),
      { numRuns: 1000 },
    );
  });

  test("follows another one without a gap", () => {
    const target = new Uint8Array(100);
    const middle = encodeFrameInto(target, 0, "하나");
    const end = encodeFrameInto(target, middle, "둘");
    const both = Buffer.concat([modelFrame("하나"), modelFrame("둘")]);
    expect(target.slice(0, end)).toEqual(new Uint8Array(both));
  });

  test("is never cut short: a target that is too small is a bug that throws", () => {
    for (const payload of ["too long for it", "마루마루", new Uint8Array(20)]) {
      expect(() => encodeFrameInto(new Uint8Array(10), 0, payload)).toThrow(RangeError);
    }
  });
});
