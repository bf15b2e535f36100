// Measures functions by their braces, in code as Biome formats it: the line that opens one ends in
// `) {`, `): Type {` or `=> {`, and the line that closes it has the same indentation.

export interface MeasuredFunction {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly lines: number;
}

const opening = /(\)|\):\s*[^=;]+|=>)\s*\{$/;
const statement = /^\s*(\}?\s*(if|else|for|while|switch|catch|try|do|with)\b|describe\()/;

/** The functions of more than `linesMax` lines. */
export function longFunctions(text: string, linesMax: number): MeasuredFunction[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    if (!opening.test(line) || statement.test(line)) return [];
    const indent = /^\s*/.exec(line)?.[0] ?? "";
    const end = lines.findIndex((later, at) => at > index && later.startsWith(`${indent}}`));
    const length = end < 0 ? 0 : end - index + 1;
    return length > linesMax ? [{ line: index + 1, lines: length }] : [];
  });
}
