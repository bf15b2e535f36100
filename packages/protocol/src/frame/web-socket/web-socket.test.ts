import { describe, expect, test } from "bun:test";
import { bytesOf, decodeChunks, joined, textOf } from "../../../test/bytes.ts";
import {
  type ClientFrame,
  clientFrame,
  control,
  readClose,
  readServerFrames,
  text,
  upgradeRequest,
} from "../../../test/web-socket-client.ts";
import { createWebSocket, openDecoder } from "../../../test/web-socket-framing.ts";
import { frameOf, type PayloadDecoder } from "../framing.ts";

const framing = createWebSocket();
const close = (code: string, reason: string, reconnect: string) =>
  frameOf(framing, JSON.stringify({ type: "close", code, reason, reconnect }));
const nothing: Uint8Array = new Uint8Array(0);
const farewellOf = (decoder: PayloadDecoder, last = nothing) =>
  readClose(readServerFrames(decoder.farewell(last)).at(-1) as never);

describe("messages", () => {
  test("come out of masked frames of every length form, in any fragments", () => {
    const decoder = openDecoder(200_000);
    const long = "나".repeat(40_000);
    const middle = "é".repeat(100);
    const stream = joined([
      clientFrame("short"),
      clientFrame(middle),
      clientFrame(long),
      clientFrame("", { extended: 8 }),
      clientFrame("one ", { fin: false }),
      clientFrame("two ", { opcode: 0, fin: false }),
      clientFrame("three", { opcode: 0 }),
    ]);
    expect(decodeChunks(decoder, [stream])).toEqual(["short", middle, long, "", "one two three"]);
    expect(decoder.bufferedBytes).toBe(0);
  });

  test("may be cut in the middle of a character", () => {
    const bytes = bytesOf("한");
    const frames = [...bytes].map((byte, index) =>
      clientFrame(Uint8Array.of(byte), { opcode: index === 0 ? text : 0, fin: index === 2 }),
    );
    expect(decodeChunks(openDecoder(10), frames)).toEqual(["한"]);
  });

  test("may stand behind the upgrade request in one chunk, and wait there for its answer", () => {
    const decoder = framing.createDecoder(100);
    const stream = joined([bytesOf(upgradeRequest()), clientFrame("first"), clientFrame("second")]);
    expect(decodeChunks(decoder, [stream])).toEqual(["first", "second"]);
    expect(textOf(decoder.takeReply() ?? nothing)).toStartWith("HTTP/1.1 101 ");
    expect(decoder.takeReply()).toBeNull();
  });

  test("are bounded: noticed at the first fragment that passes, before its payload has come", () => {
    const limit = 10;
    const exact = openDecoder(limit);
    const parts = [clientFrame("12345", { fin: false }), clientFrame("67890", { opcode: 0 })];
    expect(decodeChunks(exact, parts)).toEqual(["1234567890"]);
    const decoder = openDecoder(limit);
    decodeChunks(decoder, [clientFrame("12345", { fin: false })]);
    decodeChunks(decoder, [clientFrame("", { opcode: 0, fin: false, length: 6 })]);
    expect(decoder.fault).toEqual({ code: "frame_too_large", length: 11, limit });
    expect(farewellOf(decoder).code).toBe(1009);
    expect(decoder.bufferedBytes).toBe(0);
  });

  test("that claim to be longer than any memory cost none", () => {
    const decoder = openDecoder(10);
    decodeChunks(decoder, [clientFrame("", { length: 2 ** 53, extended: 8 })]);
    expect(decoder.fault).toMatchObject({ code: "frame_too_large", length: 2 ** 53 });
  });
});

