import { expect, test } from "bun:test";
import fc from "fast-check";
import { bytesOf, cutAt, decodeChunks, streamOf, textOf } from "../../test/bytes.ts";
import { goldenPayloads } from "../../test/golden.ts";
import { type Random, underSeed } from "../../test/seeded.ts";
import { encodeFrame, frameHeaderBytes, readFrameLength } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";

const payloadBytesMax = 65_536;

test("decodes 10,000 streams, each in random pieces, to the payloads they were made of", () => {
  underSeed("random splits", (random) => {
    for (let run = 0; run < 10_000; run += 1) {
      const payloads = Array.from(
        { length: 1 + random(4) },
        () => goldenPayloads[random(goldenPayloads.length)]?.payload ?? "",
      );
      const stream = streamOf(payloads);
      const places = Array.from({ length: random(6) }, () => random(stream.length + 1));
      const decoder = new FrameDecoder(payloadBytesMax);
      const decoded = decodeChunks(decoder, cutAt(stream, places));
      if (decoded.join("\n") !== payloads.join("\n")) {
        throw new Error(`run ${run}: cut at ${places}, got ${decoded}, not ${payloads}`);
      }
      if (decoder.bufferedBytes !== 0) throw new Error(`run ${run}: bytes are left over`);
    }
  });
});

test("gives any bytes whatever in any chunks the payloads of a naive model", () => {
  const chunk = fc.uint8Array({ maxLength: 40 });
  // Small lengths with three zero bytes before them are what makes random bytes frames at all.
  const frame = fc.uint8Array({ minLength: 1, maxLength: 20 }).map((payload) => {
    return encodeFrame(payload);
  });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(chunk, frame, frame), { maxLength: 12 }),
      fc.array(fc.nat(300), { maxLength: 8 }),
      fc.integer({ min: 1, max: 30 }),
      (parts, places, limit) => {
        const stream = new Uint8Array(Buffer.concat(parts));
        const cuts = places.filter((place) => place <= stream.length);
        const decoder = new FrameDecoder(limit);
        const decoded = decodeChunks(decoder, cutAt(stream, cuts));
        const model = naiveDecode(stream, limit);
        expect(decoded).toEqual(model.payloads);
        expect(decoder.fault !== null).toBe(model.faulty);
        expect(decoder.bufferedBytes).toBe(model.rest);
      },
    ),
    { numRuns: 2000 },
  );
});

test("takes payloads at random moments between pushes, in the same order", () => {
  underSeed("random takes", (random) => {
    for (let run = 0; run < 2000; run += 1) takeAtRandom(random);
  });
});

function takeAtRandom(random: Random): void {
  const payloads = Array.from(
    { length: 1 + random(8) },
    (_, n) => `${n}:${"x".repeat(random(600))}`,
  );
  const stream = streamOf(payloads);
  const places = Array.from({ length: random(10) }, () => random(stream.length + 1));
  const decoder = new FrameDecoder(payloadBytesMax);
  const taken: string[] = [];
  const take = (most: number): void => {
    for (let count = 0; count < most; count += 1) {
      const payload = decoder.next();
      if (payload === null) return;
      taken.push(textOf(payload));
    }
  };
  for (const chunk of cutAt(stream, places)) {
    decoder.push(chunk);
    take(random(3));
  }
  take(payloads.length + 1);
  expect(taken).toEqual(payloads);
  expect(decoder.bufferedBytes).toBe(0);
}

/** What a decoder must do, on the whole stream at once and with no regard to speed. */
function naiveDecode(stream: Uint8Array, limit: number) {
  const payloads: string[] = [];
  let at = 0;
  while (stream.length - at >= frameHeaderBytes) {
    const length = readFrameLength(stream, at);
    if (length === 0 || length > limit) return { payloads, faulty: true, rest: 0 };
    if (stream.length - at - frameHeaderBytes < length) break;
    payloads.push(textOf(stream.slice(at + frameHeaderBytes, at + frameHeaderBytes + length)));
    at += frameHeaderBytes + length;
  }
  return { payloads, faulty: false, rest: stream.length - at };
}

test("decodes text of every script, cut inside its characters", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
      fc.nat(),
      (text, seed) => {
        const frame = encodeFrame(text);
        const place = seed % (frame.length + 1);
        const decoder = new FrameDecoder(payloadBytesMax);
        expect(decodeChunks(decoder, cutAt(frame, [place]))).toEqual([textOf(bytesOf(text))]);
      },
    ),
    { numRuns: 1000 },
  );
});
