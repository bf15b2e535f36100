// Which command is written when, and which reply belongs to it.
// Owns the ids on the wire, the limit of unanswered commands, the pace of sends and the outbox (see
// `outbox` of a command's rule: what is "sent" here is whatever goes through it).
// Fed by the engine with requests and by the link with replies; writes through one function.

import type { Clock, ErrorReply } from "@maru/protocol";
import { Fifo } from "../base/fifo.ts";
import { errorOfReply, localError, type MaruError } from "../base/maru-error.ts";
import type { CommandBody, ServerSaid } from "../base/message.ts";
import { retryWaitMs } from "../base/retry-wait.ts";
import { Outbox } from "./outbox.ts";
import { Pacer } from "./pacer.ts";
import { Postponed } from "./postponed.ts";
import type { Request } from "./request.ts";

export interface CommandWire {
  nextId(): number;
  /** Whether the kernel takes more. */
  readonly writable: boolean;
  send(message: CommandBody): void;
}

/** What one connection allows. */
export interface QueueLimits {
  /** Commands that may be unanswered at a time. */
  readonly inflight: number;
  /** Commands that the outbox sends in a second, and at once; a rate of 0 = no limit. */
  readonly sendRate: number;
  readonly sendBurst: number;
}

export interface QueueOptions {
  readonly wire: CommandWire;
  readonly clock: Clock;
  /** Whether a refusal passes by itself: what is asked again later will be done. */
  readonly isPassing: (reply: ErrorReply) => boolean;
  /** Runs whenever something was written, answered, given up or put in the outbox. */
  readonly changed: () => void;
}

/** After a refusal that names no time. */
const retryAfterMsDefault = 1000;

export class CommandQueue {
  readonly outbox = new Outbox();
  /** Why the server last refused for now what is in the outbox; null: it has taken something since. */
  lastRefusal: MaruError | null = null;
  readonly #wire: CommandWire;
  readonly #clock: Clock;
  readonly #isPassing: QueueOptions["isPassing"];
  readonly #changed: () => void;
  readonly #pacer = new Pacer();
  readonly #waiting = new Fifo<Request>();
  readonly #unanswered = new Map<number, Request>();
  readonly #postponed: Postponed;
  /** What was in the outbox when the client was closed. */
  readonly #left: CommandBody[] = [];
  #inflightMax = 0;
  #sendsHeld = false;
  #cancelPace: (() => void) | null = null;

  constructor({ wire, clock, isPassing, changed }: QueueOptions) {
    this.#wire = wire;
    this.#clock = clock;
    this.#postponed = new Postponed(clock);
    this.#isPassing = isPassing;
    this.#changed = changed;
  }

  /** Commands without an end yet, sends included. */
  get pending(): number {
    const written = this.#unanswered.size;
    return this.#waiting.length + this.outbox.size + written + this.#postponed.size;
  }

  /** The same without the outbox, whose bound is in bytes. */
  get asked(): number {
    return this.#waiting.length + this.#unanswered.size + this.#postponed.size;
  }

