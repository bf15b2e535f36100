// What the service says in one tick, gathered per session and per group, encoded once, and handed
// to the shards as one batch each. Owns the arena and the order of what goes out.

import type { EncodedPayload, Framing } from "@maru/protocol";
import type { Framings } from "../base/framings.ts";
import { Arena } from "../link/arena.ts";
import { type DownlinkBatch, OpWriter, op } from "../link/downlink.ts";
import type { GroupException, GroupRecord, SessionRecord } from "./session.ts";
import { type NamePayload, type NameRun, writeRuns } from "./write-runs.ts";

/** The way to one shard, and what is known of how far it has come. */
interface Lane {
  readonly ops: OpWriter;
  readonly deliver: (batch: DownlinkBatch) => void;
  readonly knownChunks: Set<number>;
  creditBytes: number;
  /** The shard waits for an answer to its last batch. */
  owesAnswer: boolean;
  sentBatch: number;
  ackedBatch: number;
  isUp: boolean;
}

const isNone = (members: number) => members === 0;

/** Bytes of one chunk: big enough that a tick seldom needs two, small enough to stay in the cache. */
const chunkBytesMin = 1_048_576;

export class Outbound {
  readonly #framings: Framings;
  readonly #arena: Arena;
  readonly #lanes: Lane[];
  #batch = 1;
  #dirtySessions: SessionRecord[] = [];
  #dirtyGroups: GroupRecord[] = [];

