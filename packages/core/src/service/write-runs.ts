// How messages come to lie in the arena: encoded one behind the other, in runs that ops can point to.

import type { EncodedPayload, Framing } from "@maru/protocol";
import type { Arena } from "../link/arena.ts";

/** Payloads that stand one behind the other in a chunk, and how many they are. */
export type NameRun = (chunk: number, offset: number, length: number, count: number) => void;
/** The payload at a place of what is written, and where it stands. */
export type NamePayload = (place: number, chunk: number, offset: number, length: number) => void;

/**
 * Encodes payloads for a batch and names the runs that they make, one per chunk; before a run, its
 * single payloads, if that is asked for.
 */
export function writeRuns(
  payloads: readonly EncodedPayload[],
  framing: Framing,
  arena: Arena,
  batch: number,
  nameRun: NameRun,
  namePayload?: NamePayload,
): void {
  let chunk = arena.chunk.id;
  let start = arena.offset;
  let count = 0;
  for (let place = 0; place < payloads.length; place += 1) {
    const payload = payloads[place] as EncodedPayload;
    const end = arena.offset;
    if (arena.reserve(framing.bytesBound(payload), batch)) {
      if (count > 0) nameRun(chunk, start, end - start, count);
      count = 0;
      chunk = arena.chunk.id;
      start = arena.offset;
    }
    const offset = arena.offset;
    arena.offset = framing.encodeInto(arena.bytes, offset, payload);
    count += 1;
    namePayload?.(place, chunk, offset, arena.offset - offset);
  }
  if (count > 0) nameRun(chunk, start, arena.offset - start, count);
}
