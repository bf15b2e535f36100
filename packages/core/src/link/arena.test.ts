import { expect, test } from "bun:test";
import fc from "fast-check";
import { Arena } from "./arena.ts";

const chunkBytes = 64;

/** Writes `bytes` times `value`, as a part of `batch`, and says where they lie. */
function write(arena: Arena, bytes: number, value: number, batch: number) {
  arena.reserve(bytes, batch);
  const { chunk, offset } = arena;
  arena.bytes.fill(value, offset, offset + bytes);
  arena.offset += bytes;
  return { memory: new Uint8Array(chunk.memory), offset, bytes, value, batch };
}

test("goes on in another chunk when one is full, and says so", () => {
  const arena = new Arena(chunkBytes, 1000);
  expect(arena.reserve(chunkBytes, 1)).toBe(false);
  arena.offset = chunkBytes;
  expect(arena.reserve(1, 1)).toBe(true);
  expect(arena.offset).toBe(0);
  expect(arena.chunks).toHaveLength(2);
});

test("an acknowledged chunk is used again instead of a new one", () => {
  const arena = new Arena(chunkBytes, 1000);
  const first = arena.chunk.id;
  write(arena, 60, 1, 1);
  write(arena, 60, 2, 1);
  arena.reclaim(1);
  write(arena, 60, 3, 2);
  write(arena, 60, 4, 2);
  expect(arena.chunk.id).toBe(first);
});

test("is full when what the shards have not acknowledged reaches the bound", () => {
  const arena = new Arena(chunkBytes, 2 * chunkBytes);
  write(arena, 60, 1, 1);
  write(arena, 60, 1, 1);
  expect(arena.isFull).toBe(false);
  write(arena, 60, 1, 2);
  expect(arena.isFull).toBe(true);
  arena.reclaim(0);
  expect(arena.isFull).toBe(true);
  arena.reclaim(1);
  expect(arena.isFull).toBe(false);
});

test("an acknowledgement in the middle of a batch leaves what the batch has written", () => {
  const arena = new Arena(chunkBytes, 1000);
  write(arena, 10, 1, 1);
  arena.reclaim(1);
  const gathered = write(arena, 10, 2, 2);
  arena.reclaim(1);
  write(arena, 10, 3, 2);
  expect(gathered.memory[gathered.offset]).toBe(2);
});

test("bytes stay as they were written until their batch is acknowledged", () => {
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant("write"), n: fc.integer({ min: 1, max: 64 }) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("batch"), n: fc.constant(0) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("ack"), n: fc.nat({ max: 4 }) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const arena = new Arena(chunkBytes, 1000);
      let batch = 1;
      let acked = 0;
      let live: ReturnType<typeof write>[] = [];
      for (const [index, { kind, n }] of steps.entries()) {
        if (kind === "write") live.push(write(arena, n, index % 256, batch));
        else if (kind === "batch") batch += 1;
        else acked = Math.min(batch - 1, acked + n);
        arena.reclaim(acked);
        live = live.filter((written) => written.batch > acked);
        for (const { memory, offset, bytes, value } of live) {
          expect(memory.subarray(offset, offset + bytes).every((byte) => byte === value)).toBe(
            true,
          );
        }
      }
    }),
    { numRuns: 500 },
  );
});
