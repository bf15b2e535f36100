// One direction of a proxied connection: what is read from the source goes into the sink, later, in
// pieces, slowly, in part or not at all. Owns the bytes that are on their way, at most `bufferBytes`
// and one read; when there are more, the source is not read. Knows sockets only by their shape.

import type { SeededRandom } from "../seeded-random.ts";
import type { Faults } from "./faults.ts";
import type { PipeSink, PipeSource, ProxyClock } from "./pipe-ports.ts";

export interface PipeOptions {
  readonly source: PipeSource;
  readonly sink: PipeSink;
  readonly faults: Faults;
  readonly random: SeededRandom;
  readonly clock: ProxyClock;
  readonly bufferBytes: number;
  /** The limit is reached: the whole connection ends so. */
  readonly cut: (how: "reset" | "close") => void;
}

type PipeEnd = "fin" | "reset";
type Item = { bytes: Uint8Array; readonly end: PipeEnd | null; isReady: boolean };

const nothing = new Uint8Array(0);
/** With a bandwidth, pieces last so long: smooth, and a timer can still measure it. */
const pieceMs = 20;

export class FaultyPipe {
  readonly #options: PipeOptions;
  #faults: Faults;
  #queue: Item[] = [];
  #heldBytes = 0;
  #passedBytes = 0;
  /** `passedBytes` when the limit was set. */
  #limitFrom = 0;
  #isSourcePaused = false;
  #isStopped = false;
  /** What the next write waits for, besides its item. */
  #waitsFor: "nothing" | "drain" | "turn" = "nothing";
  #cancelTurn: () => void = () => {};
  readonly #latencies = new Set<() => void>();
  #ended: PipeEnd | null = null;
  #hasSentFin = false;

  constructor(options: PipeOptions) {
    this.#options = options;
    this.#faults = options.faults;
  }

  /** Read, and not yet taken by the sink's kernel. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  get passedBytes(): number {
    return this.#passedBytes;
  }

  /** The sink has been told that nothing comes any more. */
  get hasSentFin(): boolean {
    return this.#hasSentFin;
  }

  /** The chunk is the pipe's from here on. */
  push(bytes: Uint8Array): void {
    if (this.#isStopped) return;
    this.#heldBytes += bytes.length;
    if (this.#heldBytes >= this.#options.bufferBytes && !this.#isSourcePaused) {
      this.#isSourcePaused = true;
      this.#options.source.pause();
    }
    this.#enqueue({ bytes, end: null, isReady: false });
  }

  /** The source ended; a reset may follow a FIN. The sink hears of it behind all bytes. */
  end(how: PipeEnd): void {
    if (this.#isStopped || this.#ended === "reset" || this.#ended === how) return;
    this.#ended = how;
    this.#enqueue({ bytes: nothing, end: how, isReady: false });
  }

  /** The sink's kernel has room again. */
  drained(): void {
    if (this.#waitsFor === "drain") this.#waitsFor = "nothing";
    this.#pump();
  }

  /** What is on its way keeps its latency; everything else is of the new faults at once. */
  setFaults(faults: Faults): void {
    if (faults.limit !== this.#faults.limit) this.#limitFrom = this.#passedBytes;
    this.#faults = faults;
    if (this.#waitsFor === "turn") this.#waitsFor = "nothing";
    this.#cancelTurn();
    this.#pump();
  }

  /** Drops what is on its way and forwards nothing any more. */
  stop(): void {
    this.#isStopped = true;
    this.#queue = [];
    this.#heldBytes = 0;
    this.#cancelTurn();
    for (const cancel of this.#latencies) cancel();
    this.#latencies.clear();
  }

  #enqueue(item: Item): void {
    const { latencyMs, jitterMs } = this.#faults;
    this.#queue.push(item);
    const ms = latencyMs + this.#options.random.between(0, jitterMs);
    if (ms === 0) item.isReady = true;
    else {
      const cancel = this.#options.clock.after(ms, () => {
        this.#latencies.delete(cancel);
        item.isReady = true;
        this.#pump();
      });
      this.#latencies.add(cancel);
    }
    this.#pump();
  }

  #pump(): void {
    while (!this.#faults.blackhole && this.#waitsFor === "nothing") {
      // The first one alone is looked at: what is ready behind it waits, and so order stays.
      const item = this.#queue[0];
      if (item === undefined || !item.isReady) return;
      if (item.end === null) this.#send(item);
      else this.#finish(item.end);
    }
    if (this.#waitsFor === "drain" && this.#ended === "reset" && !this.#faults.blackhole) {
      // A reset overtakes what a slow reader doesn't take, as it would without a proxy.
      this.#finish("reset");
    }
  }

  #finish(end: PipeEnd): void {
    const { sink } = this.#options;
    this.#queue.shift();
    if (end === "reset") {
      this.stop();
      return sink.terminate();
    }
    this.#hasSentFin = true;
    sink.shutdown();
  }

  #send(item: Item): void {
    const { limit } = this.#faults;
    const limitLeft = limit === null ? item.bytes.length : this.#limitLeft(limit.bytes);
    const piece = item.bytes.subarray(0, Math.min(this.#pieceBytes(), limitLeft));
    const taken = piece.length === 0 ? 0 : this.#options.sink.write(piece);
    if (taken < 0) return this.stop();
    item.bytes = item.bytes.subarray(taken);
    if (item.bytes.length === 0) this.#queue.shift();
    this.#heldBytes -= taken;
    this.#passedBytes += taken;
    if (limit !== null && this.#limitLeft(limit.bytes) === 0) return this.#options.cut(limit.end);
    this.#readOn();
    this.#pace(taken, taken < piece.length);
  }

  #limitLeft(bytes: number): number {
    return Math.max(0, bytes - (this.#passedBytes - this.#limitFrom));
  }

  #pieceBytes(): number {
    const { sliceBytes, bytesPerSecond } = this.#faults;
    const slice = sliceBytes === null ? Number.POSITIVE_INFINITY : sliceBytes;
    const paced = bytesPerSecond === null ? slice : Math.ceil((bytesPerSecond * pieceMs) / 1000);
    const most = Math.min(slice, paced);
    return sliceBytes === null ? most : this.#options.random.between(1, most);
  }

  #readOn(): void {
    if (!this.#isSourcePaused || this.#heldBytes > this.#options.bufferBytes / 2) return;
    this.#isSourcePaused = false;
    this.#options.source.resume();
  }

  #pace(taken: number, isBlocked: boolean): void {
    const { sliceBytes, bytesPerSecond } = this.#faults;
    const go = () => {
      this.#waitsFor = "nothing";
      this.#pump();
    };
    if (bytesPerSecond !== null && taken > 0) {
      this.#waitsFor = "turn";
      this.#cancelTurn = this.#options.clock.after((taken * 1000) / bytesPerSecond, go);
    } else if (isBlocked) {
      this.#waitsFor = "drain";
    } else if (sliceBytes !== null) {
      // Not a matter of time, so not of the clock: the other side only gets a chance to read.
      this.#waitsFor = "turn";
      const turn = setImmediate(go);
      this.#cancelTurn = () => clearImmediate(turn);
    }
  }
}
