// One peer's socket, buffers and limits, inside one shard. Data with identity and a lifetime;
// what happens to it is decided in the shard's stages.

import type { Framing, PayloadDecoder } from "@maru/protocol";
import { assert } from "../base/assert.ts";
import type { EngineLimits, RateLimit } from "../base/limits.ts";
import { Allowance } from "./allowance.ts";
import type { ConnectionSocket } from "./connection-socket.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { FirstBytes } from "./first-bytes.ts";
import { OutboundQueue } from "./outbound-queue.ts";
import { TokenBucket } from "./token-bucket.ts";

/** A connection's place in one group's array of members. */
export interface GroupPlace {
  readonly group: number;
  index: number;
}

const noMemberships: GroupPlace[] = [];

export class Connection {
  // What every delivery touches stands first, so that it lies together: with thousands of members
  // each delivery finds its connection out of the processor's cache, and pays for every line of it.
  readonly socket: ConnectionSocket;
  /** This tick's output: the first piece, and the others if there are any. Views, valid this tick. */
  firstPiece: Uint8Array | null = null;
  morePieces: Uint8Array[] | null = null;
  /** Active, not cut, nothing waiting in `queue`: what comes goes straight to the socket. */
  isFlowing = false;
  readonly id: number;
  decoder: PayloadDecoder;
  queue: OutboundQueue;
  /** What it is told is framed so: the protocol's own, until its first bytes choose another. */
  framing: Framing;
  /** `decoder`, as long as those bytes have not come; null: they have, or there is no choice. */
  firstBytes: FirstBytes | null;
  /** Where the peer connects from, read while the socket knew it; "" where it never did. */
  readonly address: string;
  /** Key of the address for the cap per address. */
  readonly addressKey: number;
  #state: ConnectionState;
  /** Commands passed to the service and not answered yet. */
  inflight = 0;
  /** When the last whole frame came, on the shard's clock. */
  lastFrameMs: number;
  /** It counts towards the caps. */
  admitted = false;
  /** It was turned away at the door and only waits for its farewell to leave. */
  refused = false;
  /** The service has been told of this connection. */
  announced = false;
  /** Types of the newest of the commands that have brought it near its bound; null while far from it. */
  askedTypes: string[] | null = null;
  /** The service has been told of its end, or need not be. */
  reported = false;
  /** The peer has sent FIN. */
  peerEnded = false;
  /** It stands in the shard's queue of turns. */
  queued = false;
  #cut = false;
  memberships: GroupPlace[] = noMemberships;
  #shut = false;
  /** Its framing's last words have been said. */
  saidFarewell = false;
  #paused = false;
  #buckets: Map<RateLimit, TokenBucket> | null = null;
  /** Bytes of frames that may still be taken; null while as many as at the start. */
  #readAllowance: Allowance | null = null;
  /** Frames of it wait until the allowance has refilled. */
  isThrottled = false;

  constructor(options: {
    id: number;
    socket: ConnectionSocket;
    framing: Framing;
    frameBytes: number;
    address: string;
    addressKey: number;
    state: ConnectionState;
    nowMs: number;
    /** Where the port speaks several framings. */
    firstBytes?: FirstBytes | null;
  }) {
    this.id = options.id;
    this.socket = options.socket;
    this.address = options.address;
    this.framing = options.framing;
    this.firstBytes = options.firstBytes ?? null;
    this.decoder = this.firstBytes ?? options.framing.createDecoder(options.frameBytes);
    this.queue = new OutboundQueue(options.framing);
    this.addressKey = options.addressKey;
    this.#state = options.state;
    this.lastFrameMs = options.nowMs;
    this.noteFlow();
  }

  /** Its first bytes have chosen: `framing` begins with them. */
  choose(framing: Framing): void {
    assert(this.firstBytes !== null && this.queue.bytes === 0, "a framing is chosen first of all");
    const { payloadBytesMax } = this.decoder;
    const bytes = this.firstBytes.take();
    this.firstBytes = null;
    this.framing = framing;
    this.queue = new OutboundQueue(framing);
    this.decoder = framing.createDecoder(payloadBytesMax);
    this.decoder.push(bytes);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  set state(state: ConnectionState) {
    this.#state = state;
    this.noteFlow();
  }

  /** Its output ended early: what is still enqueued is dropped. */
  get cut(): boolean {
    return this.#cut;
  }

  set cut(cut: boolean) {
    this.#cut = cut;
    this.noteFlow();
  }

  /** To be called when `queue` has begun to hold bytes, or holds none any more. */
  noteFlow(): void {
    this.isFlowing = !this.#cut && this.#state.phase === "active" && this.queue.bytes === 0;
  }

  /** Whether the service's bytes still go to this peer. */
  get takesOutput(): boolean {
    const { state } = this;
    return state.phase !== "closed" && (state.phase !== "draining" || state.answering);
  }

  /** Whether frames that have arrived are still handled. */
  get takesFrames(): boolean {
    const { state } = this;
    return this.takesInput || (state.phase === "draining" && state.answering);
  }

  /** Whether the peer's bytes are still read. */
  get takesInput(): boolean {
    return this.state.phase === "handshaking" || this.state.phase === "active";
  }

  /** Its frames wait for us, so its silence is ours. */
  get isHeldBack(): boolean {
    return this.inflight > 0 || this.queued || this.isThrottled;
  }

  /** How many of its commands may be unanswered: of greetings, one. */
  inflightMax(limits: EngineLimits): number {
    return this.state.phase === "handshaking" ? 1 : limits.inflight;
  }

  get isPaused(): boolean {
    return this.#paused;
  }

  /** Stops reading the socket; the kernel then holds the peer back. */
  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.socket.pause();
  }

  unpause(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.socket.resume();
  }

  /** Sends FIN, once. */
  shutdownOnce(): void {
    if (this.#shut) return;
    this.#shut = true;
    this.socket.shutdown();
  }

  /** Whether another frame may be taken from what it has sent. */
  mayRead(nowMs: number): boolean {
    return this.#readAllowance === null || this.#readAllowance.isOpen(nowMs);
  }

  /** A frame of so many bytes was taken. */
  noteRead(bytes: number, limits: EngineLimits, nowMs: number): void {
    const { inboundRateBytes: perSecond, inboundBurstBytes: burst } = limits;
    if (perSecond === 0) return;
    this.#readAllowance ??= new Allowance({ perSecond, burst }, nowMs);
    this.#readAllowance.spend(bytes);
  }

  /** Milliseconds to wait under `limit`; 0 = go on. An idle connection holds no buckets. */
  throttle(limit: RateLimit, nowMs: number): number {
    if (limit.perSecond === 0) return 0;
    this.#buckets ??= new Map();
    let bucket = this.#buckets.get(limit);
    if (bucket === undefined) {
      bucket = new TokenBucket(limit, nowMs);
      this.#buckets.set(limit, bucket);
    }
    return bucket.take(nowMs);
  }

  /** A peer that has been quiet for long enough starts anew, and holds nothing meanwhile. */
  dropFullBuckets(nowMs: number): void {
    if (this.#readAllowance?.isFull(nowMs) === true) this.#readAllowance = null;
    if (this.#buckets === null) return;
    for (const [limit, bucket] of this.#buckets) {
      if (bucket.isFull(nowMs)) this.#buckets.delete(limit);
    }
    if (this.#buckets.size === 0) this.#buckets = null;
  }

  addPlace(membership: GroupPlace): void {
    if (this.memberships === noMemberships) this.memberships = [];
    this.memberships.push(membership);
  }
}
