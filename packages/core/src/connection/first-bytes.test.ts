import { expect, test } from "bun:test";
import { FirstBytes } from "./first-bytes.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/** What is known after each of the chunks. */
function chosen(...chunks: string[]): (boolean | null)[] {
  const first = new FirstBytes(100);
  return chunks.map((chunk) => {
    first.push(bytes(chunk));
    expect(first.next()).toBeNull();
    return first.isRequest;
  });
}

test("four bytes make a request, and any other byte before that makes none", () => {
  expect(chosen("G", "E", "T", " ")).toEqual([null, null, null, true]);
  expect(chosen("GET /ws HTTP/1.1")).toEqual([true]);
  expect(chosen("\0\0\0\x05hello")).toEqual([false]);
  expect(chosen("G", "ET", "\t")).toEqual([null, null, false]);
  expect(chosen("get ")).toEqual([false]);
});

test("what has come is given to the decoder that takes over, all of it", () => {
  const first = new FirstBytes(100);
  for (const chunk of ["GE", "T /ws"]) first.push(bytes(chunk));
  expect(Buffer.from(first.take()).toString()).toBe("GET /ws");
  expect(first.bufferedBytes).toBe(0);
});
