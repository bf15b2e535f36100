import { describe, expect, test } from "bun:test";
import { cutAt, decodeChunks, joined, streamOf, textOf } from "../../test/bytes.ts";
import { goldenPayloads } from "../../test/golden.ts";
import { encodeFrame, writeFrameLength } from "./frame.ts";
import { FrameDecoder } from "./frame-decoder.ts";

const payloadBytesMax = 65_536;

function header(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  writeFrameLength(bytes, 0, length);
  return bytes;
}

describe("a frame decoder and the chunks of a stream", () => {
  for (const { name, payload } of goldenPayloads) {
    test(`decodes "${name}" identically, split at every byte boundary`, () => {
      const frame = encodeFrame(payload);
      for (let place = 0; place <= frame.length; place += 1) {
        const decoder = new FrameDecoder(payloadBytesMax);
        expect(decodeChunks(decoder, cutAt(frame, [place]))).toEqual([payload]);
        expect(decoder.bufferedBytes).toBe(0);
      }
    });
  }

  test("decodes all message types in one stream, byte by byte", () => {
    const payloads = goldenPayloads.map(({ payload }) => payload);
    const stream = streamOf(payloads);
    const bytes = [...stream].map((byte) => Uint8Array.of(byte));
    expect(decodeChunks(new FrameDecoder(payloadBytesMax), bytes)).toEqual(payloads);
  });

  test("decodes two frames that are split at every pair of places", () => {
    const payloads = ['{"type":"ping","id":1}', '{"type":"pong","re":1}'];
    const stream = streamOf(payloads);
    for (let first = 0; first <= stream.length; first += 1) {
      for (let second = first; second <= stream.length; second += 1) {
        const decoder = new FrameDecoder(payloadBytesMax);
        expect(decodeChunks(decoder, cutAt(stream, [first, second]))).toEqual(payloads);
      }
    }
  });

  test("takes several pushes before the first payload is taken", () => {
    const decoder = new FrameDecoder(payloadBytesMax);
    const stream = streamOf(["one", "two", "three"]);
    for (const chunk of cutAt(stream, [2, 5, 9, 13])) decoder.push(chunk);
    expect(decoder.bufferedBytes).toBe(stream.length);
    expect(decodeChunks(decoder, [new Uint8Array(0)])).toEqual(["one", "two", "three"]);
  });

  test("ignores empty chunks", () => {
    const [head, tail] = cutAt(encodeFrame("hello"), [6]) as [Uint8Array, Uint8Array];
    const empty = new Uint8Array(0);
    const decoder = new FrameDecoder(payloadBytesMax);
    expect(decodeChunks(decoder, [empty, head, empty, empty, tail, empty])).toEqual(["hello"]);
  });

  test("decodes a chunk that is a view into a larger buffer", () => {
    const pool = joined([new Uint8Array(100).fill(7), encodeFrame("inside"), new Uint8Array(50)]);
    const decoder = new FrameDecoder(payloadBytesMax);
    expect(decodeChunks(decoder, [pool.subarray(100, 110)])).toEqual(["inside"]);
  });
});

