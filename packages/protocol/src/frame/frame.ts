// The frame: the one unit that crosses the wire.
// Owns the header's layout and the bounds of a length; reads and writes no socket.
//
//   0        4                       4+length
//   ┌────────┬───────────────────────┐
//   │ length │ payload               │   length: u32, big-endian, 1 ≤ length ≤ limit
//   └────────┴───────────────────────┘

/** Bytes of the length that precedes every payload. */
export const frameHeaderBytes = 4;

/** Reads the length at `offset`; the caller guarantees four readable bytes there. */
export function readFrameLength(bytes: Uint8Array, offset: number): number {
  return (
    ((bytes[offset] as number) * 0x1000000 +
      (((bytes[offset + 1] as number) << 16) |
        ((bytes[offset + 2] as number) << 8) |
        (bytes[offset + 3] as number))) >>>
    0
  );
}

/** Writes `length` as the four header bytes at `offset`. */
export function writeFrameLength(bytes: Uint8Array, offset: number, length: number): void {
  bytes[offset] = length >>> 24;
  bytes[offset + 1] = length >>> 16;
  bytes[offset + 2] = length >>> 8;
  bytes[offset + 3] = length;
}

/**
 * The first place ≥ `position` where a frame begins, walking whole frames from `start`.
 *
 * `start` must be the first byte of a frame, and the frame that holds `position` must be there with
 * its header. There a closing frame may be put without cutting another in two.
 */
export function nextFrameBoundary(bytes: Uint8Array, start: number, position: number): number {
  let boundary = start;
  while (boundary < position) boundary += frameHeaderBytes + readFrameLength(bytes, boundary);
  return boundary;
}
