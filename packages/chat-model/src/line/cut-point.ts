// Where a line that is too long may be cut. Pure.

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Bytes around the cut that are looked at for whole letters; longer clusters are cut anywhere. */
const windowBytes = 256;

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/**
 * The largest place ≤ `max` where `bytes`, UTF-8, may be cut: never inside a code point, and not
 * inside a grapheme unless it is longer than a window. `bytes` must be longer than `max`. Where not
 * even one code point fits, behind the first: who cuts comes to an end, whatever `max` is.
 */
export function cutPoint(bytes: Uint8Array, max: number): number {
  const cut = codePointStart(bytes, Math.min(Math.floor(max), bytes.length));
  if (cut <= 0) return firstCodePointEnd(bytes);
  const from = codePointStart(bytes, Math.max(0, cut - windowBytes));
  const to = codePointStart(bytes, Math.min(bytes.length, cut + windowBytes));
  const decoder = new TextDecoder();
  const before = decoder.decode(bytes.subarray(from, cut));
  const around = before + decoder.decode(bytes.subarray(cut, to));
  const start = graphemes.segment(around).containing(before.length)?.index ?? before.length;
  if (start === 0) return cut;
  // Of bytes that are not UTF-8, more may seem to stand there than does.
  const place = cut - Buffer.byteLength(before.slice(start));
  return place > 0 ? place : cut;
}

function firstCodePointEnd(bytes: Uint8Array): number {
  let end = 1;
  while (end < 4 && isContinuation(bytes[end])) end += 1;
  return Math.min(end, bytes.length);
}

/** The last place ≤ `index` where a code point begins. Bytes that are not UTF-8 give `index`. */
function codePointStart(bytes: Uint8Array, index: number): number {
  for (let back = 0; back < 4; back += 1) {
    if (!isContinuation(bytes[index - back])) return index - back;
  }
  return index;
}
