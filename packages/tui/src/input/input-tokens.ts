// Cuts what a terminal sends into tokens: runs of text, single controls, whole escape sequences and
// pastes, however the bytes were split over reads. Answers to questions that another program asked
// (OSC, DCS, APC, PM, SOS) are swallowed whole. Holds what is unfinished; a timer gives it up.
// Hostile: a paste, a reply or a sequence that never ends is bounded.
//
// A paste that pauses is given up, but may go on: until its end comes, only what stands alone — one
// letter or control with silence behind it, or sequences — is a key. What comes in a burst is more
// of the paste, its controls too. Its end may be lost: after an Escape, or so many
// keys alone, a person is typing.

import { graphemesOf } from "../text/graphemes.ts";

export type InputToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "control"; readonly code: number }
  /** CSI, SS3, or Escape with one character or control (Alt). */
  | { readonly kind: "sequence"; readonly sequence: string }
  /** `bytesOver`: bytes of UTF-8 that came beyond `pasteBytesMax` and are not in it. */
  | {
      readonly kind: "paste";
      readonly text: string;
      readonly isCut: boolean;
      readonly bytesOver: number;
    };

/** A paste is cut beyond this. */
export const pasteBytesMax = 1024 * 1024;
/** Silence after which an Escape is an Escape. */
export const escapeMs = 50;
/** Silence after which a sequence, a reply or a paste is not going on any more. */
export const pasteEndMs = 1000;
/** Silence after which a letter behind a paste without end is a key: shorter than keys repeat. */
export const loneKeyMs = 25;
/** Keys alone after which a paste without end is over. */
export const loneKeysMax = 16;
const sequenceUnitsMax = 64;
const replyUnitsMax = 64 * 1024;

const esc = "\x1b";
const pasteBegin = `${esc}[200~`;
const pasteEnd = `${esc}[201~`;

const textRun = /[^\p{Cc}]+/uy;
const pattern = (source: string, flags: string) => new RegExp(source.replaceAll("ESC", esc), flags);
/** CSI, with the Linux console's F1 ("[[A") and rxvt's Shift ("$"); SS3; each also behind Escape. */
const csi = pattern("ESC?ESC\\[(?:\\[[A-E]|\\d+\\$|[0-?]*[ -/]*[@-Z\\\\-~])", "y");
const ss3 = pattern("ESC?ESCO(?:\\d;?\\d*)?[ -~]", "y");
const asides = pattern("(?:ESC\\[(?:[IO]|<[\\d;]*[Mm]))+", "y");
const csiPart = pattern("ESC?ESC\\[\\[?[0-?]*[ -/]*$", "y");
const csiBegin = pattern("ESC?ESC\\[[0-?]*[ -/]*", "y");
/** What ends a reply: BEL, ST, or what breaks it off. */
const replyEnd = pattern("\\x07|ESC\\\\|ESC(?=[^\\\\])|[\\x18\\x1a]", "");

interface Paste {
  pieces: string[];
  bytes: number;
  bytesOver: number;
  isCut: boolean;
}

export class InputTokens {
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #rest = "";
  #paste: Paste | null = null;
  #replyUnits = 0;
  /** Keys alone that are still to come before a paste that was given up is over; 0: it is. */
  #keysUntilOver = 0;

