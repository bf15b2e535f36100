// From received bytes to commands on their way to the service: decode, validate, limit, pass on.
// Turns away here whatever can be turned away without the service. Bounded work a turn: no
// connection is handled for more than framesPerTurn frames before the others have had theirs.

import {
  boundMs,
  type CloseReason,
  type DecodeFault,
  type ErrorReply,
  type FrameFault,
  type Protocol,
  systemClose,
  systemErrors,
  type WireMessage,
  waitMsMax,
} from "@maru/protocol";
import type { Counters } from "../base/counters.ts";
import type { Framings } from "../base/framings.ts";
import type { EngineLimits, RateLimit } from "../base/limits.ts";
import type { Connection } from "../connection/connection.ts";
import type { Uplink } from "../link/uplink.ts";

/**
 * Why a turn ended: no whole frame left, frames left for the next turn, the service takes none now, or
 * the connection has sent more bytes than it may and waits.
 */
export type TurnResult = "idle" | "more" | "blocked" | "throttled";

/** Types of unanswered commands that a connection at its bound is known by. */
const rememberedMax = 8;

export interface InboundEvents {
  /** Its command is answered here, with an error. */
  refused(connection: Connection, error: ErrorReply): void;
  /** Its stream is at an end: what it asked before is answered, and then it is closed. */
  finish(connection: Connection, reason: CloseReason): void;
}

export class Inbound {
  readonly #protocol: Protocol;
  readonly #framings: Framings;
  readonly #limits: EngineLimits;
  readonly #uplink: Uplink;
  readonly #counters: Counters;
  readonly #events: InboundEvents;
  readonly #rateOfType = new Map<string, RateLimit>();
  readonly #otherRate: RateLimit | null;
  /** With more unanswered commands than so many, their types are kept for the log. */
  readonly #rememberedAbove: number;

  constructor(options: {
    protocol: Protocol;
    framings: Framings;
    limits: EngineLimits;
    uplink: Uplink;
    counters: Counters;
    events: InboundEvents;
  }) {
    this.#protocol = options.protocol;
    this.#framings = options.framings;
    this.#limits = options.limits;
    this.#uplink = options.uplink;
    this.#counters = options.counters;
    this.#events = options.events;
    this.#rememberedAbove = Math.max(0, options.limits.inflight - rememberedMax);
    for (const rate of options.limits.rates) {
      for (const type of rate.types ?? []) this.#rateOfType.set(type, rate);
    }
    this.#otherRate = options.limits.rates.find((rate) => rate.types === undefined) ?? null;
  }

  /** Handles frames of one connection until its turn is over. */
  turn(connection: Connection, nowMs: number): TurnResult {
    for (let frames = 0; frames < this.#limits.framesPerTurn; frames += 1) {
      if (!connection.takesFrames) return "idle";
      if (!this.#mayPass(connection)) return "blocked";
      if (!connection.mayRead(nowMs))
        return connection.decoder.bufferedBytes > 0 ? "throttled" : "idle";
      const payload = connection.decoder.next();
      if (payload === null) {
        this.#noteControl(connection, nowMs);
        this.#checkFault(connection);
        return "idle";
      }
      connection.lastFrameMs = nowMs;
      connection.noteRead(payload.length, this.#limits, nowMs);
      this.#counters.add("framesIn", 1);
      this.#handle(connection, payload, nowMs);
    }
    return "more";
  }

  /** One greeting at a time: what follows it is read when it has succeeded. */
  #mayPass(connection: Connection): boolean {
    return this.#uplink.hasCredit && connection.inflight < connection.inflightMax(this.#limits);
  }

  /** What its framing answers by itself is heard of the peer, and read, as messages are. */
  #noteControl(connection: Connection, nowMs: number): void {
    const bytes = connection.decoder.takeControlBytes();
    if (bytes === 0) return;
    connection.lastFrameMs = nowMs;
    connection.noteRead(bytes, this.#limits, nowMs);
  }

  #checkFault(connection: Connection): void {
    const { fault } = connection.decoder;
    if (fault === null) return;
    this.#counters.add("framesRefused", 1);
    this.#events.finish(connection, systemClose(fault.code, sentenceOf(fault)));
  }

  #handle(connection: Connection, payload: Uint8Array, nowMs: number): void {
    const decoded = this.#protocol.client.decode(payload);
    if (!decoded.ok) {
      this.#counters.add("framesRefused", 1);
      this.#answerFault(connection, decoded.fault, nowMs);
      return;
    }
    const { message, text } = decoded;
    if (connection.state.phase === "handshaking" && message.type !== this.#protocol.greeting) {
      this.#events.finish(connection, systemClose("hello_required"));
      return;
    }
    const rate = this.#rateOfType.get(message.type) ?? this.#otherRate;
    const waitMs = rate === null ? 0 : connection.throttle(rate, nowMs);
    if (waitMs > 0) {
      this.#answerThrottled(connection, message, waitMs);
      return;
    }
    if (!connection.announced) {
      connection.announced = true;
      const { address, framing } = connection;
      this.#uplink.opened(connection.id, { address, framing: this.#framings.indexOf(framing) });
    }
    if (!this.#protocol.notices.has(message.type)) this.#count(connection, message.type);
    this.#uplink.message(connection.id, message, text, payload.length);
  }

  /** One more that is unanswered; a notice never gets an answer, so it holds nothing up. */
  #count(connection: Connection, type: string): void {
    connection.inflight += 1;
    if (connection.inflight <= this.#rememberedAbove) return;
    // Each stands in the place that its number of unanswered commands gives it, over an older one's.
    connection.askedTypes ??= [];
    connection.askedTypes[connection.inflight - this.#rememberedAbove - 1] = type;
  }

  /**
   * With an id the command can be answered; without one the stream itself makes no sense. A notice that
   * breaks a rule has none either: its client is told by the close, and which field it was.
   */
  #answerFault(connection: Connection, fault: DecodeFault, nowMs: number): void {
    const waitMs = this.#otherRate === null ? 0 : connection.throttle(this.#otherRate, nowMs);
    if (fault.code === "malformed" || fault.id === undefined) {
      this.#events.finish(connection, systemClose("malformed", sentenceOf(fault)));
    } else if (connection.state.phase === "handshaking" && fault.code === "unknown_type") {
      this.#events.finish(connection, systemClose("hello_required"));
    } else if (waitMs > 0) {
      this.#answerThrottled(connection, { type: "", id: fault.id } as WireMessage, waitMs);
    } else {
      this.#events.refused(connection, {
        type: "error",
        re: fault.id,
        code: fault.code,
        message: fault.message,
        retryable: systemErrors[fault.code].retryable,
        ...(fault.field !== undefined && { field: fault.field }),
      });
    }
  }

  #answerThrottled(connection: Connection, message: WireMessage, waitMs: number): void {
    this.#counters.add("framesRateLimited", 1);
    const id = (message as { id?: unknown }).id;
    if (typeof id !== "number") return;
    this.#events.refused(connection, {
      type: "error",
      re: id,
      code: "rate_limited",
      message: "too many at once",
      retryable: systemErrors.rate_limited.retryable,
      retryAfterMs: boundMs(waitMs, 0, waitMsMax),
    });
  }
}

function sentenceOf(fault: FrameFault | DecodeFault): string {
  if ("message" in fault) {
    const field = "field" in fault ? `${fault.field}: ` : "";
    return `Malformed: ${field}${fault.message}.`;
  }
  return `A frame of ${fault.length} bytes is out of bounds: 1 to ${fault.limit}.`;
}
