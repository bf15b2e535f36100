import { describe, expect, test } from "bun:test";
import { bytesOf, decodeChunks, textOf } from "../../test/bytes.ts";
import { rawBytes } from "./raw-bytes.ts";

describe("no framing", () => {
  test("takes every chunk as a payload", () => {
    const decoder = rawBytes.createDecoder(100);
    decoder.push(bytesOf("one"));
    decoder.push(bytesOf("two"));
    expect(decoder.bufferedBytes).toBe(6);
    expect(textOf(decoder.next() as Uint8Array)).toBe("one");
    expect(decoder.bufferedBytes).toBe(3);
    expect(textOf(decoder.next() as Uint8Array)).toBe("two");
    expect(decoder.next()).toBeNull();
    expect(decoder.bufferedBytes).toBe(0);
    expect(decoder.fault).toBeNull();
  });

  test("cuts a chunk that is longer than a payload may be, and loses no byte", () => {
    expect(decodeChunks(rawBytes.createDecoder(4), [bytesOf("abcdefghi")])).toEqual([
      "abcd",
      "efgh",
      "i",
    ]);
  });

  test("writes text and bytes as they are", () => {
    const target = new Uint8Array(rawBytes.bytesBound("마루"));
    expect(rawBytes.encodeInto(target, 0, "마루")).toBe(6);
    expect(textOf(target.slice(0, 6))).toBe("마루");
    expect(rawBytes.encodeInto(target, 0, bytesOf("ok"))).toBe(2);
    expect(rawBytes.headerBytesMax).toBe(0);
  });

  test("may be cut anywhere", () => {
    expect(rawBytes.nextBoundary(new Uint8Array(9), 0, 5)).toBe(5);
  });
});
