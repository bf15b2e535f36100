// Holds the wire to its kept bytes: a change of what a message looks like is a change of a fixture.

import { describe, expect, test } from "bun:test";
import { chatProtocol } from "../src/chat/mod.ts";
import type { Codec, WireMessage } from "../src/codec/codec.ts";
import { encodeFrame } from "../src/frame/frame.ts";
import { FrameDecoder } from "../src/frame/frame-decoder.ts";
import { bytesOf, textOf } from "./bytes.ts";
import {
  type Golden,
  goldenCommands,
  goldenEvents,
  goldenFrames,
  goldenPayloads,
  goldenReplies,
} from "./golden.ts";

function holdsTo<M extends WireMessage>(codec: Codec<M>, list: readonly Golden[]): void {
  for (const { name, payload } of list) {
    test(`"${name}" decodes, and encodes to the same bytes`, () => {
      const decoded = codec.decode(bytesOf(payload));
      if (!decoded.ok) throw new Error(`${decoded.fault.field}: ${decoded.fault.message}`);
      expect(decoded.message as WireMessage).toEqual(JSON.parse(payload));
      expect(decoded.text).toBe(payload);
      expect(codec.encode(decoded.message)).toBe(payload);
      expect(codec.parse(JSON.parse(payload))).toEqual(decoded.message);
      expect(name.startsWith(decoded.message.type)).toBe(true);
    });
  }
}

describe("the golden commands", () => holdsTo(chatProtocol.client, goldenCommands));
describe("the golden replies", () => holdsTo(chatProtocol.server, goldenReplies));
describe("the golden events", () => holdsTo(chatProtocol.server, goldenEvents));

describe("the golden fixtures", () => {
  const typesOf = (list: readonly Golden[]) =>
    [...new Set(list.map(({ payload }) => JSON.parse(payload).type as string))].sort();
  const declared = (schemas: typeof chatProtocol.schemas.client) =>
    schemas.map((schema) => schema.shape.type.value).sort();

  test("have every type of message, and no other", () => {
    expect(typesOf(goldenCommands)).toEqual(declared(chatProtocol.schemas.client));
    expect(typesOf([...goldenReplies, ...goldenEvents])).toEqual(
      declared(chatProtocol.schemas.server),
    );
  });

  test("use every field of every message at least once", () => {
    const unused = (schemas: typeof chatProtocol.schemas.client, list: readonly Golden[]) =>
      schemas.flatMap((schema) => {
        const type = schema.shape.type.value;
        const messages = list.map(({ payload }) => JSON.parse(payload));
        const ours = messages.filter((message) => message.type === type);
        const fields = Object.keys(schema.shape);
        return fields.filter((field) => !ours.some((message) => field in message));
      });
    expect(unused(chatProtocol.schemas.client, goldenCommands)).toEqual([]);
    const pushed = [...goldenReplies, ...goldenEvents];
    expect(unused(chatProtocol.schemas.server, pushed)).toEqual([]);
  });

  test("fit in the 4096 bytes of a frame before hello", () => {
    for (const { payload } of goldenPayloads) expect(bytesOf(payload).length).toBeLessThan(4096);
  });

  for (const [name, hex] of goldenFrames) {
    test(`frame ${name}: header and payload are the kept bytes`, () => {
      const frame = new Uint8Array(Buffer.from(hex, "hex"));
      const decoder = new FrameDecoder(4096);
      decoder.push(frame);
      const payload = textOf(decoder.next() as Uint8Array);
      expect(goldenPayloads.map((golden) => golden.payload)).toContain(payload);
      expect(Buffer.from(encodeFrame(payload)).toString("hex")).toBe(hex);
      expect(decoder.next()).toBeNull();
    });
  }
});
