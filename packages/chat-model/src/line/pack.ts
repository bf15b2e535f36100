// Joins lines into as few messages as may be: for whole files, where a message a line would be slow.
// Pure. What `tail` prints of the joined text is what it would print of the single ones.

import type { Cut } from "./line-cutter.ts";
import { printed, textOfLines } from "./mark.ts";

/** Joins what stands together in `cuts`; pieces of long lines stay as they are. */
export function* pack(cuts: Iterable<Cut>, textBytesMax: number): Generator<Cut> {
  let line = 0;
  let joined = "";
  for (const cut of cuts) {
    const { out, end } = printed(cut.text);
    const whole = end === "whole" ? out : "";
    if (joined !== "" && (whole === "" || Buffer.byteLength(joined + whole) > textBytesMax)) {
      yield { line, text: textOfLines(joined) };
      joined = "";
    }
    line = cut.line;
    if (whole !== "" && Buffer.byteLength(whole) <= textBytesMax) joined += whole;
    else yield cut;
  }
  if (joined !== "") yield { line, text: textOfLines(joined) };
}
