import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { encodeFrame, encodeFrameInto, frameBytesBound } from "./frame-encoder.ts";

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