describe("a frame decoder and the bounds of a length", () => {
  const max = 4096;

  test("takes a payload of exactly the limit, and of one byte", () => {
    const longest = "x".repeat(max);
    expect(decodeChunks(new FrameDecoder(max), [streamOf([longest, "y"])])).toEqual([longest, "y"]);
  });

  const outOfBounds = new Map<string, [Uint8Array, number]>([
    ["0", [header(0), 0]],
    ["max + 1", [header(max + 1), max + 1]],
    ["2^31", [header(2 ** 31), 2 ** 31]],
    ["2^32 - 1", [header(2 ** 32 - 1), 2 ** 32 - 1]],
    ['"GET "', [new TextEncoder().encode("GET "), 0x47455420]],
    ["a TLS greeting", [Uint8Array.of(0x16, 0x03, 0x01, 0x02), 0x16030102]],
  ]);
  for (const [name, [bytes, length]] of outOfBounds) {
    test(`refuses ${name} from its first four bytes, and holds nothing`, () => {
      const decoder = new FrameDecoder(max);
      decoder.push(bytes.slice(0, 3));
      expect(decoder.next()).toBeNull();
      expect(decoder.fault).toBeNull();
      decoder.push(bytes.slice(3));
      expect(decoder.next()).toBeNull();
      expect(decoder.fault).toEqual({ code: "frame_too_large", length, limit: max });
      expect(decoder.bufferedBytes).toBe(0);
    });
  }

  test("gives what came before a bad length, and nothing after it", () => {
    const decoder = new FrameDecoder(max);
    const stream = joined([encodeFrame("good"), header(0), encodeFrame("never")]);
    expect(decodeChunks(decoder, [stream])).toEqual(["good"]);
    expect(decoder.fault).toMatchObject({ code: "frame_too_large", length: 0 });
  });

  test("asserts that what it holds is there, when a caller takes its chunk back", () => {
    const memory = new ArrayBuffer(64, { maxByteLength: 64 });
    const frame = encodeFrame("four");
    new Uint8Array(memory).set(frame);
    const chunk = new Uint8Array(memory);
    const decoder = new FrameDecoder(max);
    decoder.push(chunk);
    memory.resize(frame.length - 1);
    expect(() => decoder.next()).toThrow("end ≤ buffer.length");
  });

  test("asserts that a chunk is no shorter than nothing", () => {
    const decoder = new FrameDecoder(max);
    decoder.push(new Uint8Array(3));
    const lying = Object.defineProperty(new Uint8Array(2), "length", { value: -10 });
    expect(() => decoder.push(lying)).toThrow("start ≤ end");
  });

  test("asserts that it holds little memory while it waits", () => {
    const decoder = new FrameDecoder(max);
    const Real = Uint8Array;
    decoder.push(new Real(new ArrayBuffer(100_000), 0, 2));
    // A copy that pins as much as what it is a copy of.
    globalThis.Uint8Array = class extends Real {
      constructor(bytes: Uint8Array) {
        super(new ArrayBuffer(100_000), 0, bytes.length);
      }
    } as unknown as typeof Uint8Array;
    try {
      expect(() => decoder.next()).toThrow("a waiting decoder holds at most");
    } finally {
      globalThis.Uint8Array = Real;
    }
  });

  test("stays faulty for ever: later bytes are neither decoded nor kept", () => {
    const decoder = new FrameDecoder(max);
    decoder.push(header(0));
    decoder.next();
    const fault = decoder.fault;
    decoder.payloadBytesMax = 2 ** 32;
    expect(decodeChunks(decoder, [encodeFrame("late"), encodeFrame("later")])).toEqual([]);
    expect(decoder.fault).toBe(fault);
    expect(decoder.bufferedBytes).toBe(0);
  });

  test("obeys a limit that is raised between two frames", () => {
    const decoder = new FrameDecoder(10);
    decoder.push(streamOf(["hello", "a payload of more than ten bytes"]));
    expect(textOf(decoder.next() as Uint8Array)).toBe("hello");
    decoder.payloadBytesMax = 100;
    expect(textOf(decoder.next() as Uint8Array)).toBe("a payload of more than ten bytes");
  });

  test("obeys a limit that is lowered between two frames", () => {
    const decoder = new FrameDecoder(100);
    decoder.push(streamOf(["hello", "a payload of more than ten bytes"]));
    expect(textOf(decoder.next() as Uint8Array)).toBe("hello");
    decoder.payloadBytesMax = 10;
    expect(decoder.next()).toBeNull();
    expect(decoder.fault).toEqual({ code: "frame_too_large", length: 32, limit: 10 });
  });
});

