// The one timer that keeps a connection alive and finds out when it is dead.
// Owns the times of the last send, of the last receipt, and of the first ping after that;
// heartbeat.ts decides, this file waits.

import type { Clock } from "@maru/protocol";
import { beat } from "./heartbeat.ts";

export interface HeartbeatActions {
  ping(): void;
  dead(): void;
}

export class HeartbeatTimer {
  readonly #clock: Clock;
  readonly #actions: HeartbeatActions;
  #heartbeatMs = 0;
  #sentAtMs = 0;
  #receivedAtMs = 0;
  #pingedAtMs = 0;
  #deaf = false;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, actions: HeartbeatActions) {
    this.#clock = clock;
    this.#actions = actions;
  }

  start(heartbeatMs: number): void {
    this.stop();
    const nowMs = this.#clock.nowMs();
    this.#heartbeatMs = heartbeatMs;
    this.#sentAtMs = nowMs;
    this.#receivedAtMs = nowMs;
    this.#pingedAtMs = 0;
    this.#check();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  sent(): void {
    this.#sentAtMs = this.#clock.nowMs();
  }

  received(): void {
    this.#receivedAtMs = this.#clock.nowMs();
  }

  /** While deaf, silence says nothing; on hearing again, the peer gets its full time anew. */
  deaf(deaf: boolean): void {
    this.#deaf = deaf;
    if (!deaf) this.received();
  }

  #check(): void {
    const nowMs = this.#clock.nowMs();
    const pulse = {
      heartbeatMs: this.#heartbeatMs,
      sentAtMs: this.#sentAtMs,
      receivedAtMs: this.#receivedAtMs,
      pingedAtMs: this.#pingedAtMs,
      deaf: this.#deaf,
    };
    const { action, checkInMs } = beat(pulse, nowMs);
    if (action === "dead") return this.#actions.dead();
    if (action === "ping") {
      // The first one that is unanswered counts: each of the next would put the end off.
      if (this.#pingedAtMs <= this.#receivedAtMs) this.#pingedAtMs = nowMs;
      this.#actions.ping();
    }
    this.#cancel = this.#clock.after(checkInMs, () => this.#check());
  }
}
