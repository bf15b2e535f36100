// Keeps sends below the server's limit, so that it never has to refuse one: a refused send in the
// middle of others would break the sender's order. A token bucket; owns no timer and no queue.

/** The share of the announced rate and burst that a well-behaved client uses. */
const rateShare = 0.95;
const burstShare = 0.5;

export class Pacer {
  #ratePerMs = 0;
  #burst = 0;
  #tokens = 0;
  #filledAtMs = 0;
  #blockedUntilMs = 0;

  /** Takes the limits of `welcome`: `sendRate` in messages per second, 0 = no limit. */
  configure(sendRate: number, sendBurst: number, nowMs: number): void {
    this.#ratePerMs = (sendRate * rateShare) / 1000;
    this.#burst = Math.max(1, Math.floor(sendBurst * burstShare));
    this.#tokens = this.#burst;
    this.#filledAtMs = nowMs;
    this.#blockedUntilMs = nowMs;
  }

  /** The server refused one: nothing more before `retryAfterMs`, and then slowly again. */
  refused(retryAfterMs: number, nowMs: number): void {
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, nowMs + retryAfterMs);
    this.#tokens = Math.min(this.#tokens, 1);
    this.#filledAtMs = this.#blockedUntilMs;
  }

  /** Milliseconds until the server takes anything again that it refused; 0 = now. */
  blockedMs(nowMs: number): number {
    return nowMs < this.#blockedUntilMs ? Math.ceil(this.#blockedUntilMs - nowMs) : 0;
  }

  /** Milliseconds until the next send may go; 0 = now. */
  waitMs(nowMs: number): number {
    const blockedMs = this.blockedMs(nowMs);
    if (blockedMs > 0) return blockedMs;
    if (this.#ratePerMs === 0) return 0;
    this.#fill(nowMs);
    return this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) / this.#ratePerMs);
  }

  /** Counts one send; call it only when `waitMs` is 0. */
  take(nowMs: number): void {
    if (this.#ratePerMs === 0) return;
    this.#fill(nowMs);
    this.#tokens -= 1;
  }

  #fill(nowMs: number): void {
    if (nowMs <= this.#filledAtMs) return;
    const grown = this.#tokens + (nowMs - this.#filledAtMs) * this.#ratePerMs;
    this.#tokens = Math.min(this.#burst, grown);
    this.#filledAtMs = nowMs;
  }
}
