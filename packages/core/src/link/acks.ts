// When a shard tells the service that the memory of a batch may be written again: with its next
// events, or by itself once that memory is much or has waited for long. A shard in which nobody
// speaks must not hold up the others.

import { startTimer } from "@maru/protocol";

/** Bytes that may be applied without telling, and milliseconds. */
const bytesMax = 262_144;
const waitMs = 50;

export class BatchAcks {
  readonly #tell: (batch: number) => void;
  #applied = 0;
  #told = 0;
  #bytes = 0;
  #cancelWait: (() => void) | null = null;

  constructor(tell: (batch: number) => void) {
    this.#tell = tell;
  }

  /** A batch has been applied; `bytes` of shared memory were read for it. */
  applied(batch: number, bytes: number): void {
    this.#applied = batch;
    this.#bytes += bytes;
    if (this.#bytes >= bytesMax) this.#tell(this.take());
    else this.#cancelWait ??= startTimer(waitMs, () => this.#waited());
  }

  /** The newest batch that is done with; who takes it tells it. */
  take(): number {
    this.#bytes = 0;
    this.#told = this.#applied;
    return this.#applied;
  }

  stop(): void {
    this.#cancelWait?.();
  }

  #waited(): void {
    this.#cancelWait = null;
    if (this.#told < this.#applied) this.#tell(this.take());
  }
}