describe("what is no WebSocket's is closed with the standard's code", () => {
  const faults: [string, number, (string | Uint8Array)[], ClientFrame[]][] = [
    ["binary", 1003, [Uint8Array.of(1)], [{ opcode: 2 }]],
    ["no mask", 1002, ["text"], [{ isMasked: false }]],
    ["a reserved bit, as of compression", 1002, ["text"], [{ reserved: 4 }]],
    ["a reserved kind of data", 1002, ["text"], [{ opcode: 3 }]],
    ["a reserved kind of control", 1002, ["text"], [{ opcode: 11 }]],
    ["a fragment of nothing", 1002, ["text"], [{ opcode: 0 }]],
    ["a message inside a message", 1002, ["a", "b"], [{ fin: false }, { fin: false }]],
    ["a ping in fragments", 1002, ["text"], [{ opcode: control.ping, fin: false }]],
    ["a ping of 126 bytes", 1002, ["x".repeat(126)], [{ opcode: control.ping }]],
    ["a close of one byte", 1002, [Uint8Array.of(3)], [{ opcode: control.close }]],
    ["a close with 1005", 1002, [Uint8Array.of(3, 237)], [{ opcode: control.close }]],
    ["a close with 5000", 1002, [Uint8Array.of(19, 136)], [{ opcode: control.close }]],
    ["a close in no UTF-8", 1007, [Uint8Array.of(3, 232, 255)], [{ opcode: control.close }]],
    ["text in no UTF-8", 1007, [Uint8Array.of(0x61, 0xff)], [{}]],
    ["half a character at the end", 1007, [bytesOf("한").slice(0, 2)], [{}]],
    ["a surrogate", 1007, [Uint8Array.of(0xed, 0xa0, 0x80)], [{}]],
  ];
  test.each(faults)("%s", (_name, code, payloads, hows) => {
    const decoder = openDecoder(1000);
    decodeChunks(
      decoder,
      payloads.map((payload, index) => clientFrame(payload, hows[index])),
    );
    expect(decoder.fault).not.toBeNull();
    expect(farewellOf(decoder).code).toBe(code);
    const fault = decoder.fault;
    expect(decodeChunks(decoder, [clientFrame("late")])).toEqual([]);
    expect(decoder.fault).toBe(fault);
  });

  test("and needs no more of a frame than its first two bytes", () => {
    for (const start of [
      [0xff, 0xff],
      [0x81, 0x7f],
      [0x89, 0xfe],
      [0x82, 0xff],
    ]) {
      const decoder = openDecoder(1000);
      decodeChunks(decoder, [Uint8Array.from(start)]);
      expect(decoder.fault).not.toBeNull();
    }
    const decoder = openDecoder(100);
    decodeChunks(decoder, [Uint8Array.of(0x81, 0xff)]);
    expect(decoder.fault).toBeNull();
  });

  test("but what came before it is handled", () => {
    const decoder = openDecoder(100);
    const stream = joined([clientFrame("good"), clientFrame("bad", { opcode: 2 })]);
    expect(decodeChunks(decoder, [stream])).toEqual(["good"]);
  });
});

describe("control frames", () => {
  test("may stand between fragments; a ping of 125 bytes is answered with its payload", () => {
    const decoder = openDecoder(100);
    const payload = "p".repeat(125);
    const chunks = [
      clientFrame("a", { fin: false }),
      clientFrame(payload, { opcode: control.ping }),
      clientFrame("", { opcode: control.pong }),
      clientFrame("b", { opcode: 0 }),
    ];
    expect(decodeChunks(decoder, chunks)).toEqual(["ab"]);
    const [pong] = readServerFrames(decoder.takeReply() ?? nothing);
    expect(pong).toEqual({ opcode: control.pong, payload: bytesOf(payload) });
  });

  test("are answered for the newest ping alone, and counted by their bytes", () => {
    const decoder = openDecoder(100);
    const pings = Array.from({ length: 1000 }, (_, n) =>
      clientFrame(String(n), { opcode: control.ping }),
    );
    decoder.takeControlBytes();
    const stream = joined(pings);
    expect(decodeChunks(decoder, [stream])).toEqual([]);
    expect(
      readServerFrames(decoder.takeReply() ?? nothing).map(({ payload }) => textOf(payload)),
    ).toEqual(["999"]);
    expect(decoder.takeControlBytes()).toBe(stream.length);
    expect(decoder.takeControlBytes()).toBe(0);
  });

  test("end the stream: what follows is not looked at, and the peer's code comes back", () => {
    const decoder = openDecoder(100);
    const end = clientFrame(Uint8Array.of(0x0f, 0xa1, ...bytesOf("bye")), {
      opcode: control.close,
    });
    expect(decodeChunks(decoder, [joined([end, clientFrame("late")])])).toEqual([]);
    expect(decoder.ended).toBe(true);
    expect(decoder.fault).toBeNull();
    expect(farewellOf(decoder)).toEqual({ code: 4001, reason: "" });
    expect(decodeChunks(decoder, [clientFrame("later")])).toEqual([]);
    const silent = openDecoder(100);
    decodeChunks(silent, [clientFrame("", { opcode: control.close })]);
    expect([...silent.farewell(nothing)]).toEqual([0x88, 0]);
  });
});

