// One command and the promise of its reply.
// Owns the promise's fate, the caller's signal and the timeout; knows neither ids nor sockets.
// Made by the client, written and answered through command-queue.ts.

import type { ErrorReply } from "@maru/protocol";
import type { CommandOf, CommandType, Reply, ReplyOf, ReplyType } from "@maru/protocol/chat";
import { type ChatError, errorOfReply, localError } from "../chat-error.ts";
import type { Clock } from "../clock.ts";

/** A command without its id: it gets a new one each time that it is written. */
export type BodyOf<T extends CommandType> = Omit<CommandOf<T>, "id">;
export type CommandBody = { [T in CommandType]: BodyOf<T> }[CommandType];

interface CommandRule {
  readonly reply: ReplyType;
  /** Whether it is asked again when the connection ended before the answer. */
  readonly repeatable: boolean;
  /** What must have become of the sends that were asked for before it. */
  readonly sendsBefore: "any" | "written" | "acknowledged";
  /** Whether it waits and asks again when it was too much at once, instead of failing. */
  readonly patient?: true;
}

/**
 * How each command is answered, and what it may overtake. A cid counts for one nick: a send that
 * was repeated under another one would be stored twice, so none may be open when the nick changes.
 */
export const commandRules = {
  hello: { reply: "welcome", repeatable: false, sendsBefore: "any" },
  join: { reply: "joined", repeatable: true, sendsBefore: "any" },
  leave: { reply: "left", repeatable: true, sendsBefore: "written" },
  send: { reply: "sent", repeatable: true, sendsBefore: "written" },
  edit: { reply: "sent", repeatable: true, sendsBefore: "written" },
  redact: { reply: "sent", repeatable: true, sendsBefore: "written" },
  react: { reply: "sent", repeatable: true, sendsBefore: "written" },
  nick: { reply: "renamed", repeatable: false, sendsBefore: "acknowledged" },
  topic: { reply: "sent", repeatable: false, sendsBefore: "written" },
  who: { reply: "members", repeatable: true, sendsBefore: "any" },
  rooms: { reply: "directory", repeatable: true, sendsBefore: "any" },
  history: { reply: "page", repeatable: true, sendsBefore: "any", patient: true },
  search: { reply: "page", repeatable: true, sendsBefore: "any", patient: true },
  mark: { reply: "marked", repeatable: true, sendsBefore: "any" },
  inbox: { reply: "conversations", repeatable: true, sendsBefore: "any" },
  ping: { reply: "pong", repeatable: true, sendsBefore: "any" },
} as const satisfies Record<CommandType, CommandRule>;

export type ReplyTo<T extends CommandType> = ReplyOf<(typeof commandRules)[T]["reply"]>;

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
  settle(reply: Reply | ErrorReply): void;
  fail(error: ChatError): void;
}

export interface RequestOptions<T extends CommandType> {
  readonly serial: number;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number | null;
  readonly clock: Clock;
  /**
   * Runs in the turn in which the reply arrives, before any event that follows it on the wire.
   * `wanted` is false when the caller has given up meanwhile.
   */
  readonly onReply?: ((reply: ReplyTo<T>, wanted: boolean) => void) | undefined;
  /** Runs once when the caller gives up: by signal or by timeout. */
  readonly onGivenUp: (request: Request) => void;
}

export function createRequest<T extends CommandType>(
  body: BodyOf<T> & { readonly type: T },
  options: RequestOptions<T>,
): { request: Request; promise: Promise<ReplyTo<T>> } {
  const fate = new Fate<T>(body, options);
  return { request: fate, promise: fate.promise };
}

/** The text is nearly all of a command; the rest of a frame is about this much. */
const frameBytesBeside = 160;

class Fate<T extends CommandType> implements Request {
  readonly body: CommandBody;
  readonly rule: CommandRule;
  readonly serial: number;
  readonly bytes: number;
  readonly promise: Promise<ReplyTo<T>>;
  settled = false;
  readonly #options: RequestOptions<T>;
  #resolve!: (reply: ReplyTo<T>) => void;
  #reject!: (error: ChatError) => void;
  #cancelTimer: (() => void) | null = null;
  readonly #abort = () =>
    this.#giveUp(localError("aborted", undefined, this.#options.signal?.reason));

  constructor(body: BodyOf<T> & { readonly type: T }, options: RequestOptions<T>) {
    this.body = body as unknown as CommandBody;
    this.rule = commandRules[body.type];
    this.serial = options.serial;
    this.bytes = frameBytesBeside + ("text" in body ? Buffer.byteLength(String(body.text)) : 0);
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

  settle(reply: Reply | ErrorReply): void {
    if (reply.type === "error") return this.fail(errorOfReply(reply));
    if (reply.type !== this.rule.reply) {
      return this.fail(localError("protocol_error", `"${reply.type}" is no answer to this.`));
    }
    const answer = reply as ReplyTo<T>;
    this.#options.onReply?.(answer, !this.settled);
    if (this.#close()) this.#resolve(answer);
  }

  fail(error: ChatError): void {
    if (this.#close()) this.#reject(error);
  }

  #giveUp(error: ChatError): void {
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
