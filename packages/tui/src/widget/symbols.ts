// The characters that widgets are drawn with, one cell each. The program chooses them, so that it draws
// with ASCII alone where a terminal has no others.

export interface WidgetSymbols {
  readonly horizontal: string;
  readonly vertical: string;
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  /** Where text was cut. */
  readonly ellipsis: string;
  /** Between parts of a row. */
  readonly dot: string;
  /** Before the line that is chosen. */
  readonly chosen: string;
  /** For a new line, where one row shows several. */
  readonly newline: string;
  /** There is more above, or below. */
  readonly up: string;
  readonly down: string;
}