describe("the last words", () => {
  test("are the protocol's close, and behind it a close frame that says whether to come back", () => {
    const codes = { never: 4000, backoff: 4001, now: 4002 };
    for (const [reconnect, code] of Object.entries(codes)) {
      const last = close("slow_consumer", "You read too slowly.", reconnect);
      const [said, end] = readServerFrames(openDecoder(100).farewell(last));
      expect(JSON.parse(textOf(said?.payload ?? nothing))).toMatchObject({ code: "slow_consumer" });
      const reason = "slow_consumer: You read too slowly.";
      expect(readClose(end as never)).toEqual({ code, reason });
    }
  });

  test("are cut at a character where they would pass 123 bytes", () => {
    // 3 bytes of code and colon and space, then 60 of 2 bytes: one byte is left, and no character fits.
    for (const [length, kept] of [
      [60, 60],
      [61, 60],
    ] as const) {
      const last = close("c", "é".repeat(length), "never");
      expect(farewellOf(openDecoder(9), last).reason).toBe(`c: ${"é".repeat(kept)}`);
    }
    const emoji = close("c", "🙂".repeat(40), "never");
    expect(farewellOf(openDecoder(9), emoji).reason).toBe(`c: ${"🙂".repeat(30)}`);
  });

  test("of a stream that ends without a word are 1000", () => {
    expect(farewellOf(openDecoder(9))).toEqual({ code: 1000, reason: "" });
  });

  test("are HTTP's where there is no WebSocket yet", () => {
    const decoder = framing.createDecoder(9);
    expect(textOf(decoder.farewell(close("too_many_connections", "Full.", "backoff")))).toMatch(
      /^HTTP\/1\.1 503 Service Unavailable\r\n[\s\S]*\r\n\r\nFull\.\n$/,
    );
    expect(textOf(decoder.farewell(close("hello_timeout", "Too late.", "backoff")))).toStartWith(
      "HTTP/1.1 408 Request Timeout\r\n",
    );
    expect(textOf(decoder.farewell(nothing))).toStartWith("HTTP/1.1 503 ");
  });
});

describe("what the server sends", () => {
  test("is one text frame with the shortest header, for text of any width", () => {
    const payloads = [0, 1, 125, 126, 65_535, 65_536].flatMap((length) => [
      "x".repeat(length),
      "é".repeat(length / 2),
      "나".repeat(length / 3),
      "🙂".repeat(length / 4),
    ]);
    payloads.push("나".repeat(42), "나".repeat(22_000), "é".repeat(63));
    for (const payload of payloads) {
      const frames = readServerFrames(frameOf(framing, payload));
      expect(frames.map(({ opcode }) => opcode)).toEqual([text]);
      expect(textOf(frames[0]?.payload ?? nothing)).toBe(payload);
      expect(frameOf(framing, bytesOf(payload))).toEqual(frameOf(framing, payload));
    }
  });

  test("stays inside its bound, in shared memory too, and leaves what stands around it", () => {
    const payload = "나".repeat(60);
    const bound = framing.bytesBound(payload);
    const target = new Uint8Array(new SharedArrayBuffer(bound + 14));
    target.fill(0xaa);
    const end = framing.encodeInto(target, 7, payload);
    expect(end).toBe(7 + 4 + 180);
    expect([...target.subarray(0, 7)]).toEqual(new Array(7).fill(0xaa));
    expect([...target.subarray(7 + bound)]).toEqual(new Array(7).fill(0xaa));
    expect(() => framing.encodeInto(new Uint8Array(10), 0, "too long for it")).toThrow(RangeError);
  });

  test("may be cut at any frame's beginning, the answer to the upgrade and a refusal included", () => {
    const opened = openDecoder(9, { keepReply: true });
    const answer = opened.takeReply() ?? nothing;
    decodeChunks(opened, [clientFrame("p", { opcode: control.ping })]);
    const refused = framing.createDecoder(9).farewell(close("full", "Full: 없음.", "backoff"));
    const pieces = [
      answer,
      frameOf(framing, "short"),
      opened.takeReply() ?? nothing,
      frameOf(framing, "x".repeat(300)),
      frameOf(framing, "x".repeat(70_000)),
      opened.farewell(close("c", "r", "now")),
      refused,
    ];
    const stream = joined([...pieces, Uint8Array.of(0, 0, 0)]);
    const ends = pieces.map((_, index) => joined(pieces.slice(0, index + 1)).length);
    const places = [0, ...ends, (ends[5] as number) - 5];
    for (const place of places) {
      const boundary = framing.nextBoundary(stream, 0, place);
      expect(boundary).toBeGreaterThanOrEqual(place);
      const next = ends.find((end) => end >= place) ?? 0;
      expect(boundary).toBeLessThanOrEqual(place === 0 ? 0 : next);
    }
    for (const end of ends) {
      expect(framing.nextBoundary(stream, 0, end)).toBe(end);
      expect(framing.nextBoundary(stream, 0, end - 1)).toBe(end);
    }
  });
});
