// How much of a list one frame holds: lists of names are cut by bytes as well as by number, so that
// not even the longest names make a frame that a client must refuse.

/** Bytes of a frame that are left for a message's other fields: a room, a topic, the keys. */
const otherBytes = 2_560;

/** At most what a text takes in JSON: three bytes a UTF-16 unit, or an escape of two; the quotes. */
export function jsonBytesMax(text: string): number {
  return text.length * 3 + 3;
}

/** What a name or a topic takes in JSON and a comma; of the topic, quotes may take more. */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(text) + 3;
}

/** Whether a list of so many bytes fits a frame beside the other fields of its message. */
export function frameHolds(frameBytes: number, listBytes: number): boolean {
  return listBytes + otherBytes <= frameBytes;
}

/**
 * The first items that one frame holds, at most `countMax` and at least one, and their bytes; `more` if
 * there are.
 */
export function firstThatFit<T>(
  items: Iterable<T>,
  bounds: { readonly countMax: number; readonly frameBytes: number },
  bytesOf: (item: T) => number,
): { readonly first: T[]; readonly bytes: number; readonly more: boolean } {
  const first: T[] = [];
  let bytes = 0;
  for (const item of items) {
    const itemBytes = bytesOf(item);
    const fits = first.length === 0 || frameHolds(bounds.frameBytes, bytes + itemBytes);
    if (first.length >= bounds.countMax || !fits) return { first, bytes, more: true };
    bytes += itemBytes;
    first.push(item);
  }
  return { first, bytes, more: false };
}