  /** What the server has not acknowledged, in order; stays readable after the end. */
  get unsent(): CommandBody[] {
    return [...this.#left, ...this.outbox.requests.map(({ body }) => body)];
  }

  /** Whether a reply is on its way that is waited for. */
  get awaited(): boolean {
    return this.#unanswered.size > 0;
  }

  /** Whether a command that waits for no send would be written at once. */
  get ready(): boolean {
    return this.#wire.writable && this.#unanswered.size < this.#inflightMax;
  }

  /** `first`: before the commands that wait already. */
  add(request: Request, first = false): void {
    if (request.rule.outbox !== undefined) {
      this.outbox.add(request);
      this.#changed();
    } else if (first) this.#waiting.unshift([request]);
    else this.#waiting.push(request);
    this.pump();
  }

  /** The caller has given up: what is not on the wire is not written; a late reply is let go. */
  giveUp(request: Request): void {
    this.#waiting.remove(request);
    this.#postponed.giveUp(request);
    this.outbox.done(request);
    this.#changed();
    this.pump();
  }

  /** A connection is there; with `holdSends` they wait until `releaseSends`. */
  online(limits: QueueLimits, holdSends: boolean): void {
    this.#inflightMax = limits.inflight;
    this.#pacer.configure(limits.sendRate, limits.sendBurst, this.#clock.nowMs());
    this.#sendsHeld = holdSends;
    this.pump();
  }

  releaseSends(): void {
    this.#sendsHeld = false;
    this.pump();
  }

  /** The connection is gone: what can be asked again waits, the rest fails. */
  offline(): void {
    this.#inflightMax = 0;
    this.#cancelPacing();
    const written = [...this.#unanswered.values()];
    this.#unanswered.clear();
    this.outbox.connectionLost();
    const commands = written.filter(({ rule, settled }) => rule.outbox === undefined && !settled);
    this.#waiting.unshift(commands.filter(({ rule }) => rule.repeatable));
    for (const request of commands) {
      if (!request.rule.repeatable) request.fail(localError("connection_lost"));
    }
    this.#changed();
  }

  /** Nothing will be written any more: every promise fails with `error`. */
  fail(error: MaruError): void {
    this.offline();
    const unsent = this.outbox.clear();
    this.#left.push(...unsent.map(({ body }) => body));
    const all = [...this.#waiting, ...this.#postponed.clear(), ...unsent];
    this.#waiting.clear();
    for (const request of all) request.fail(error);
    this.#changed();
  }

  /** Takes the reply to the request of the id `re`; false: there is none. */
  reply(re: number, reply: ServerSaid): boolean {
    const request = this.#unanswered.get(re);
    if (request === undefined) return false;
    this.#unanswered.delete(re);
    const isSend = request.rule.outbox !== undefined;
    const refusal = reply.type === "error" ? (reply as ErrorReply) : null;
    const isPassing = refusal !== null && !request.settled && this.#isPassing(refusal);
    if (isPassing && (isSend || request.rule.patient)) {
      const afterMs = retryWaitMs(refusal.retryAfterMs, retryAfterMsDefault);
      if (isSend) {
        this.lastRefusal = errorOfReply(refusal);
        this.#pacer.refused(afterMs, this.#clock.nowMs());
        this.outbox.returned(request);
      } else this.#postponed.add(request, afterMs, () => this.add(request));
    } else {
      if (isSend) {
        this.outbox.done(request);
        this.lastRefusal = null;
      }
      request.settle(reply);
    }
    this.#changed();
    this.pump();
    return true;
  }

  /** Writes whatever may be written now. */
  pump(): void {
    this.#cancelPacing();
    const before = this.#unanswered.size;
    while (this.ready) {
      const request = this.#nextCommand() ?? this.#nextSend();
      if (request === null) break;
      const id = this.#wire.nextId();
      this.#unanswered.set(id, request);
      this.#wire.send({ ...request.body, id });
    }
    if (this.#unanswered.size > before) this.#changed();
  }

  #nextCommand(): Request | null {
    for (const request of this.#waiting) {
      if (this.#isHeldBySends(request)) continue;
      this.#waiting.remove(request);
      return request;
    }
    return null;
  }

  #isHeldBySends({ rule, serial }: Request): boolean {
    if (rule.sendsBefore === "any") return false;
    const { outbox } = this;
    return rule.sendsBefore === "written" ? outbox.waitsBefore(serial) : outbox.holdsBefore(serial);
  }

  /** Whether a command that needs every send before it acknowledged is open, and came first. */
  #isHeldByCommand({ serial }: Request): boolean {
    const bars = (other: Request) =>
      other.rule.sendsBefore === "acknowledged" && other.serial < serial;
    for (const other of this.#unanswered.values()) if (bars(other)) return true;
    for (const other of this.#waiting) if (bars(other)) return true;
    return false;
  }

  #nextSend(): Request | null {
    const request = this.#sendsHeld ? null : this.outbox.next();
    if (request === null || this.#isHeldByCommand(request)) return null;
    const nowMs = this.#clock.nowMs();
    const isPaced = request.rule.outbox === "paced";
    const waitMs = isPaced ? this.#pacer.waitMs(nowMs) : this.#pacer.blockedMs(nowMs);
    if (waitMs > 0) {
      this.#cancelPace = this.#clock.after(waitMs, () => this.pump());
      return null;
    }
    if (isPaced) this.#pacer.take(nowMs);
    this.outbox.written();
    return request;
  }

  #cancelPacing(): void {
    this.#cancelPace?.();
    this.#cancelPace = null;
  }
}
