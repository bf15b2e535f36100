// Tables as Markdown, and what stands where nothing was measured. Knows nothing of the figures.

/** The first column is left-aligned, the others right; the first row is the heading. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [heading = [], ...body] = rows;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  const rule = heading.map((_, column) => (column === 0 ? "---" : "--:"));
  return [line(heading), `| ${rule.join(" | ")} |`, ...body.map(line)].join("\n");
}

export function notMeasured(benchmark: string): string {
  return `_Not measured yet: \`bun run bench ${benchmark}\`._`;
}

export const paragraphs = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("\n\n");

/** A chart beside this page. */
export const picture = (alt: string, file: string): string => `![${alt}](charts/${file})`;
