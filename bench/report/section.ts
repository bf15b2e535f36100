// A part of a page that is written by machine, with the charts that belong to it.

import type { Kept } from "../harness/record.ts";

export interface Section {
  /** Of the markers in the page. */
  readonly name: string;
  /** From the kept results, newest first; the same text for the same results. */
  render(kept: readonly Kept[]): Rendered;
}

export interface Rendered {
  readonly markdown: string;
  /** SVG by file name. */
  readonly charts?: Readonly<Record<string, string>>;
}
