// Lays out rows of text in columns for a terminal. Knows nothing of what they mean.

/** The first column is left-aligned, the others right; the first row is the heading. */
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
