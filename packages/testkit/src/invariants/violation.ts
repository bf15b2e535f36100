// The ways in which a run can break a promise: a code each, the promise, a sentence for people.
// Owns the table and the report; finds nothing itself.

/** One record of a run that says which message has a place in a room. */
export interface Evidence {
  readonly by: "log" | "acknowledgement" | "observer";
  /** The observer's name; what the others are called. */
  readonly who: string;
  /** Index in the log or among the observer's steps; `at` of an acknowledgement. */
  readonly at: number;
  readonly room: string;
  readonly epoch: string;
  readonly seq: number;
  /** Null where only the seq is told: the `head` of a join. */
  readonly key: string | null;
}

export const violationCodes = {
  acknowledged_lost: { promise: "G1", meaning: "acknowledged, and not in the final log" },
  acknowledged_overwritten: { promise: "G1", meaning: "its seq holds another message in the log" },
  two_messages_at_one_seq: { promise: "G2", meaning: "one place holds two different messages" },
  not_ascending: { promise: "G2", meaning: "a seq does not follow the one before it" },
  head_went_back: { promise: "G2", meaning: "a join tells a head older than what was known" },
  seen_but_not_logged: { promise: "G2", meaning: "an observer was shown what the final log lacks" },
  order_of_time_broken: { promise: "G2", meaning: "asked after an acknowledgement, placed before" },
  two_seqs_for_one_message: { promise: "G3", meaning: "one message has two different seqs" },
  acknowledged_new_twice: { promise: "G3", meaning: "acknowledged twice as no duplicate" },
  gap: { promise: "G4", meaning: "entries are missing between two that were seen, unannounced" },
  incomplete: { promise: "G4", meaning: "entries are missing at the end" },
} as const satisfies Record<string, { promise: "G1" | "G2" | "G3" | "G4"; meaning: string }>;

export type ViolationCode = keyof typeof violationCodes;

export interface Violation {
  readonly code: ViolationCode;
  readonly promise: (typeof violationCodes)[ViolationCode]["promise"];
  readonly sentence: string;
  /** The records that contradict each other, the earlier known one first. */
  readonly evidence: readonly Evidence[];
}

export function createViolation(
  code: ViolationCode,
  evidence: readonly Evidence[],
  note = "",
): Violation {
  const { promise, meaning } = violationCodes[code];
  const said = evidence.map(tell).join("; ");
  return { code, promise, sentence: `${meaning}: ${said}${note && ` (${note})`}`, evidence };
}

function tell({ by, who, at, room, epoch, seq, key }: Evidence): string {
  const place = by === "log" ? who : `${who} (${by === "observer" ? "step" : "at"} ${at})`;
  const what = key === null ? "as the head" : JSON.stringify(key);
  return `${place} has ${what} at seq ${seq} of ${room}, epoch ${epoch}`;
}

const toldMax = 20;

/** For an assertion's message: how many of each code, then the first of them in full. */
export function describeViolations(violations: readonly Violation[]): string {
  if (violations.length === 0) return "no promise was broken";
  const counts = new Map<ViolationCode, number>();
  for (const { code } of violations) counts.set(code, (counts.get(code) ?? 0) + 1);
  const summary = [...counts].map(([code, count]) => `${count} × ${code}`).join(", ");
  const told = violations
    .slice(0, toldMax)
    .map(({ promise, code, sentence }) => `  ${promise} ${code}: ${sentence}`);
  const rest = violations.length - told.length;
  return [
    `promises were broken: ${summary}`,
    ...told,
    ...(rest ? [`  … and ${rest} more`] : []),
  ].join("\n");
}
