// What is observed of the one connection that is explained: plain data, made on the thread where it
// happens, posted to the narrator, and put into words there. Never holds what others have said.

/** One frame that the connection has sent. */
export interface FrameSeen {
  /** Bytes of its payload, as its header claims them. */
  readonly length: number;
  /** The frame's first bytes, in hexadecimal: the header, and the beginning of the payload. */
  readonly header: string;
  readonly head: string;
  /** The payload, its secrets left out and its end if it is long; null: no JSON object. */
  readonly json: string | null;
}

export type Seen =
  | { readonly what: "opened"; readonly address: string }
  /** One read: its whole frames, how many more there were, and the bytes of one that is not whole. */
  | {
      readonly what: "read";
      readonly bytes: number;
      readonly frames: readonly FrameSeen[];
      readonly more: number;
      readonly held: number;
      /** Not of the length prefix: another framing, or a mistake of the peer. */
      readonly isForeign: boolean;
    }
  | {
      readonly what: "batch";
      readonly commands: number;
      readonly own: number;
      readonly bytes: number;
      readonly isPosted: boolean;
    }
  | {
      readonly what: "command";
      readonly type: string;
      readonly id: number;
      readonly us: number;
      /** What it asks of the room log. */
      readonly asks: readonly string[];
    }
  /** The log's answer to something that only reads. */
  | { readonly what: "logged"; readonly kind: string; readonly us: number | null }
  | {
      readonly what: "commit";
      readonly entries: number;
      readonly seqs: readonly number[];
      readonly durability: string;
      readonly us: number;
    }
  | { readonly what: "reply"; readonly type: string; readonly re: number; readonly code: string }
  | { readonly what: "event"; readonly type: string }
  | {
      readonly what: "publish";
      readonly type: string;
      readonly room: string;
      readonly seq: number | null;
      /** Whether they have done it themselves; null: no member in particular has. */
      readonly isOwn: boolean | null;
      readonly members: number;
    }
  | { readonly what: "entered" | "left"; readonly members: number }
  | {
      readonly what: "turn";
      readonly commands: number;
      readonly own: number;
      readonly us: number;
    }
  | { readonly what: "answer"; readonly answers: number; readonly bytes: number }
  | { readonly what: "fan-out"; readonly messages: number; readonly bytes: number }
  | {
      readonly what: "wrote";
      readonly bytes: number;
      readonly taken: number;
      /** Types of the messages; null: the rest of an earlier write. */
      readonly types: readonly string[] | null;
    }
  | {
      readonly what: "queues";
      /** Writes of this tick, of all connections of the shard. */
      readonly writes: number;
      readonly bytes: number;
      /** Bytes that wait for the one that is explained, and connections for which any do. */
      readonly own: number;
      readonly waiting: number;
    }
  | { readonly what: "closing" }
  | { readonly what: "gone" }
  /** The service was told so; the code says why. */
  | { readonly what: "over"; readonly code: string }
  /** From here on this is who is explained. */
  | { readonly what: "chosen"; readonly nick: string }
  /** So many observations were more than a thread may tell in a second. */
  | { readonly what: "missed"; readonly count: number };

export interface Observation {
  readonly atMs: number;
  /** The thread's part: "shard 0", "service". */
  readonly by: string;
  readonly seen: Seen;
}

export type Tell = (observation: Observation) => void;

/**
 * Milliseconds since 1970, with fractions, on one clock for all threads: Bun's `process.hrtime` and
 * `Bun.nanoseconds` begin anew in each worker (oven-sh/bun#34424).
 */
export const clockMs = (): number => performance.timeOrigin + performance.now();

export const usSince = (startMs: number): number => Math.round((clockMs() - startMs) * 1000);

/** What one thread may tell in a second. */
const perSecondMax = 2_000;

/** Passes on at most so much a second, and how much it was that it kept back. */
export function boundedTell(tell: Tell, perSecond = perSecondMax): Tell {
  let second = 0;
  let told = 0;
  let missed = 0;
  return (observation) => {
    const now = Math.floor(observation.atMs / 1000);
    if (now !== second) {
      if (missed > 0) tell({ ...observation, seen: { what: "missed", count: missed } });
      [second, told, missed] = [now, 0, 0];
    }
    told += 1;
    if (told > perSecond) missed += 1;
    else tell(observation);
  };
}
