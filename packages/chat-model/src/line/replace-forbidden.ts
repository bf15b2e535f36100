// Puts U+FFFD in the place of what no message may hold: bytes that are not UTF-8, and control
// characters but tab and newline. Owns the bytes of a character that came in part.

import { textPattern } from "@maru/protocol/chat";

const replacement = "\ufffd";
const suspects = /\p{Cc}/gu;

export class ForbiddenReplacer {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  push(chunk: Uint8Array): Uint8Array {
    return cleaned(this.#decoder.decode(chunk, { stream: true }));
  }

  /** What was held back. */
  end(): Uint8Array {
    return cleaned(this.#decoder.decode());
  }
}

function cleaned(text: string): Uint8Array {
  if (textPattern.test(text)) return Buffer.from(text);
  const isAllowed = (character: string) => textPattern.test(character);
  return Buffer.from(text.replace(suspects, (each) => (isAllowed(each) ? each : replacement)));
}
