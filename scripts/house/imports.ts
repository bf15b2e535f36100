// What a module imports, types included: Bun.Transpiler leaves those out, and arrows bind them too.
// Reads the forms in which this project writes imports; not a parser of all of JavaScript.

export interface Import {
  readonly specifier: string;
  /** `import type`, which is gone at run time. */
  readonly isType: boolean;
}

const statement =
  /^\s*(?:import|export)(\s+type)?\s+(?:[\w$*{},\s]+?\s+from\s+)?["']([^"']+)["']/gm;
const call = /\b(?:import|require)\(\s*["']([^"']+)["']/g;

export function importsOf(text: string): Import[] {
  const statements = [...text.matchAll(statement)].map(([, type, specifier = ""]) => ({
    specifier,
    isType: type !== undefined,
  }));
  const calls = [...text.matchAll(call)].map(([, specifier = ""]) => ({
    specifier,
    isType: false,
  }));
  return [...statements, ...calls];
}
