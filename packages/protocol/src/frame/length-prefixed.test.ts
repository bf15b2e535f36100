import { describe, expect, test } from "bun:test";
import { decodeChunks } from "../../test/bytes.ts";
import { lengthPrefixed } from "./length-prefixed.ts";

describe("length-prefixed framing", () => {
  test("encodes what its own decoder decodes", () => {
    const target = new Uint8Array(lengthPrefixed.bytesBound("마루"));
    const end = lengthPrefixed.encodeInto(target, 0, "마루");
    expect(end).toBe(lengthPrefixed.headerBytesMax + 6);
    expect(decodeChunks(lengthPrefixed.createDecoder(100), [target.slice(0, end)])).toEqual([
      "마루",
    ]);
  });
});
