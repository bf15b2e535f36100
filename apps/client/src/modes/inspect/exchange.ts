// What has passed on one connection, as far as its frames tell: where each stands in its stream, which
// command a reply answers, and after how long. Pure; the clock is the caller's.

import { frameHeaderBytes } from "@maru/protocol";

/** Commands that wait for their reply; of more the oldest is forgotten. */
export const unansweredMax = 4_096;

export type Direction = "out" | "in";

/** One frame and what is known of it. */
export interface Exchanged {
  readonly direction: Direction;
  /** Milliseconds since the connection was there. */
  readonly ms: number;
  /** Bytes of this direction before the frame. */
  readonly offset: number;
  readonly payload: Uint8Array;
  readonly message: Message | null;
  /** The command that it answers. */
  readonly answers: { readonly type: string; readonly id: number; readonly ms: number } | null;
}

/** What every JSON object on such a connection may have; peers may put anything there. */
export interface Message {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly re?: unknown;
  readonly [key: string]: unknown;
}

const decoder = new TextDecoder();

export const textOf = (payload: Uint8Array): string => decoder.decode(payload);

/** Null: the text is no JSON object. */
export function messageIn(text: string): Message | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Message) : null;
  } catch {
    return null;
  }
}

export class Exchange {
  readonly #offsets: Record<Direction, number> = { out: 0, in: 0 };
  readonly #unanswered = new Map<number, { readonly type: string; readonly ms: number }>();
  #lastId = 0;

  /** Commands whose reply has not come. */
  get unanswered(): number {
    return this.#unanswered.size;
  }

  /** An id that no command before it had. */
  nextId(): number {
    return this.#lastId + 1;
  }

  sent(payload: Uint8Array, ms: number): Exchanged {
    const message = messageIn(textOf(payload));
    const { type, id } = message ?? {};
    if (typeof id === "number") {
      this.#lastId = Math.max(this.#lastId, id);
      if (this.#unanswered.size >= unansweredMax) {
        this.#unanswered.delete(this.#unanswered.keys().next().value as number);
      }
      this.#unanswered.set(id, { type: String(type), ms });
    }
    return { ...this.#placed("out", payload, ms), message, answers: null };
  }

  received(payload: Uint8Array, ms: number): Exchanged {
    const message = messageIn(textOf(payload));
    const { re } = message ?? {};
    const command = typeof re === "number" ? this.#unanswered.get(re) : undefined;
    if (typeof re === "number") this.#unanswered.delete(re);
    const answers =
      command === undefined ? null : { type: command.type, id: re as number, ms: ms - command.ms };
    return { ...this.#placed("in", payload, ms), message, answers };
  }

  #placed(direction: Direction, payload: Uint8Array, ms: number) {
    const offset = this.#offsets[direction];
    this.#offsets[direction] += frameHeaderBytes + payload.length;
    return { direction, ms, offset, payload };
  }
}
