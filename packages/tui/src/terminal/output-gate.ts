// Between OpenTUI and the terminal: text and drawing sequences pass, all else is dropped — its
// questions to the terminal, its cursor colour, its modes. Modes are modes.ts's alone, so that what
// was switched on is known when it must be switched off. Knows nothing of what is drawn.

import { drawingEnd } from "./own-sequences.ts";

const esc = "\x1b";
/** A sequence that OpenTUI writes is shorter; one that never ends is dropped. */
const sequenceUnitsMax = 8192;

/** The end of any well-formed sequence at `at`; -1: it goes on in the next piece. */
function sequenceEnd(text: string, at: number): number {
  const kind = text[at + 1];
  if (kind === undefined) return -1;
  if (kind === "[") {
    for (let next = at + 2; next < text.length; next += 1) {
      const code = text.charCodeAt(next);
      if (code >= 0x40 && code <= 0x7e) return next + 1;
    }
    return -1;
  }
  if (!"]PX^_".includes(kind)) return at + 2;
  const bell = kind === "]" ? text.indexOf("\x07", at) : -1;
  const terminator = text.indexOf(`${esc}\\`, at + 2);
  if (bell >= 0 && (terminator < 0 || bell < terminator)) return bell + 1;
  return terminator < 0 ? -1 : terminator + 2;
}

/** Passes what draws; one for each stream, as a sequence may be cut between two pieces. */
export class OutputGate {
  readonly #decoder = new TextDecoder();
  #rest = "";

  pass(bytes: Uint8Array): string {
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    this.#rest = "";
    let passed = "";
    for (let at = 0; at < text.length; ) {
      const next = text.indexOf(esc, at);
      passed += withoutControls(text.slice(at, next < 0 ? text.length : next));
      if (next < 0) break;
      const end = sequenceEnd(text, next);
      if (end < 0) {
        if (text.length - next <= sequenceUnitsMax) this.#rest = text.slice(next);
        break;
      }
      if (drawingEnd(text, next) === end) passed += text.slice(next, end);
      at = end;
    }
    return passed;
  }

  /** True between sequences: what is written now comes whole. */
  get isBetween(): boolean {
    return this.#rest === "";
  }
}

const control = /\p{Cc}/u;
const controls = /\p{Cc}+/gu;

function withoutControls(text: string): string {
  return control.test(text) ? text.replace(controls, "") : text;
}