  /** How long silence may last before `giveUp` is due; null: nothing is unfinished. */
  get patienceMs(): number | null {
    if (this.#paste !== null) return pasteEndMs;
    if (this.#rest === "") return null;
    if (this.#keysUntilOver > 0 && !this.#rest.startsWith(esc)) return loneKeyMs;
    return this.#rest.length <= 2 && this.#rest !== `${esc}[` ? escapeMs : pasteEndMs;
  }

  push(bytes: Uint8Array): InputToken[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const tokens: InputToken[] = [];
    if (this.#keysUntilOver > 0 && this.#paste === null && !this.#mayStep(tokens)) return tokens;
    this.#steps(tokens);
    return tokens;
  }

  #steps(tokens: InputToken[]): void {
    while (this.#rest !== "" && this.#step(tokens));
  }

  /** Behind a paste that was given up: false where what has come waits, for silence or for more. */
  #mayStep(tokens: InputToken[]): boolean {
    // The mouse and the focus are no typing.
    const aside = matchAt(asides, this.#rest);
    if (aside !== "") {
      const rest = this.#rest.slice(aside.length);
      this.#rest = aside;
      this.#steps(tokens);
      this.#rest = rest;
    }
    const rest = this.#rest;
    if (rest.startsWith(pasteBegin) || rest.startsWith(pasteEnd)) {
      this.#keysUntilOver = 0;
      return true;
    }
    const kind = rest.includes(pasteEnd) ? "burst" : standing(rest);
    if (kind === "burst") this.#paste = { pieces: [], bytes: 0, bytesOver: 0, isCut: true };
    return kind !== "key";
  }

  /** Nothing came for `patienceMs`: what is unfinished is taken for what it is, or dropped. */
  giveUp(): InputToken[] {
    const tokens: InputToken[] = [];
    if (this.#paste !== null) {
      this.#addToPaste(this.#rest);
      this.#endPaste(tokens, true);
      this.#rest = "";
      this.#keysUntilOver = loneKeysMax;
      return tokens;
    }
    if (this.#keysUntilOver > 0 && this.#rest !== "") {
      this.#keysUntilOver -= 1;
      this.#steps(tokens);
    }
    const rest = this.#rest;
    this.#rest = "";
    this.#replyUnits = 0;
    if (rest === esc || rest === esc + esc) {
      // No paste holds an Escape with silence behind it: a person has answered.
      this.#keysUntilOver = 0;
      for (const _ of rest) tokens.push({ kind: "control", code: 0x1b });
    } else if (rest.length === 2) tokens.push({ kind: "sequence", sequence: rest });
    return tokens;
  }

  /** Takes one token, or part of one, from the rest; false: more is needed. */
  #step(tokens: InputToken[]): boolean {
    if (this.#paste !== null) return this.#stepInPaste(tokens);
    const rest = this.#rest;
    const text = matchAt(textRun, rest);
    if (text !== "") return this.#take(tokens, { kind: "text", text }, text.length);
    const code = rest.charCodeAt(0);
    if (code !== 0x1b) {
      // C1 controls have no keys.
      if (code < 0x80) tokens.push({ kind: "control", code });
      return this.#drop(1);
    }
    return this.#stepEscape(tokens, rest);
  }

  #stepEscape(tokens: InputToken[], rest: string): boolean {
    const whole = matchAt(csi, rest) || matchAt(ss3, rest);
    if (whole === pasteBegin) {
      this.#paste = { pieces: [], bytes: 0, bytesOver: 0, isCut: false };
      return this.#drop(whole.length);
    }
    if (whole !== "") {
      return this.#take(tokens, { kind: "sequence", sequence: whole }, whole.length);
    }
    if (matchAt(csiPart, rest) !== "") {
      return rest.length > sequenceUnitsMax ? this.#drop(rest.length) : false;
    }
    // A sequence that something else broke off.
    const broken = matchAt(csiBegin, rest);
    if (broken !== "") return this.#drop(broken.length);
    const kind = rest[1];
    if (kind === undefined || rest === `${esc}O` || rest === esc + esc) return false;
    if (rest === `${esc}${esc}O`) return false;
    if ("]P_^X".includes(kind)) return this.#stepReply(rest);
    if (kind === esc) return this.#take(tokens, { kind: "control", code: 0x1b }, 1);
    const point = String.fromCodePoint(rest.codePointAt(1) ?? 0);
    return this.#take(tokens, { kind: "sequence", sequence: esc + point }, 1 + point.length);
  }

  /** Drops a reply, all of it; one that is too long until its end. */
  #stepReply(rest: string): boolean {
    const end = replyEnd.exec(rest.slice(1));
    if (end !== null) {
      this.#replyUnits = 0;
      return this.#drop(1 + end.index + end[0].length - (end[0] === esc ? 1 : 0));
    }
    if (rest.length > sequenceUnitsMax) {
      // Only its beginning is kept, so that it is still known for what it is.
      const kept = rest.endsWith(esc) ? `${rest.slice(0, 3)}${esc}` : rest.slice(0, 3);
      this.#replyUnits += rest.length - kept.length;
      this.#rest = this.#replyUnits > replyUnitsMax ? "" : kept;
      if (this.#rest === "") this.#replyUnits = 0;
    }
    return false;
  }

  #stepInPaste(tokens: InputToken[]): boolean {
    const rest = this.#rest;
    const end = rest.indexOf(pasteEnd);
    if (end >= 0) {
      this.#addToPaste(rest.slice(0, end));
      this.#endPaste(tokens, false);
      this.#keysUntilOver = 0;
      return this.#drop(end + pasteEnd.length);
    }
    // What may be the beginning of the end waits for more.
    const held = pasteEndHeld(rest);
    this.#addToPaste(rest.slice(0, rest.length - held));
    this.#rest = rest.slice(rest.length - held);
    return false;
  }

  #addToPaste(text: string): void {
    const paste = this.#paste;
    if (paste === null || text === "") return;
    const bytes = Buffer.byteLength(text);
    const room = pasteBytesMax - paste.bytes;
    if (bytes <= room) {
      paste.bytes += bytes;
      paste.pieces.push(text);
      return;
    }
    paste.isCut = true;
    // The cut may be within a character.
    const cut = Buffer.from(text)
      .subarray(0, room)
      .toString()
      .replace(/\ufffd+$/, "");
    const taken = Buffer.byteLength(cut);
    paste.pieces.push(cut);
    paste.bytesOver += bytes - taken;
    // Nothing behind a gap is taken.
    paste.bytes = pasteBytesMax;
  }

  #endPaste(tokens: InputToken[], isLate: boolean): void {
    const paste = this.#paste;
    this.#paste = null;
    if (paste === null) return;
    const { pieces, isCut, bytesOver } = paste;
    tokens.push({ kind: "paste", text: pieces.join(""), isCut: isCut || isLate, bytesOver });
  }

  #take(tokens: InputToken[], token: InputToken, units: number): true {
    tokens.push(token);
    return this.#drop(units);
  }

  #drop(units: number): true {
    this.#rest = this.#rest.slice(units);
    return true;
  }
}

/** Whether what came behind a paste without end is one key, sequences (and parts of one), or more. */
function standing(rest: string): "key" | "sequences" | "burst" {
  const tokens = new InputTokens();
  const found = tokens.push(new TextEncoder().encode(rest));
  const [first] = found;
  if (found.every(({ kind }) => kind === "sequence")) return "sequences";
  if (found.length > 1 || tokens.patienceMs !== null || first === undefined) return "burst";
  if (first.kind === "text") return graphemesOf(first.text).length === 1 ? "key" : "burst";
  return first.kind === "control" ? "key" : "burst";
}

function matchAt(what: RegExp, text: string): string {
  what.lastIndex = 0;
  return what.exec(text)?.[0] ?? "";
}

function pasteEndHeld(text: string): number {
  for (let units = Math.min(text.length, pasteEnd.length - 1); units > 0; units -= 1) {
    if (text.endsWith(pasteEnd.slice(0, units))) return units;
  }
  return 0;
}
