// The one error that the SDK's promises reject with, and the codes that the SDK itself gives.
// Codes of the server come from its protocol's tables; no message need be read to decide.

import type { CloseReason, ErrorReply, SystemCloseCode, systemErrors } from "@maru/protocol";

/** Failures that no server reported. `retryable`: whether the same call may succeed later. */
export const localErrors = {
  aborted: { retryable: false, about: "The caller's signal was aborted." },
  closed: { retryable: false, about: "The client is closed." },
  connect_failed: { retryable: true, about: "No connection could be made." },
  not_maru: { retryable: false, about: "What listens there does not speak Maru." },
  version_refused: {
    retryable: false,
    about: "The server speaks a version of the protocol that was not offered.",
  },
  connection_lost: { retryable: true, about: "The connection ended before the answer came." },
  timeout: { retryable: true, about: "No answer came in time." },
  too_many_calls: { retryable: true, about: "Too many calls wait for their answers already." },
  outbox_full: { retryable: true, about: "Too much waits to be sent already." },
  greeting_failed: { retryable: true, about: "The program could not make its greeting." },
  invalid_url: { retryable: false, about: "This is no address of a server." },
  invalid_option: { retryable: false, about: "An option is out of its bounds." },
  protocol_error: { retryable: true, about: "The server sent what the protocol does not allow." },
} as const satisfies Record<string, { retryable: boolean; about: string }>;
export type LocalErrorCode = keyof typeof localErrors;

/**
 * Known codes complete in an editor: those of the SDK and those that every server has. A protocol has
 * codes of its own, and a newer server may send others.
 */
export type AnyCode = LocalErrorCode | keyof typeof systemErrors | SystemCloseCode | (string & {});

export interface MaruErrorFields {
  readonly code: AnyCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly field?: string | undefined;
  readonly cause?: unknown;
}

export class MaruError extends Error {
  override readonly name = "MaruError";
  readonly code: AnyCode;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Wait at least so long before trying again, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The field of the command that broke a rule, dotted. */
  readonly field: string | undefined;

  constructor(fields: MaruErrorFields) {
    super(fields.message, fields.cause === undefined ? {} : { cause: fields.cause });
    this.code = fields.code;
    this.retryable = fields.retryable;
    this.retryAfterMs = fields.retryAfterMs;
    this.field = fields.field;
  }
}

/** An error of the SDK's own; `message` replaces the table's sentence. */
export function localError(code: LocalErrorCode, message?: string, cause?: unknown): MaruError {
  const { retryable, about } = localErrors[code];
  return new MaruError({ code, message: message ?? about, retryable, cause });
}

/** Whether no server has reported it. */
export function isLocalError(error: unknown): boolean {
  return error instanceof MaruError && Object.hasOwn(localErrors, error.code);
}

export function errorOfReply(reply: ErrorReply): MaruError {
  const { code, message, retryable, retryAfterMs, field } = reply;
  return new MaruError({ code, message, retryable, retryAfterMs, field });
}

export function errorOfClose(close: CloseReason): MaruError {
  return new MaruError({
    code: close.code,
    message: close.reason,
    retryable: close.reconnect !== "never",
    retryAfterMs: close.afterMs,
  });
}
