import { expect, test } from "bun:test";
import { bytesOf } from "../../test/bytes.ts";
import { goldenCommands, goldenPayloads } from "../../test/golden.ts";
import { type Random, underSeed } from "../../test/seeded.ts";
import { chatProtocol } from "../chat/mod.ts";
import { encodeFrame } from "../frame/frame.ts";
import { FrameDecoder } from "../frame/frame-decoder.ts";
import type { Codec, Decoded, WireMessage } from "./codec.ts";

const runs = 100_000;
const payloadBytesMax = 4096;
const faultCodes = new Set(["malformed", "unknown_type", "invalid_message"]);
const commands = goldenCommands.map(({ payload }) => bytesOf(payload));
const everything = goldenPayloads.map(({ payload }) => bytesOf(payload));

/** What hostile JSON is made of: inserted somewhere, it makes deeper damage than a flipped bit. */
const snippets = [
  '"__proto__":{},',
  '"id":1,',
  '"type":"send",',
  "\\ud800",
  "\\u0000",
  "null",
  "[[[[",
  "}}",
  "{",
  '"',
  ",",
  "1e999",
  "-0",
  "\ufeff",
  "\u0007",
  "가",
  "👋",
  '"type":"nope",',
  '"versions":[',
].map(bytesOf);

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;

function spliced(bytes: Uint8Array, at: number, cut: number, put: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]));
}

function mutated(random: Random, bytes: Uint8Array): Uint8Array {
  const at = random(bytes.length + 1);
  switch (random(6)) {
    case 0:
      return spliced(bytes, at, 1, Uint8Array.of(random(256)));
    case 1:
      return spliced(bytes, at, random(8), new Uint8Array(0));
    case 2:
      return spliced(bytes, at, 0, pick(random, snippets));
    case 3:
      return spliced(bytes, at, random(8), pick(random, snippets));
    case 4:
      return bytes.slice(0, at);
    default:
      return spliced(
        bytes,
        at,
        0,
        bytes.subarray(random(bytes.length + 1), random(bytes.length + 1)),
      );
  }
}

/** A stream of a few frames: some whole, some with broken payloads, some with broken headers. */
function hostileStream(random: Random): Uint8Array {
  let payload = pick(random, commands);
  for (let count = random(4); count > 0; count -= 1) payload = mutated(random, payload);
  const frame = encodeFrame(payload);
  switch (random(10)) {
    case 0:
      return mutated(random, frame);
    case 1:
      return Uint8Array.from({ length: random(64) }, () => random(256));
    default:
      return frame;
  }
}

function judge<M extends WireMessage>(codec: Codec<M>, decoded: Decoded<M>): string {
  if (decoded.ok) {
    codec.parse(JSON.parse(decoded.text));
    return "message";
  }
  const { code, message, field, id } = decoded.fault;
  if (!faultCodes.has(code)) throw new Error(`an unknown code: ${code}`);
  if (/zod|stack|\n/i.test(message) || message.length > 80) throw new Error(`prose: ${message}`);
  if (field !== undefined && !/^[\w.$?-]{0,64}$/.test(field)) throw new Error(`a field: ${field}`);
  if (id !== undefined && !(Number.isSafeInteger(id) && id >= 1)) throw new Error(`an id: ${id}`);
  return code;
}

/** Decodes a stream in two pieces; what comes out is counted by kind. */
function feed(random: Random, stream: Uint8Array, outcomes: Map<string, number>): void {
  const decoder = new FrameDecoder(payloadBytesMax);
  const cut = random(stream.length + 1);
  const count = (kind: string) => outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
  let steps = 0;
  for (const chunk of [stream.slice(0, cut), stream.slice(cut)]) {
    decoder.push(chunk);
    for (let payload = decoder.next(); payload !== null; payload = decoder.next()) {
      if (payload.length < 1 || payload.length > payloadBytesMax) throw new Error("out of bounds");
      steps += 1;
      if (steps > stream.length / 5) throw new Error("more payloads than the bytes can hold");
      count(judge(chatProtocol.client, chatProtocol.client.decode(payload)));
    }
  }
  if (decoder.fault !== null) count(decoder.fault.code);
  else if (decoder.bufferedBytes > 0) count("incomplete");
  if (decoder.bufferedBytes > stream.length) throw new Error("more is buffered than came");
}

test("100,000 hostile frames each lead to a message or a typed fault, and to no exception", () => {
  underSeed("hostile frames", (random) => {
    const outcomes = new Map<string, number>();
    for (let run = 0; run < runs; run += 1) feed(random, hostileStream(random), outcomes);
    // The mutations must reach every outcome, or the run has shown nothing.
    const kinds = ["message", ...faultCodes, "frame_too_large", "incomplete"];
    for (const kind of kinds) expect([kind, (outcomes.get(kind) ?? 0) > 100]).toEqual([kind, true]);
  });
}, 60_000);

test("20,000 hostile payloads of a server do a client no harm", () => {
  underSeed("hostile servers", (random) => {
    for (let run = 0; run < 20_000; run += 1) {
      let payload = pick(random, everything);
      for (let count = 1 + random(3); count > 0; count -= 1) payload = mutated(random, payload);
      judge(chatProtocol.server, chatProtocol.server.decode(payload));
    }
  });
}, 60_000);
