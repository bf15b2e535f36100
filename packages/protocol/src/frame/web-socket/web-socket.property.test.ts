// Method: streams of a client are made of random sound and unsound parts, cut anywhere, and decoded
// beside a model that reads the whole stream at once; then random bytes and mutations, of which it is
// only demanded that they end in payloads, or a fault, and in no more memory than they are long.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { bytesOf, cutAt, decodeChunks, joined, textOf } from "../../../test/bytes.ts";
import { type Random, underSeed } from "../../../test/seeded.ts";
import {
  type ClientFrame,
  clientFrame,
  control,
  readServerFrames,
  upgradeRequest,
} from "../../../test/web-socket-client.ts";
import { createWebSocket, openDecoder } from "../../../test/web-socket-framing.ts";
import { frameOf, type PayloadDecoder } from "../framing.ts";

const limit = 400;
const framing = createWebSocket();
const request = bytesOf(upgradeRequest());
const alphabet = ["a", "é", "한", "🙂", " "];
const nothing = new Uint8Array(0);

/** What a stream must come to. */
interface Model {
  readonly payloads: string[];
  fault: string | null;
  ended: boolean;
  pings: number;
}

function textFrom(random: Random, length: number): string {
  return Array.from({ length }, () => alphabet[random(alphabet.length)]).join("");
}

const keyFrom = (random: Random) => [random(256), random(256), random(256), random(256)] as const;

/** A message in random fragments, with control frames in between. */
function message(random: Random, model: Model): Uint8Array[] {
  const payload = bytesOf(textFrom(random, random(random(4) === 0 ? 160 : 20)));
  const isLong = payload.length > limit;
  if (isLong) model.fault = "frame_too_large";
  else model.payloads.push(textOf(payload));
  const pieces = cutAt(
    payload,
    Array.from({ length: random(4) }, () => random(payload.length + 1)),
  );
  return pieces.flatMap((piece, index) => {
    const opcode = index === 0 ? 1 : 0;
    const key = keyFrom(random);
    const frame = clientFrame(piece, { opcode, fin: index === pieces.length - 1, key });
    // Behind the fragment that passes the bound nothing is looked at.
    if (random(4) > 0 || isLong) return [frame];
    model.pings += 1;
    return [clientFrame(textFrom(random, random(20)), { opcode: control.ping, key }), frame];
  });
}

const broken: ClientFrame[] = [{ isMasked: false }, { reserved: 2 }, { opcode: 2 }, { opcode: 0 }];

function streamFrom(random: Random): { stream: Uint8Array; model: Model } {
  const model: Model = { payloads: [], fault: null, ended: false, pings: 0 };
  const parts = [request];
  for (let left = random(8); left > 0 && model.fault === null && !model.ended; left -= 1) {
    const kind = random(20);
    if (kind === 0) {
      model.fault = "malformed";
      parts.push(clientFrame("x", broken[random(broken.length)]));
    } else if (kind === 1) {
      model.ended = true;
      parts.push(clientFrame(Uint8Array.of(3, 232), { opcode: control.close }));
    } else parts.push(...message(random, model));
  }
  if (model.fault !== null || model.ended) parts.push(clientFrame("behind the end"));
  return { stream: joined(parts), model };
}

test("decodes a stream of messages and control frames however it is split", () => {
  underSeed("web socket streams", (random) => {
    for (let run = 0; run < 3_000; run += 1) {
      const { stream, model } = streamFrom(random);
      const places = Array.from({ length: random(12) }, () => random(stream.length + 1));
      const decoder = framing.createDecoder(limit);
      const decoded = decodeChunks(decoder, cutAt(stream, places));
      const came = { decoded, fault: decoder.fault?.code ?? null, ended: decoder.ended };
      const { payloads, fault, ended } = model;
      if (!Bun.deepEquals(came, { decoded: payloads, fault, ended })) {
        throw new Error(`run ${run}, cut at ${places}: ${JSON.stringify({ came, model })}`);
      }
      if (decoder.bufferedBytes !== 0) throw new Error(`run ${run}: bytes are left over`);
      const reply = textOf(decoder.takeReply() ?? nothing);
      if (!reply.startsWith("HTTP/1.1 101")) throw new Error(`run ${run}: no answer`);
    }
  });
});

