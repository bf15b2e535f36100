// Tables: columns that say how a cell is written, and the two places where rows are shown with them,
// a terminal and a page in Markdown. Knows nothing of what was measured.

import { digits, fixedWithin, grouped, type Write } from "./numbers.ts";
import { median, spreadOf, sum } from "./statistics.ts";

export type Place = "terminal" | "page";

export interface Column<Row> {
  /** With its unit. */
  readonly title: string;
  readonly cell: (row: Row, place: Place) => string;
  /** The one place where it stands; absent: in both. */
  readonly only?: Place;
}

export const column = <Row>(
  title: string,
  cell: Column<Row>["cell"],
  only?: Place,
): Column<Row> => ({ title, cell, ...(only === undefined ? {} : { only }) });

/** The rows as these columns write them. */
export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  place: Place,
): string {
  const here = columns.filter(({ only = place }) => only === place);
  const cells = rows.map((row) => here.map(({ cell }) => cell(row, place)));
  return writeTable([here.map(({ title }) => title), ...cells], place);
}

/** The first row is the heading; the first column is left-aligned, the others right. */
export function writeTable(rows: readonly (readonly string[])[], place: Place): string {
  return place === "page" ? markdownTable(rows) : formatTable(rows);
}

export function formatTable(rows: readonly (readonly string[])[]): string {
  const heading = rows[0] ?? [];
  const widths = heading.map((_, column) =>
    Math.max(...rows.map((row) => Bun.stringWidth(row[column] ?? ""))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const gap = " ".repeat((widths[column] ?? 0) - Bun.stringWidth(cell));
        return column === 0 ? cell + gap : gap + cell;
      })
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [heading = [], ...body] = rows;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  const rule = heading.map((_, column) => (column === 0 ? "---" : "--:"));
  return [line(heading), `| ${rule.join(" | ")} |`, ...body.map(line)].join("\n");
}

/** Tables and lines of one output, an empty line between them; empty ones are left out. */
export const paragraphs = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("\n\n");

/** Makes columns of rows that stand for several rounds each: `roundsOf` are a row's figures. */
export function columnsOver<Row, Figures>(roundsOf: (row: Row) => readonly Figures[]) {
  type Read = (figures: Figures) => number;
  const over =
    (come: (values: readonly number[]) => number) =>
    (title: string, read: Read, write: Write = grouped, only?: Place): Column<Row> =>
      column(title, (row) => write(come(roundsOf(row).map(read))), only);
  return {
    middle: over(median),
    total: over(sum),
    least: over((values) => Math.min(...values)),
    most: over((values) => Math.max(...values)),
    /** The median, with the lowest and the highest round. */
    within: (title: string, read: Read, decimals: number, only?: Place): Column<Row> => ({
      title: `${title} (min–max)`,
      cell(row) {
        const values = roundsOf(row).map(read);
        if (values.length === 0) return digits(decimals)(Number.NaN);
        return fixedWithin(median(values), spreadOf(values), decimals);
      },
      ...(only === undefined ? {} : { only }),
    }),
  };
}
