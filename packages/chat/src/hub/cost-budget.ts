// What one session's commands may cost the others: time of the chat's own threads and bytes that it
// makes the server send. Both refill with time, and may be overdrawn once: what comes then has to wait
// (held-commands.ts), or is refused. Pure arithmetic.

import type { ChatSettings } from "../settings.ts";

/** What a command may cost at its worst, by what is known before it is carried out. */
export interface CommandCost {
  /** Microseconds of the threads that all sessions share: the hub's and the log's. */
  readonly workUs: number;
  /** Bytes that go out to others. */
  readonly fanoutBytes: number;
}

/** So much at once, and per second in the long run; a rate of 0 = no limit. */
export type CostBounds = Pick<
  ChatSettings,
  "workBurstUs" | "workRateUs" | "fanoutBurstBytes" | "fanoutRateBytes"
>;

/**
 * A session that was refused stays refused until it could be served for about this long: what it had
 * on the way is refused with it, so that what it sends again keeps its order.
 */
const refusalSeconds = 0.25;

const free: CommandCost = { workUs: 0, fanoutBytes: 0 };

export class CostBudget {
  readonly #bounds: CostBounds;
  #workUs: number;
  #fanoutBytes: number;
  #filledMs: number;
  #isRefused = false;

  constructor(bounds: CostBounds, now: number) {
    this.#bounds = bounds;
    this.#workUs = bounds.workBurstUs;
    this.#fanoutBytes = bounds.fanoutBurstBytes;
    this.#filledMs = now;
  }

  /** Whether something may be spent now, and no refusal holds: the usual case, at little cost. */
  isOpen(now: number): boolean {
    if (this.#isRefused) return false;
    if (now !== this.#filledMs) this.#fill(now);
    return this.#workUs >= 0 && this.#fanoutBytes >= 0;
  }

  /** Milliseconds until something may be spent, when `ahead` has been spent before it; 0: now. */
  waitMs(now: number, ahead: CommandCost = free): number {
    return this.#waitMs(now, ahead, 0);
  }

  /** Whether a refusal still holds for what comes behind `ahead`. */
  isRefused(now: number, ahead: CommandCost = free): boolean {
    if (this.#isRefused) this.#isRefused = this.#waitMs(now, ahead, refusalSeconds) > 0;
    return this.#isRefused;
  }

  /** Refuses what comes from now on, and returns for how many milliseconds, `ahead` being spent before. */
  refuse(now: number, ahead: CommandCost = free): number {
    this.#isRefused = true;
    return Math.max(1, this.#waitMs(now, ahead, refusalSeconds));
  }

  /** What is carried out now, whether the budget has it or not: the next one waits for it. */
  spend({ workUs, fanoutBytes }: CommandCost): void {
    if (this.#bounds.workRateUs > 0) this.#workUs -= workUs;
    if (this.#bounds.fanoutRateBytes > 0) this.#fanoutBytes -= fanoutBytes;
  }

  /** Work that was paid for and not done. */
  giveBack(workUs: number): void {
    if (this.#bounds.workRateUs > 0) this.#workUs += Math.max(0, workUs);
  }

  #waitMs(now: number, ahead: CommandCost, seconds: number): number {
    const { workRateUs, workBurstUs, fanoutRateBytes, fanoutBurstBytes } = this.#bounds;
    this.#fill(now);
    return Math.max(
      waitMs(this.#workUs - ahead.workUs, workRateUs, Math.min(workBurstUs, workRateUs * seconds)),
      waitMs(
        this.#fanoutBytes - ahead.fanoutBytes,
        fanoutRateBytes,
        Math.min(fanoutBurstBytes, fanoutRateBytes * seconds),
      ),
    );
  }

  /** A clock that goes back adds nothing. */
  #fill(now: number): void {
    const { workBurstUs, workRateUs, fanoutBurstBytes, fanoutRateBytes } = this.#bounds;
    const seconds = Math.max(0, now - this.#filledMs) / 1000;
    this.#filledMs = now;
    this.#workUs = Math.min(workBurstUs, this.#workUs + seconds * workRateUs);
    this.#fanoutBytes = Math.min(fanoutBurstBytes, this.#fanoutBytes + seconds * fanoutRateBytes);
  }
}

function waitMs(left: number, perSecond: number, wanted: number): number {
  if (perSecond === 0 || left >= wanted) return 0;
  return Math.ceil(((wanted - left) * 1000) / perSecond);
}
