// How lines travel in messages so that `tail` gives back the bytes that `send` was given.
//
//   a text that ends with a newline     is printed as it is        (an empty line is the text "\n")
//   a text that ends with a joiner      is printed without it, and the line goes on in the sender's
//                                       next message               (pieces of a line too long for one)
//   any other text                      is printed with a newline  (what people say)
//
// The joiner is U+200D, zero width: other clients show the piece and nothing else. A line that really
// ends in one is sent with its newline, so nothing is ambiguous.

export const joiner = "\u200d";

export type LineEnd = "whole" | "goes-on";

/** The text that prints `out`, which ends with a newline: without it where that is the same. */
export function textOfLines(out: string): string {
  const body = out.slice(0, -1);
  return body === "" || body.endsWith("\n") || body.endsWith(joiner) ? out : body;
}

/** The text that stands for a piece of a line that goes on. */
export function textOfPiece(piece: string): string {
  return piece + joiner;
}

/** What a text prints, and whether its line goes on. */
export function printed(text: string): { readonly out: string; readonly end: LineEnd } {
  if (text.endsWith("\n")) return { out: text, end: "whole" };
  if (text.endsWith(joiner)) return { out: text.slice(0, -joiner.length), end: "goes-on" };
  return { out: `${text}\n`, end: "whole" };
}
