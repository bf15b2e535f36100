// What one proof comes to: what was run, what it counted, and what broke. Plain data.

export interface Proof {
  /** What was run, in words. */
  readonly what: string;
  /** Sentences of numbers: they show that a proof without a violation was not an empty one. */
  readonly counted: readonly string[];
  /** The seed, or the seeds, of the choices. */
  readonly seeds: string;
  readonly tookMs: number;
  readonly broken: readonly Broken[];
}

/** Something that must not be. */
export interface Broken {
  readonly description: string;
  /** The one command that runs it again, unless the description tells it. */
  readonly replay?: string;
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
