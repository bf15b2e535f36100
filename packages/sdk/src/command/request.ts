// One command and the promise of its reply.
// Owns the promise's fate, the caller's signal and the timeout; knows neither ids nor sockets.
// Made by the client, written and answered through command-queue.ts.

import type { Clock, ErrorReply } from "@maru/protocol";
import type { CommandOf, CommandType, Reply, ReplyOf, ReplyType } from "@maru/protocol/chat";
import { type ChatError, errorOfReply, localError } from "../chat-error.ts";

/** A command without its id: it gets a new one each time that it is written. */
export type BodyOf<T extends CommandType> = Omit<CommandOf<T>, "id">;
export type CommandBody = { [T in CommandType]: BodyOf<T> }[CommandType];

export interface CommandRule {
  readonly reply: ReplyType;
  /** Whether it is asked again when the connection ended before the answer. */
  readonly repeatable: boolean;
  /**
   * Whether it goes through the outbox: it has a cid, keeps its place among the others, waits for as
   * long as it takes, and counts once however often it is written. `alone`: nothing of the outbox
   * follows it before its answer, for the server tells no rate by which a refusal could be avoided.
   */
  readonly outbox?: "paced" | "alone";
  /** For what is not in the outbox: what must have become of what was put there before it. */
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
  send: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "paced" },
  edit: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "alone" },
  redact: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "alone" },
  react: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "alone" },
  nick: { reply: "renamed", repeatable: false, sendsBefore: "acknowledged" },
  topic: { reply: "sent", repeatable: true, sendsBefore: "any", outbox: "alone" },
  who: { reply: "members", repeatable: true, sendsBefore: "any" },
  rooms: { reply: "directory", repeatable: true, sendsBefore: "any" },
  history: { reply: "page", repeatable: true, sendsBefore: "any", patient: true },
  search: { reply: "page", repeatable: true, sendsBefore: "any", patient: true },
  mark: { reply: "marked", repeatable: true, sendsBefore: "any" },
  inbox: { reply: "conversations", repeatable: true, sendsBefore: "any", patient: true },
  // Asked again later it would be a lie.
  typing: { reply: "noted", repeatable: false, sendsBefore: "any" },
  ping: { reply: "pong", repeatable: true, sendsBefore: "any" },
} as const satisfies Record<CommandType, CommandRule>;

export type ReplyTo<T extends CommandType> = ReplyOf<(typeof commandRules)[T]["reply"]>;

/** The commands that go through the outbox. */
export type OutboxType = {
  [T in CommandType]: (typeof commandRules)[T] extends { outbox: string } ? T : never;
}[CommandType];
export type OutboxBody = { [T in OutboxType]: BodyOf<T> }[OutboxType];
/** A command of the outbox as it is kept: plain data, with the cid by which it counts once. */
export type Unsent = OutboxBody & { readonly cid: string };

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

function bytesOf(body: object): number {
  const { text = "", topic = "", reason = "" } = body as Record<string, unknown>;
  return frameBytesBeside + Buffer.byteLength(`${text}${topic}${reason}`);
}

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
    this.bytes = bytesOf(body);
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
