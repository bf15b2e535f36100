// The load generator's messages as they stand on the screen: who said each, the how-manieth of
// theirs it is, and when it was due. Pure. What a screen shows of a talker must have no hole.

export interface Stamp {
  readonly talker: number;
  /** Of the talker's messages, from 1. */
  readonly sequence: number;
  /** By the generator's clock. */
  readonly dueMs: number;
}

const stamp = /~([0-9a-f]{8})([0-9a-f]{8})([0-9a-f]{16})/;

/** From the top of the screen to the bottom, the oldest first. */
export function stampsIn(rows: readonly string[]): Stamp[] {
  return rows.flatMap((row) => {
    const [, talker, sequence, due] = stamp.exec(row) ?? [];
    if (talker === undefined || sequence === undefined || due === undefined) return [];
    const hex = (digits: string) => Number.parseInt(digits, 16);
    return [{ talker: hex(talker), sequence: hex(sequence), dueMs: hex(due) / 1e6 }];
  });
}

/** The 33 characters that no other message has. */
export const stampOf = (text: string): string => text.slice(0, 33);

/**
 * How often a talker's message on the screen doesn't follow the one before it there. The talkers are
 * the same connections for as long as the stamps of a screen are of one run.
 */
export function holesIn(stamps: readonly Stamp[]): number {
  const last = new Map<number, number>();
  let holes = 0;
  for (const { talker, sequence } of stamps) {
    const before = last.get(talker);
    // A sequence that begins anew is another run's.
    if (before !== undefined && sequence !== before + 1 && sequence !== 1) holes += 1;
    last.set(talker, sequence);
  }
  return holes;
}
