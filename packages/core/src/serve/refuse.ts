// How a handler says no.

import { boundMs, waitMsMax } from "@maru/protocol";

export interface RefusalDetails {
  /** Whether the same command may succeed later. Default: false; true with `retryAfterMs`. */
  readonly retryable?: boolean;
  /** Milliseconds to wait at least; held to a day. */
  readonly retryAfterMs?: number;
  /** The field of the command that is at fault. */
  readonly field?: string;
}

/** Thrown by a handler: the command is answered with an `error` of this code, and that is all. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly field: string | null;

  constructor(code: string, message: string, details: RefusalDetails = {}) {
    super(message);
    const { retryAfterMs } = details;
    this.code = code;
    this.retryable = details.retryable ?? retryAfterMs !== undefined;
    this.retryAfterMs = retryAfterMs === undefined ? null : boundMs(retryAfterMs, 0, waitMsMax);
    this.field = details.field ?? null;
  }
}

/**
 * Ends a handler: `throw refuse("not_yours", "Only its owner may do that.")`. `code` is for programs and
 * stays the same, `message` one sentence for a person.
 */
export function refuse(code: string, message: string, details?: RefusalDetails): Refusal {
  return new Refusal(code, message, details);
}
