import { expect, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import { ReadFrames, saidIn } from "./seen-frames.ts";

const frameOf = (message: object) => encodeFrame(JSON.stringify(message));

test("a frame is told as it stands on the wire, however it was cut", () => {
  const bytes = frameOf({ type: "ping", id: 1 });
  const frames = new ReadFrames();
  expect(frames.read(bytes.subarray(0, 3))).toEqual({
    ...{ what: "read", bytes: 3, frames: [], more: 0, held: 3, isForeign: false },
  });
  expect(frames.read(bytes.subarray(3)).frames).toEqual([
    {
      length: 22,
      header: "00 00 00 16",
      head: "7b 22 74 79 70 65 22 3a",
      json: '{"type":"ping","id":1}',
    },
  ]);
});

test("of many frames in one read the first are told, the others counted", () => {
  const ping = frameOf({ type: "ping", id: 1 });
  const seen = new ReadFrames().read(Buffer.concat(new Array(10).fill(ping)));
  expect([seen.frames.length, seen.more, seen.held]).toEqual([4, 6, 0]);
});

test("what lets another take a session over is not told", () => {
  const hello = { type: "hello", id: 1, nick: "ann", resume: "s3cret" };
  const [frame] = new ReadFrames().read(frameOf(hello)).frames;
  expect(frame?.json).toBe('{"type":"hello","id":1,"nick":"ann","resume":"(secret)"}');
});

test("nothing of a payload moves the terminal, and the end of a long one is cut", () => {
  const [turned] = new ReadFrames().read(frameOf({ text: "a\u202eb\u009b2J" })).frames;
  expect(turned?.json).toBe('{"text":"a\\u{202e}b\\u{9b}2J"}');
  const [long] = new ReadFrames().read(frameOf({ text: "x".repeat(9_000) })).frames;
  expect(long?.json?.length).toBeLessThan(300);
  const [bytes] = new ReadFrames().read(encodeFrame(Uint8Array.of(255, 27, 91))).frames;
  expect(bytes).toMatchObject({ json: null, head: "ff 1b 5b" });
});

test("of what goes out the types are known, and whom a welcome is for", () => {
  const frames = Buffer.concat([
    frameOf({ type: "welcome", re: 1, nick: "ann", session: "s3cret" }),
    frameOf({ type: "message", from: "bob", text: "for ann" }),
  ]);
  expect(saidIn(frames)).toEqual([
    { type: "welcome", nick: "ann" },
    { type: "message", nick: "" },
  ]);
});

test("of another framing what goes out is known by its JSON, and what comes in is not", () => {
  const welcome = JSON.stringify({ type: "welcome", re: 1, nick: 'a"n', session: "s3cret" });
  const framed = Buffer.concat([Buffer.of(0x81, 0x7e, 0, welcome.length), Buffer.from(welcome)]);
  expect(saidIn(framed)).toEqual([{ type: "welcome", nick: 'a"n' }]);
  expect(saidIn(Buffer.from("HTTP/1.1 101 Switching Protocols"))).toEqual([]);
  const upgrade = new ReadFrames().read(Buffer.from("GET /ws HTTP/1.1"));
  expect([upgrade.isForeign, upgrade.frames]).toEqual([true, []]);
});

test("of a write that holds very many the first are known", () => {
  const frame = frameOf({ type: "message" });
  expect(saidIn(Buffer.concat(new Array(1_000).fill(frame)))).toHaveLength(16);
});