  constructor(options: {
    framings: Framings;
    deliver: readonly ((batch: DownlinkBatch) => void)[];
    frameBytes: number;
    downlinkBytes: number;
  }) {
    this.#framings = options.framings;
    const chunkBytes = Math.max(chunkBytesMin, options.frameBytes * 4);
    this.#arena = new Arena(chunkBytes, options.downlinkBytes);
    this.#lanes = options.deliver.map((deliver) => ({
      ops: new OpWriter(),
      deliver,
      knownChunks: new Set(),
      creditBytes: 0,
      owesAnswer: false,
      sentBatch: 0,
      ackedBatch: 0,
      isUp: true,
    }));
  }

  /** True when a shard is so far behind that no more commands should be taken. */
  get isFull(): boolean {
    return this.#arena.isFull;
  }

  /** Adds a message for one session; `answers` of its commands are answered by it. */
  send(session: SessionRecord, payload: EncodedPayload, answers: number): void {
    if (!session.isOpen) return;
    if (session.pending.length === 0) this.#dirtySessions.push(session);
    session.pending.push(payload);
    session.answered += answers;
  }

  /** For all members of the group but `except`, if that is one of them. */
  publish(group: GroupRecord, payload: EncodedPayload, except: SessionRecord | null = null): void {
    if (group.pending.length === 0) this.#dirtyGroups.push(group);
    if (except?.groups.has(group) === true) {
      group.exceptions ??= [];
      group.exceptions.push({ place: group.pending.length, session: except });
    }
    group.pending.push(payload);
  }

  /** The session gets what is published from here on, after all that it was sent itself. */
  join(group: GroupRecord, session: SessionRecord): void {
    if (!session.isOpen || session.groups.has(group)) return;
    this.#flushPending(group, session);
    session.groups.add(group);
    this.#countMember(group, session, 1);
    this.#lane(session).ops.push(op.join, session.connection, this.#idIn(group, session.framing));
  }

  leave(group: GroupRecord, session: SessionRecord): void {
    if (!session.groups.delete(group)) return;
    if (session.isOpen) this.#flushPending(group, session);
    this.#countMember(group, session, -1);
    if (!session.isOpen) return;
    this.#lane(session).ops.push(op.leave, session.connection, this.#idIn(group, session.framing));
  }

  accept(session: SessionRecord): void {
    if (session.isOpen) this.#lane(session).ops.push(op.accept, session.connection, 0);
  }

  /** Ends the session behind all that was said before. `payload` is the message that tells it why. */
  close(session: SessionRecord, payload: EncodedPayload): void {
    if (!session.isOpen) return;
    this.#flushSessions();
    this.#flushGroups();
    const { ops } = this.#lane(session);
    this.#write([payload], this.#framingOf(session), (chunk, offset, length) => {
      ops.pushBytes(op.close, session.connection, 0, chunk, offset, length);
    });
  }

  /** The session's connection is gone: nothing for it is kept, and its groups count without it. */
  forget(session: SessionRecord): void {
    session.isOpen = false;
    session.pending = [];
    for (const group of session.groups) this.#countMember(group, session, -1);
    session.groups.clear();
  }

  /** A shard's batch has been taken: it may send the next one, and as many bytes more. */
  answerUplink(shard: number, bytes: number): void {
    const lane = this.#lanes[shard] as Lane;
    lane.creditBytes += bytes;
    lane.owesAnswer = true;
  }

  /** A shard has written or copied everything up to `batch`. */
  acknowledge(shard: number, batch: number): void {
    (this.#lanes[shard] as Lane).ackedBatch = batch;
    this.#reclaim();
  }

  /** A shard is gone, or (`up`) a new one stands in its place and has seen nothing. */
  resetShard(shard: number, up: boolean): void {
    const lane = this.#lanes[shard] as Lane;
    lane.ops.take();
    lane.knownChunks.clear();
    lane.creditBytes = 0;
    lane.owesAnswer = false;
    lane.sentBatch = 0;
    lane.ackedBatch = 0;
    lane.isUp = up;
    this.#reclaim();
  }

  /** Encodes and hands out everything that the service has said in this tick. */
  flush(): void {
    this.#flushSessions();
    this.#flushGroups();
    for (const lane of this.#lanes) {
      if (lane.isUp && (lane.owesAnswer || !lane.ops.isEmpty)) this.#deliver(lane);
    }
    this.#batch += 1;
    this.#reclaim();
  }

  #deliver(lane: Lane): void {
    const { creditBytes, owesAnswer: answersUplink } = lane;
    lane.creditBytes = 0;
    lane.owesAnswer = false;
    lane.sentBatch = this.#batch;
    const chunks = this.#arena.chunks.filter(({ id }) => !lane.knownChunks.has(id));
    for (const { id } of chunks) lane.knownChunks.add(id);
    lane.deliver({ batch: this.#batch, ops: lane.ops.take(), chunks, creditBytes, answersUplink });
  }

  #reclaim(): void {
    let acked = this.#batch - 1;
    for (const { sentBatch, ackedBatch } of this.#lanes) {
      if (ackedBatch < sentBatch) acked = Math.min(acked, ackedBatch);
    }
    this.#arena.reclaim(acked);
  }

  #lane(session: SessionRecord): Lane {
    return this.#lanes[session.shard] as Lane;
  }

  #framingOf(session: SessionRecord): Framing {
    return this.#framings[session.framing] as Framing;
  }

  /** What the shards know the group's members of one framing by: for them it is a group of its own. */
  #idIn(group: GroupRecord, framing: number): number {
    return group.id * this.#framings.length + framing;
  }

  #countMember(group: GroupRecord, { framing, shard }: SessionRecord, change: number): void {
    const members = group.members[framing] as number[];
    members[shard] = (members[shard] as number) + change;
  }

  /** Puts a membership change at its place: behind what was said before it. */
  #flushPending(group: GroupRecord, session: SessionRecord): void {
    if (group.pending.length > 0 || session.pending.length > 0) this.#flushSessions();
    if (group.pending.length > 0) this.#flushGroup(group);
  }

  #flushSessions(): void {
    const dirty = this.#dirtySessions;
    if (dirty.length === 0) return;
    this.#dirtySessions = [];
    for (const session of dirty) {
      if (session.pending.length === 0) continue;
      const { ops } = this.#lane(session);
      const payloads = session.pending;
      let { answered } = session;
      session.pending = [];
      session.answered = 0;
      this.#write(payloads, this.#framingOf(session), (chunk, offset, length) => {
        ops.pushBytes(op.send, session.connection, answered, chunk, offset, length);
        answered = 0;
      });
    }
  }

  #flushGroups(): void {
    const dirty = this.#dirtyGroups;
    if (dirty.length === 0) return;
    this.#dirtyGroups = [];
    for (const group of dirty) this.#flushGroup(group);
  }

  #flushGroup(group: GroupRecord): void {
    const payloads = group.pending;
    if (payloads.length === 0) return;
    const { exceptions } = group;
    group.pending = [];
    group.exceptions = null;
    for (let framing = 0; framing < this.#framings.length; framing += 1) {
      this.#publish(group, framing, payloads, exceptions);
    }
  }

  /** Encodes what the group's members of one framing get, if there are any, once for all shards. */
  #publish(
    group: GroupRecord,
    framing: number,
    payloads: readonly EncodedPayload[],
    exceptions: readonly GroupException[] | null,
  ): void {
    const members = group.members[framing] as number[];
    if (members.every(isNone)) return;
    const id = this.#idIn(group, framing);
    const except = exceptions === null ? undefined : this.#exceptor(exceptions, framing);
    const publish: NameRun = (chunk, offset, length, count) => {
      for (let shard = 0; shard < this.#lanes.length; shard += 1) {
        if (members[shard] === 0) continue;
        const { ops } = this.#lanes[shard] as Lane;
        ops.pushBytes(op.publish, id, count, chunk, offset, length);
      }
    };
    this.#write(payloads, this.#framings[framing] as Framing, publish, except);
  }

  /** Tells the shard of each excepted session, ahead of the run, which of its bytes that does not get. */
  #exceptor(exceptions: readonly GroupException[], framing: number): NamePayload {
    let next = 0;
    return (place, chunk, offset, length) => {
      const exception = exceptions[next];
      if (exception?.place !== place) return;
      next += 1;
      const { session } = exception;
      if (!session.isOpen || session.framing !== framing) return;
      this.#lane(session).ops.pushBytes(op.except, session.connection, 0, chunk, offset, length);
    };
  }

  #write(
    payloads: readonly EncodedPayload[],
    framing: Framing,
    nameRun: NameRun,
    namePayload?: NamePayload,
  ): void {
    writeRuns(payloads, framing, this.#arena, this.#batch, nameRun, namePayload);
  }
}
