// Every escape sequence that the full-screen client writes, and none besides: one grammar for the
// gate that OpenTUI's output passes and for the tests that watch a real terminal.
// Text from elsewhere can't forge one: it comes here without control characters (text/sanitize.ts).

const esc = "\\x1b";
const end = "(?:\\x07|\\x1b\\\\)";

/** What draws a frame. The gate lets nothing else of OpenTUI's through. */
const drawing = [
  /** Looks: SGR. */
  `${esc}\\[[0-9;:]*m`,
  /** Places: to a cell. */
  `${esc}\\[[0-9]{1,5};[0-9]{1,5}H`,
  /** The cursor shown and hidden, and a frame drawn in one (DECSET 25, 2026). */
  `${esc}\\[\\?(?:25|2026)[hl]`,
  /** Links: OSC 8. */
  `${esc}\\]8;[!-:<-~]*;[!-~]*${end}`,
];

/** What the client says besides: terminal/modes.ts. */
const speaking = [
  /** Alternate screen, focus reports, bracketed paste, graphemes, mouse. */
  `${esc}\\[\\?(?:1049|1004|2004|2027|1000|1002|1003|1006)[hl]`,
  /** The screen cleared, from its first cell. */
  `${esc}\\[(?:H|2J)`,
  /** Kitty's keyboard and xterm's modifyOtherKeys, on and off; the title kept and given back. */
  `${esc}\\[(?:>5u|<u|>4;[012]m|2[23];0t)`,
  /** The title, and notifications. */
  `${esc}\\](?:2|9|777;notify);[^\\x00-\\x1f\\x7f-\\x9f]*${esc}\\\\`,
  "\\x07",
];

/** How many cells a letter takes: the one question (width-question.ts), and only with its letter. */
const asking = `${esc}\\[2;1H[^\\p{Cc}]{1,16}${esc}\\[6n`;

/** What it says only when a person copies: to a hostile text it would be a prize. */
const copying = `${esc}\\]52;c;[A-Za-z0-9+/=]*${esc}\\\\`;

const drawn = new RegExp(drawing.join("|"), "uy");
const own = new RegExp([asking, ...drawing, ...speaking].join("|"), "uy");
const ownOrCopy = new RegExp([asking, ...drawing, ...speaking, copying].join("|"), "uy");
/** Line ends outside the alternate screen: what a shell or an error wrote is not ours to judge. */
const plain = /[^\p{Cc}]+/uy;

/** The end of the drawing sequence that begins at `at`; -1: what begins there is none. */
export function drawingEnd(text: string, at: number): number {
  drawn.lastIndex = at;
  return drawn.test(text) ? drawn.lastIndex : -1;
}

/**
 * What in `bytes` is none of the client's own: the first such, shown; null: all is its own.
 * `hasCopied`: a person copied something meanwhile.
 */
export function ownSequenceProblem(bytes: Uint8Array | string, hasCopied = false): string | null {
  const known = hasCopied ? ownOrCopy : own;
  const text = typeof bytes === "string" ? bytes : new TextDecoder().decode(bytes);
  for (let at = 0; at < text.length; ) {
    plain.lastIndex = at;
    known.lastIndex = at;
    if (plain.test(text)) at = plain.lastIndex;
    else if (known.test(text)) at = known.lastIndex;
    else return `at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`;
  }
  return null;
}