describe("a frame decoder and memory", () => {
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

  test("allocates nothing from a claimed length, only for bytes that came", () => {
    const decoder = new FrameDecoder(2 ** 31);
    const claim = header(2 ** 31 - 1);
    const chunks = Array.from({ length: 1000 }, () => Uint8Array.of(1));
    const sizes = allocations(() => {
      decoder.push(claim);
      decoder.next();
      for (const chunk of chunks) {
        decoder.push(chunk);
        decoder.next();
      }
    });
    expect(decoder.bufferedBytes).toBe(1004);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * 1004);
    // Growing by doubling, not by a new array a chunk.
    expect(sizes.length).toBeLessThan(12);
  });

  test("copies no frame that arrives whole", () => {
    const chunk = streamOf(["one", "two"]);
    const decoder = new FrameDecoder(payloadBytesMax);
    decoder.push(chunk);
    expect(decoder.next()?.buffer).toBe(chunk.buffer);
    expect(decoder.next()?.buffer).toBe(chunk.buffer);
  });

  test("keeps payload views readable until the next push, across frames and the end", () => {
    const decoder = new FrameDecoder(payloadBytesMax);
    const [head, tail] = cutAt(streamOf(["first", "second", "third"]), [7]);
    decoder.push(head as Uint8Array);
    expect(decoder.next()).toBeNull();
    decoder.push(tail as Uint8Array);
    const views = [decoder.next(), decoder.next(), decoder.next()];
    expect(decoder.next()).toBeNull();
    expect(views.map((view) => textOf(view as Uint8Array))).toEqual(["first", "second", "third"]);
  });

  test("keeps payload views readable while a large chunk's rest is set aside", () => {
    const decoder = new FrameDecoder(payloadBytesMax);
    const long = "x".repeat(20_000);
    decoder.push(joined([encodeFrame(long), Uint8Array.of(0, 0)]));
    const view = decoder.next() as Uint8Array;
    expect(decoder.next()).toBeNull();
    expect(textOf(view)).toBe(long);
    expect(decoder.bufferedBytes).toBe(2);
  });

  test("reports the bytes that are received and not yet taken", () => {
    const decoder = new FrameDecoder(payloadBytesMax);
    expect(decoder.bufferedBytes).toBe(0);
    decoder.push(streamOf(["four", "fives"]));
    expect(decoder.bufferedBytes).toBe(17);
    decoder.next();
    expect(decoder.bufferedBytes).toBe(9);
    decoder.next();
    expect(decoder.bufferedBytes).toBe(0);
  });

  /** How many of 64 large chunks are still reachable after `feed` and a collection. */
  async function pinnedAfter(feed: (decoder: FrameDecoder) => WeakRef<ArrayBufferLike>) {
    const decoders = Array.from({ length: 64 }, () => new FrameDecoder(payloadBytesMax));
    const chunks = decoders.map(feed);
    // A weak reference is strong until the turn in which it was made is over.
    await Promise.resolve();
    await new Promise<void>((resolve) => setImmediate(resolve));
    Bun.gc(true);
    const pinned = chunks.filter((chunk) => chunk.deref() !== undefined).length;
    return { pinned, decoders };
  }

  test("holds no buffer while idle", async () => {
    const { pinned, decoders } = await pinnedAfter((decoder) => {
      const chunk = streamOf(["x".repeat(50_000)]);
      decodeChunks(decoder, [chunk]);
      return new WeakRef(chunk.buffer);
    });
    expect(decoders.every((decoder) => decoder.bufferedBytes === 0)).toBe(true);
    // The collector scans the stack conservatively: a stray pointer may keep one or two.
    expect(pinned).toBeLessThan(8);
  });

  for (const [name, rest] of [
    ["a byte of a next header", Uint8Array.of(0)],
    ["a next frame's header and a byte", joined([header(100), Uint8Array.of(1)])],
  ] as const) {
    test(`does not pin a large chunk for ${name}`, async () => {
      const { pinned, decoders } = await pinnedAfter((decoder) => {
        // A Buffer, as a socket gives it: its slice() is a view, not a copy.
        const chunk = Buffer.concat([streamOf(["x".repeat(50_000)]), rest]);
        decodeChunks(decoder, [chunk]);
        return new WeakRef(chunk.buffer);
      });
      expect(decoders.every((decoder) => decoder.bufferedBytes === rest.length)).toBe(true);
      expect(pinned).toBeLessThan(8);
    });
  }
});

test("lets go of a socket's chunk, which is a Buffer, when a few bytes of it are left", () => {
  const decoder = new FrameDecoder(payloadBytesMax);
  const next = encodeFrame('{"type":"next"}');
  const chunk = Buffer.concat([encodeFrame(new Uint8Array(60_000)), next.subarray(0, 6)]);
  decoder.push(chunk);
  while (decoder.next() !== null);
  // What it kept is its own: the chunk's memory is no longer looked at.
  chunk.fill(0xff);
  decoder.push(next.subarray(6));
  expect(textOf(decoder.next() ?? new Uint8Array(0))).toBe('{"type":"next"}');
});
