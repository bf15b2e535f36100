// One command and the promise of its reply.
// Owns the promise's fate, the caller's signal and the timeout; knows neither ids nor sockets.
// Made by the engine, written and answered through command-queue.ts.

import type { Clock, ErrorReply } from "@maru/protocol";
import { errorOfReply, localError, type MaruError } from "../base/maru-error.ts";
import type { CommandBody, ServerSaid } from "../base/message.ts";

export interface CommandRule {
  /** Whether it is asked again when the connection ended before the answer. */
  readonly repeatable: boolean;
  /**
   * Whether it goes through the outbox: it counts once however often it is written, keeps its place
   * among the others, and waits for as long as it takes. `alone`: nothing of the outbox follows it
   * before its answer, for the server tells no rate by which a refusal could be avoided.
   */
  readonly outbox?: "paced" | "alone";
  /** For what is not in the outbox: what must have become of what was put there before it. */
  readonly sendsBefore: "any" | "written" | "acknowledged";
  /** Whether it waits and asks again when it was too much at once, instead of failing. */
  readonly patient?: true;
}

/** A command on its way, as the queue sees it. */
export interface Request {
  readonly body: CommandBody;
  readonly rule: CommandRule;
  /** The place among all requests of this client: smaller was asked for earlier. */
  readonly serial: number;
  /** Bytes that it counts for while it waits. */
  readonly bytes: number;
  /** True once the promise has its end; a reply that comes later changes nothing for the caller. */
  readonly settled: boolean;
  /** It will be asked again in `ms`: its time for an answer begins anew then. */
  postpone(ms: number): void;
  settle(reply: ServerSaid): void;
  fail(error: MaruError): void;
}

export interface RequestOptions {
  readonly rule: CommandRule;
  /** The type of its reply; null: whatever answers it. */
  readonly reply: string | null;
  readonly serial: number;
  readonly bytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number | null;
  readonly clock: Clock;
  /**
   * Runs in the turn in which the reply arrives, before any event that follows it on the wire.
   * `wanted` is false when the caller has given up meanwhile.
   */
  readonly onReply?: ((reply: ServerSaid, wanted: boolean) => void) | undefined;
  /** Runs once when the caller gives up: by signal or by timeout. */
  readonly onGivenUp: (request: Request) => void;
}

export function createRequest(
  body: CommandBody,
  options: RequestOptions,
): { request: Request; promise: Promise<ServerSaid> } {
  const fate = new Fate(body, options);
  return { request: fate, promise: fate.promise };
}

class Fate implements Request {
  readonly body: CommandBody;
  readonly rule: CommandRule;
  readonly serial: number;
  readonly bytes: number;
  readonly promise: Promise<ServerSaid>;
  settled = false;
  readonly #options: RequestOptions;
  #resolve!: (reply: ServerSaid) => void;
  #reject!: (error: MaruError) => void;
  #cancelTimer: (() => void) | null = null;
  readonly #abort = () =>
    this.#giveUp(localError("aborted", undefined, this.#options.signal?.reason));

  constructor(body: CommandBody, options: RequestOptions) {
    this.body = body;
    this.rule = options.rule;
    this.serial = options.serial;
    this.bytes = options.bytes;
    this.#options = options;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    options.signal?.addEventListener("abort", this.#abort, { once: true });
    this.postpone(0);
  }

  postpone(ms: number): void {
    this.#cancelTimer?.();
    const { timeoutMs, clock } = this.#options;
    if (timeoutMs === null) return;
    this.#cancelTimer = clock.after(ms + timeoutMs, () =>
      this.#giveUp(localError("timeout", `No answer to "${this.body.type}" in time.`)),
    );
  }

  settle(reply: ServerSaid): void {
    if (reply.type === "error") return this.fail(errorOfReply(reply as ErrorReply));
    const { reply: expected } = this.#options;
    if (expected !== null && reply.type !== expected) {
      return this.fail(localError("protocol_error", `"${reply.type}" is no answer to this.`));
    }
    this.#options.onReply?.(reply, !this.settled);
    if (this.#close()) this.#resolve(reply);
  }

  fail(error: MaruError): void {
    if (this.#close()) this.#reject(error);
  }

  #giveUp(error: MaruError): void {
    this.fail(error);
    this.#options.onGivenUp(this);
  }

  #close(): boolean {
    if (this.settled) return false;
    this.settled = true;
    this.#cancelTimer?.();
    this.#options.signal?.removeEventListener("abort", this.#abort);
    return true;
  }
}
