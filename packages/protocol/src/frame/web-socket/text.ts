// The payload of a client's frame: unmasked (RFC 6455, 5.3), and whether what comes out is text.

const textDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Unmasks the payload where it lies. The key is four bytes. */
export function unmask(payload: Uint8Array, key: Uint8Array): void {
  const [a, b, c, d] = key as unknown as [number, number, number, number];
  const whole = payload.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    payload[at] = (payload[at] as number) ^ a;
    payload[at + 1] = (payload[at + 1] as number) ^ b;
    payload[at + 2] = (payload[at + 2] as number) ^ c;
    payload[at + 3] = (payload[at + 3] as number) ^ d;
  }
  for (let at = whole; at < payload.length; at += 1) {
    payload[at] = (payload[at] as number) ^ (key[at & 3] as number);
  }
}

/** Whether it is UTF-8. Most text is ASCII, which takes a look at each byte and no decoder. */
export function isText(payload: Uint8Array): boolean {
  let bits = 0;
  for (let at = 0; at < payload.length; at += 1) bits |= payload[at] as number;
  if (bits < 0x80) return true;
  try {
    textDecoder.decode(payload);
    return true;
  } catch {
    return false;
  }
}
