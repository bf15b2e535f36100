// Rows of spans, what they are cut and filled by, and the screen that they make.

export { fitParts, type Part, partGap } from "./fit-parts.ts";
export {
  type Frame,
  holds,
  type Rectangle,
  type Role,
  type Row,
  roles,
  type Size,
  type Span,
} from "./frame.ts";
export { markedSpans, shownRowsMax, shownText, wrapSpans } from "./marked-text.ts";
export { oneLine } from "./one-line.ts";
export { cutRow, dropCells, fitRow, inRole, remote, rowWidth, span, spreadRow } from "./row.ts";
export { windowOf } from "./window.ts";
