// The order of the tasks that wait: by lanes, in each lane by owners in turn. Pure.
//
// Invariants: at most `queueMax` wait, and of one owner at most `ownerMax`. A lane goes before those of
// higher numbers; but no lane in which something waits is passed over more often than `passesMax` times
// and once for each other lane. In a lane, no owner gets a second turn before each that waits there
// has had one.

import { assert } from "../base/assert.ts";

/** Whose a task is, and how urgent. */
export interface TaskTurn {
  /** 0 ≤ lane < lanes; the lowest goes first. */
  readonly lane: number;
  /** All tasks of one owner wait for each other before those of others do. */
  readonly owner: number;
}

export interface TaskQueueOptions {
  readonly queueMax: number;
  readonly ownerMax: number;
  readonly lanes: number;
}

/** Tasks of lower lanes that are taken before one of a lane that waits: that has an eighth at least. */
export const passesMax = 7;

/** Owners in the order of their turns; each has at least one task. */
type Lane<T> = Map<number, T[]>;

export class TaskQueue<T> {
  readonly #options: TaskQueueOptions;
  readonly #lanes: readonly Lane<T>[];
  /** How often each lane was passed over since it was last taken from, while something waited there. */
  readonly #passes: number[];
  /** Tasks of each owner that has any, over all lanes. */
  readonly #counts = new Map<number, number>();
  #length = 0;

  constructor(options: TaskQueueOptions) {
    const { queueMax, ownerMax, lanes } = options;
    assert(Number.isSafeInteger(queueMax) && queueMax >= 1, "a task pool lets at least one wait");
    assert(Number.isSafeInteger(ownerMax) && ownerMax >= 1, "an owner lets at least one wait");
    assert(Number.isSafeInteger(lanes) && lanes >= 1, "a task pool has at least one lane");
    this.#options = options;
    this.#lanes = Array.from({ length: lanes }, () => new Map());
    this.#passes = Array.from({ length: lanes }, () => 0);
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Puts the task behind its owner's others. Returns the one that has no place: null while there
   * are places; else one of the owner that has most waiting, or one of a later lane, or the task itself.
   */
  push(task: T, turn: TaskTurn): T | null {
    const { queueMax, ownerMax } = this.#options;
    const lane = this.#lanes[turn.lane];
    assert(lane !== undefined, "a task is in one of the pool's lanes");
    const own = this.#counts.get(turn.owner) ?? 0;
    if (own >= ownerMax) return task;
    let refused: T | null = null;
    if (this.#length >= queueMax) {
      const worse = this.#worseThan(turn, own);
      if (worse === null) return task;
      refused = this.#takeLast(worse);
    }
    const waiting = lane.get(turn.owner);
    if (waiting === undefined) lane.set(turn.owner, [task]);
    else waiting.push(task);
    this.#count(turn.owner, 1);
    assert(this.#length <= queueMax, "at most queueMax tasks wait");
    assert((this.#counts.get(turn.owner) ?? 0) <= ownerMax, "at most ownerMax of one owner wait");
    return refused;
  }

  /** The next task; undefined if none waits. */
  take(): T | undefined {
    const place = this.#nextLane();
    const lane = this.#lanes[place];
    const [first] = lane ?? [];
    if (lane === undefined || first === undefined) return undefined;
    const [owner, waiting] = first;
    const task = waiting.shift();
    // An owner with more stands behind the others.
    lane.delete(owner);
    if (waiting.length > 0) lane.set(owner, waiting);
    this.#count(owner, -1);
    this.#passed(place);
    return task;
  }

  /** Takes a task out that is wanted no more; false when it does not wait here. */
  remove(task: T, turn: TaskTurn): boolean {
    const place = this.#lanes[turn.lane]?.get(turn.owner)?.indexOf(task) ?? -1;
    if (place < 0) return false;
    this.#takeAt(turn, place);
    return true;
  }

  /** That every count is what it counts, which looks at every task: for tests, after each step. */
  check(): void {
    const counted = new Map<number, number>();
    for (const lane of this.#lanes) {
      for (const [owner, waiting] of lane) {
        assert(waiting.length > 0, "an owner in a lane has a task there");
        counted.set(owner, (counted.get(owner) ?? 0) + waiting.length);
      }
    }
    const all = [...counted.values()].reduce((sum, count) => sum + count, 0);
    const holds =
      all === this.#length &&
      counted.size === this.#counts.size &&
      [...counted].every(([owner, count]) => this.#counts.get(owner) === count);
    assert(holds, "the counts of a task queue count its tasks");
  }

  /** Empties the queue. */
  takeAll(): T[] {
    const all: T[] = [];
    for (let task = this.take(); task !== undefined; task = this.take()) all.push(task);
    return all;
  }

  /** One that was passed over too often, the most often first; else the lowest with a task. */
  #nextLane(): number {
    let next = this.#lanes.findIndex((lane) => lane.size > 0);
    for (const [place, passes] of this.#passes.entries()) {
      if (passes >= passesMax && passes > (this.#passes[next] ?? 0)) next = place;
    }
    return next;
  }

  #passed(taken: number): void {
    for (const [place, lane] of this.#lanes.entries()) {
      const isPassed = place !== taken && lane.size > 0;
      this.#passes[place] = isPassed ? (this.#passes[place] ?? 0) + 1 : 0;
      assert((this.#passes[place] ?? 0) < passesMax + this.#lanes.length, "a lane starves");
    }
  }

  /**
   * Whose task gives way when there is no place: that of the owner who has most waiting, more than the
   * new one's with it; else one of a later lane, of an owner who has not less than that.
   */
  #worseThan({ lane, owner }: TaskTurn, own: number): TaskTurn | null {
    let most = owner;
    let count = own + 1;
    // All owners, of whom there may be as many as tasks: some ten microseconds, when all is full.
    for (const [other, waiting] of this.#counts) {
      if (waiting > count) [most, count] = [other, waiting];
    }
    const last = this.#lanes.length - 1;
    for (let place = last; most !== owner && place >= 0; place -= 1) {
      if (this.#lanes[place]?.has(most)) return { lane: place, owner: most };
    }
    for (let place = last; place > lane; place -= 1) {
      const other = [...(this.#lanes[place]?.keys() ?? [])].at(-1);
      if (other !== undefined && (this.#counts.get(other) ?? 0) > own) {
        return { lane: place, owner: other };
      }
    }
    return null;
  }

  #takeLast({ lane: place, owner }: TaskTurn): T {
    return this.#takeAt({ lane: place, owner }, -1);
  }

  /** `at` as `splice` takes it. */
  #takeAt({ lane: place, owner }: TaskTurn, at: number): T {
    const lane = this.#lanes[place] as Lane<T>;
    const waiting = lane.get(owner) as T[];
    const [task] = waiting.splice(at, 1) as [T];
    if (waiting.length === 0) lane.delete(owner);
    this.#count(owner, -1);
    if (lane.size === 0) this.#passes[place] = 0;
    return task;
  }

  #count(owner: number, by: 1 | -1): void {
    this.#length += by;
    const count = (this.#counts.get(owner) ?? 0) + by;
    if (count === 0) this.#counts.delete(owner);
    else this.#counts.set(owner, count);
  }
}
