// Steps of a benchmark, as data, and the order in which candidates are measured: all of them in each
// round, each round from another start, so that neither a slow minute nor the place in the line
// falls on one of them alone.

export interface Step<Row> {
  /** Whose table it belongs to, in words; the table is shown when the last of the group is measured. */
  readonly group?: string;
  /** What is being measured, for the progress line. */
  readonly what: string;
  measure(): Promise<Row>;
  /** What came of it, in a line. */
  note?(row: Row): string;
}

/** The candidates of round `round` (from 0), rotated by as many places. */
export function interleave<T>(candidates: readonly T[], round: number): readonly T[] {
  const start = candidates.length === 0 ? 0 : round % candidates.length;
  return [...candidates.slice(start), ...candidates.slice(0, start)];
}

/** The steps of each case in each round, interleaved; the round stands before what a step says. */
export function inRounds<Case, Row>(
  rounds: number,
  cases: readonly Case[],
  stepsOf: (each: Case, round: number) => Step<Row> | readonly Step<Row>[],
): Step<Row>[] {
  return Array.from({ length: rounds }, (_, round) =>
    interleave(cases, round)
      .flatMap((each) => stepsOf(each, round))
      .map((step) => ({ ...step, what: `round ${round + 1}, ${step.what}` })),
  ).flat();
}

export interface SharingStep<Shared, Row> extends Omit<Step<Row>, "measure"> {
  measure(shared: Shared): Promise<Row>;
}

/**
 * Steps that share what `open` makes when the first of them begins. `close` has its turn after the
 * last, or after the first that throws.
 */
export function sharing<Shared, Row>(
  open: () => Promise<Shared>,
  close: (shared: Shared) => Promise<void>,
  steps: readonly SharingStep<Shared, Row>[],
): Step<Row>[] {
  let opened: { readonly shared: Shared } | undefined;
  return steps.map(({ measure, ...step }, index) => ({
    ...step,
    async measure() {
      opened ??= { shared: await open() };
      const { shared } = opened;
      let isOver = index === steps.length - 1;
      try {
        return await measure(shared);
      } catch (error) {
        isOver = true;
        throw error;
      } finally {
        if (isOver) await close(shared);
      }
    },
  }));
}