/** What holds of a decoder, whatever came. */
function checkBounds(decoder: PayloadDecoder, received: number): void {
  if (decoder.bufferedBytes > received) throw new Error("more is held than has come");
  if ((decoder.takeReply()?.length ?? 0) > 512) throw new Error("a reply is longer than its bound");
  const last = decoder.farewell(frameOf(framing, '{"type":"close"}'));
  if (textOf(last).startsWith("HTTP/1.1 ")) return;
  const frames = readServerFrames(last);
  if (frames.at(-1)?.opcode !== control.close) throw new Error("the last frame is no close");
}

test("ends in payloads or a fault on any bytes, and changed ones", () => {
  underSeed("web socket mutations", (random) => {
    for (let run = 0; run < 6_000; run += 1) {
      const { stream } = streamFrom(random);
      // Most keep their upgrade, so that the frames are looked at too.
      const from = random(5) === 0 ? 0 : Math.min(request.length, stream.length - 1);
      for (let changes = 1 + random(4); changes > 0; changes -= 1) {
        stream[from + random(stream.length - from)] = random(256);
      }
      const places = Array.from({ length: random(6) }, () => random(stream.length + 1));
      const decoder = framing.createDecoder(limit);
      let received = 0;
      for (const chunk of cutAt(stream, places)) {
        received += chunk.length;
        for (const payload of decodeChunks(decoder, [chunk])) {
          expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(limit);
        }
        checkBounds(decoder, received);
      }
    }
  });
});

test("never throws on random bytes, before the upgrade and after it", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), (chunks) => {
      for (const decoder of [framing.createDecoder(limit), openDecoder(limit)]) {
        decodeChunks(
          decoder,
          chunks.map((chunk) => chunk.slice()),
        );
        checkBounds(
          decoder,
          chunks.reduce((sum, { length }) => sum + length, 0),
        );
      }
    }),
    { numRuns: 2_000 },
  );
});

/** Sizes of the arrays that are made while `act` runs. */
function allocations(act: () => void): number[] {
  const sizes: number[] = [];
  const original = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(original, {
    construct(target, args: [unknown]) {
      if (typeof args[0] === "number") sizes.push(args[0]);
      return Reflect.construct(target, args);
    },
  });
  try {
    act();
  } finally {
    globalThis.Uint8Array = original;
  }
  return sizes;
}

test("memory grows with what was received, never with a length that was claimed", () => {
  const decoder = openDecoder(2 ** 31);
  const claim = clientFrame("", { length: 2 ** 31 - 1, extended: 8 });
  const fragment = clientFrame("x".repeat(100), { fin: false });
  const more = clientFrame("y".repeat(100), { opcode: 0, fin: false });
  const sizes = allocations(() => {
    decodeChunks(decoder, [fragment]);
    for (let count = 0; count < 50; count += 1) decodeChunks(decoder, [more.slice()]);
    decodeChunks(decoder, [clientFrame("", { opcode: 0, length: 2 ** 30, extended: 8 })]);
    for (let count = 0; count < 1000; count += 1) decodeChunks(decoder, [Uint8Array.of(1)]);
  });
  expect(decoder.fault).toBeNull();
  expect(decoder.bufferedBytes).toBe(51 * 100 + claim.length + 1000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(4 * decoder.bufferedBytes);
});

test("writes what a client reads, whatever the text is", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary", maxLength: 300 }), { maxLength: 6 }),
      (texts) => {
        const stream = joined(texts.map((text) => frameOf(framing, text)));
        const read = readServerFrames(stream).map(({ payload }) => textOf(payload));
        expect(read).toEqual(texts.map((text) => textOf(bytesOf(text))));
      },
    ),
    { numRuns: 1_000 },
  );
});
