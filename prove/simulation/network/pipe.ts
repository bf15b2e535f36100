// One direction of a simulated connection: bytes in order, split anywhere, late, and bounded in
// number as a kernel's buffers are. Loses nothing by itself; when it is broken, it loses the rest.

import type { SeededRandom, VirtualClock } from "@maru/testkit";
import type { Plan } from "../plan.ts";

export interface PipeEnds {
  /** Bytes arrived; they belong to the receiver. */
  received(bytes: Uint8Array): void;
  /** FIN arrived, behind all bytes. */
  ended(): void;
  /** There is room again, after a write that was cut short. */
  drained(): void;
}

export interface PipeOptions {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly network: Plan["network"];
}

/** A piece of the stream; null is its end. */
type Piece = Uint8Array | null;

export class Pipe {
  readonly #options: PipeOptions;
  readonly #ends: PipeEnds;
  /** Arrived, and not read yet. */
  #arrived: Piece[] = [];
  /** Written, and not read yet. */
  #heldBytes = 0;
  #lastArrivalMs = 0;
  #isPaused = false;
  #isReading = false;
  #wantsDrain = false;
  #isBroken = false;
  #isCut = false;

  constructor(options: PipeOptions, ends: PipeEnds) {
    this.#options = options;
    this.#ends = ends;
  }

  /** Takes a copy of as many bytes as there is room for, and says how many. */
  write(bytes: Uint8Array): number {
    const { random, network } = this.#options;
    let taken = Math.min(bytes.length, Math.max(0, network.kernelBytes - this.#heldBytes));
    if (taken > 1 && random.chance(network.shortWrites)) taken = random.between(1, taken);
    if (taken < bytes.length) {
      this.#wantsDrain = true;
      this.#drainLater();
    }
    this.#heldBytes += taken;
    for (let from = 0; from < taken; ) {
      const left = taken - from;
      const size = left > 1 && random.chance(network.slices) ? random.between(1, left) : left;
      this.#send(new Uint8Array(bytes.subarray(from, from + size)));
      from += size;
    }
    return taken;
  }

  /** Sends FIN behind what was written. */
  end(): void {
    this.#send(null);
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#readLater();
  }

  /** Nothing arrives for so long. */
  delay(ms: number): void {
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, this.#options.clock.nowMs() + ms);
  }

  /** Whatever is on its way or comes later vanishes, and neither end is told. */
  breakDown(): void {
    this.#isBroken = true;
  }

  /** Neither end hears of this pipe again. */
  cut(): void {
    this.#isCut = true;
    this.#arrived = [];
  }

  #send(piece: Piece): void {
    const { clock, random, network } = this.#options;
    const arrivalMs = clock.nowMs() + random.between(0, network.delayMs);
    this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs);
    clock.after(this.#lastArrivalMs - clock.nowMs(), () => {
      if (this.#isBroken || this.#isCut) return;
      this.#arrived.push(piece);
      this.#read();
    });
  }

  #read(): void {
    // What a handler sets off may come back here: one after the other.
    if (this.#isReading) return;
    this.#isReading = true;
    while (!this.#isPaused && !this.#isCut && this.#arrived.length > 0) {
      const piece = this.#arrived.shift() as Piece;
      if (piece === null) this.#ends.ended();
      else {
        this.#heldBytes -= piece.length;
        this.#ends.received(piece);
      }
    }
    this.#isReading = false;
    this.#drainLater();
  }

  #readLater(): void {
    if (this.#arrived.length > 0) this.#options.clock.after(0, () => this.#read());
  }

  #drainLater(): void {
    const { clock, network } = this.#options;
    if (!this.#wantsDrain || this.#heldBytes >= network.kernelBytes) return;
    this.#wantsDrain = false;
    clock.after(1, () => {
      if (!this.#isCut) this.#ends.drained();
    });
  }
}
