// Takes terminal sequences (ECMA-48: colours, cursor, titles, links) out of bytes, as they come.
// Owns the place inside a sequence between two chunks. A sequence ends with its line at the latest, so
// that no line is lost; bytes that belong to none are passed on as they are.

const newline = 0x0a;
const bell = 0x07;
const cancel = 0x18;
const substitute = 0x1a;
const escapeByte = 0x1b;
/** In UTF-8, the first byte of U+0080 to U+00BF: of C1, the sequences' eight-bit forms, too. */
const c1Lead = 0xc2;
const terminatorC1 = 0x9c;

type State = "text" | "escape" | "intermediate" | "control" | "string" | "string-escape";

/** What begins behind ESC; the others of its kind are whole with that byte. */
const introducers: Readonly<Partial<Record<string, State>>> = {
  "[": "control",
  "]": "string",
  P: "string",
  X: "string",
  "^": "string",
  _: "string",
};

export class AnsiStripper {
  #state: State = "text";
  /** Whether the last byte was a `c1Lead`, which is not decided yet. */
  #isLed = false;

  /** What of `chunk` is no terminal sequence. */
  push(chunk: Uint8Array): Uint8Array {
    const isPlain = this.#state === "text" && !this.#isLed;
    if (isPlain && !chunk.includes(escapeByte) && !chunk.includes(c1Lead)) return chunk;
    const kept = new Uint8Array(chunk.length + 1);
    let size = 0;
    for (const byte of chunk) {
      if (this.#isLed) {
        this.#isLed = false;
        if (this.#takesC1(byte)) continue;
        if (this.#takes(c1Lead)) kept[size++] = c1Lead;
      }
      if (byte === c1Lead) this.#isLed = true;
      else if (this.#takes(byte)) kept[size++] = byte;
    }
    return kept.subarray(0, size);
  }

  /** What was held back. */
  end(): Uint8Array {
    const isHeld = this.#isLed && this.#takes(c1Lead);
    this.#isLed = false;
    return isHeld ? Uint8Array.of(c1Lead) : new Uint8Array();
  }

  /** Whether U+00`byte` begins or ends a sequence. */
  #takesC1(byte: number): boolean {
    if (this.#state === "string" && byte !== terminatorC1) return false;
    const isC1 = byte >= 0x80 && byte <= 0x9f;
    const state = isC1 ? introducers[String.fromCharCode(byte - 0x40)] : undefined;
    if (byte === terminatorC1) this.#state = "text";
    else if (state !== undefined) this.#state = state;
    else return false;
    return true;
  }

  /** Goes on by one byte; whether it is text. */
  #takes(byte: number): boolean {
    const before = this.#state;
    if (byte === escapeByte) {
      this.#state = before === "string" ? "string-escape" : "escape";
      return false;
    }
    const after = byte === newline ? null : next(before, byte);
    this.#state = after ?? "text";
    return after === null || before === "text";
  }
}

/** The state behind `byte`; null when the sequence breaks off there, and the byte is none of it. */
function next(state: State, byte: number): State | null {
  if (state !== "text" && (byte === cancel || byte === substitute)) return "text";
  switch (state) {
    case "text":
      return "text";
    case "string":
      return byte === bell ? "text" : "string";
    case "string-escape":
      // ESC \ is its end; any other ESC ends it, too, and begins a sequence of its own.
      return byte === 0x5c ? "text" : next("escape", byte);
    case "escape":
      if (byte >= 0x20 && byte <= 0x2f) return "intermediate";
      return introducers[String.fromCharCode(byte)] ?? ended(byte, 0x30);
    case "intermediate":
      return byte >= 0x20 && byte <= 0x2f ? state : ended(byte, 0x30);
    case "control":
      return byte >= 0x20 && byte <= 0x3f ? state : ended(byte, 0x40);
  }
}

const ended = (byte: number, firstFinal: number): "text" | null =>
  byte >= firstFinal && byte <= 0x7e ? "text" : null;
