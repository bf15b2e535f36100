// The room log of one life of the server: the port in front of the disk. Decides when a question is
// carried out and when its answer reaches the hub; keeps the port's promises of order and no more.
// Appends that no commit has taken are gone with the life; what was committed is the disk's.

import type { LogRequest, LogResult, LogTag, RoomLog } from "@maru/chat";
import type { SeededRandom, VirtualClock } from "@maru/testkit";
import type { Plan } from "../plan.ts";
import type { Statistics } from "../statistics.ts";
import type { Disk } from "./disk.ts";

/** What a commit takes, in its order. */
type Batched = Extract<LogRequest<LogTag>, { kind: "append" | "recall" }>;
type Result = LogResult<LogTag>;

export interface LogOptions {
  readonly plan: Plan;
  readonly random: SeededRandom;
  readonly disk: Disk;
  readonly statistics: Statistics;
  readonly clock: VirtualClock;
  /** Timers of this life: they don't outlast it. */
  readonly after: (ms: number, run: () => void) => void;
  /** Asked at each commit: whether the process dies right before or right behind it. */
  readonly diesAtCommit: () => "before" | "behind" | null;
  /** Ends this life, at once. */
  readonly die: () => void;
}

/** What is refused for now may be asked again after so long. */
const retryAfterMs = 300;
/** Probability that the read queue is full. */
const busyChance = 0.02;
const readMsMax = 400;
const commitMsMax = 60;

export class SimulatedLog implements RoomLog<LogTag> {
  readonly durability: Plan["durability"];
  readonly #options: LogOptions;
  readonly #deliver: (result: Result) => void;
  #batch: Batched[] = [];
  #isDead = false;
  readonly #stores: InOrder;
  readonly #answers: InOrder;

  constructor(options: LogOptions, deliver: (result: Result) => void) {
    this.durability = options.plan.durability;
    this.#options = options;
    this.#stores = new InOrder(options);
    this.#answers = new InOrder(options);
    this.#deliver = (result) => {
      if (!this.#isDead) deliver(result);
    };
  }

  submit(request: LogRequest<LogTag>): void {
    const { disk } = this.#options;
    if (request.kind === "append" || request.kind === "recall") this.#batch.push(request);
    else if (request.kind === "open") this.#answer(() => disk.open(request));
    else if (request.kind === "read") this.#answer(() => this.#read(request));
    else this.#deliver({ kind: "refused", tag: request.tag, code: "busy", retryAfterMs });
  }

  commit(): void {
    if (this.#batch.length === 0 || this.#isDead) return;
    const batch = this.#batch;
    this.#batch = [];
    const { plan, random } = this.#options;
    if (plan.durability !== "replicated") return this.#settle(batch, (answer) => answer());
    // Across a network: stored some time, answered some time, but in the order of the questions.
    this.#stores.put(random.between(0, commitMsMax), () =>
      this.#settle(batch, (answer) => this.#answers.put(random.between(0, commitMsMax), answer)),
    );
  }

  close(): void {
    this.#isDead = true;
  }

  #settle(batch: readonly Batched[], answerBy: (answer: () => void) => void): void {
    const { disk, diesAtCommit, die, statistics } = this.#options;
    const death = diesAtCommit();
    if (death === "before") return this.#die(die);
    const results = disk.isFailing ? batch.map(refuse) : disk.commit(batch);
    statistics.refused += disk.isFailing ? batch.length : 0;
    if (death === "behind") {
      statistics.unanswered += results.length;
      return this.#die(die);
    }
    answerBy(() => {
      for (const result of results) this.#deliver(result);
    });
  }

  #die(die: () => void): void {
    this.#isDead = true;
    die();
  }

  #read(request: Extract<LogRequest<LogTag>, { kind: "read" }>): Result {
    const { random, disk } = this.#options;
    if (!random.chance(busyChance)) return disk.read(request);
    return { kind: "refused", tag: request.tag, code: "busy", retryAfterMs };
  }

  /** Looks now or later, answers later still: out of step with what is appended meanwhile. */
  #answer(look: () => Result): void {
    const { plan, random, after } = this.#options;
    if (!random.chance(plan.lateReads)) return this.#deliver(look());
    const seen = random.chance(0.5) ? look() : null;
    after(random.between(0, readMsMax), () => this.#deliver(seen ?? look()));
  }
}

/** Puts things off for different times, but never one before the other. */
class InOrder {
  readonly #options: Pick<LogOptions, "clock" | "after">;
  #lastMs = 0;

  constructor(options: Pick<LogOptions, "clock" | "after">) {
    this.#options = options;
  }

  put(ms: number, run: () => void): void {
    const { clock, after } = this.#options;
    this.#lastMs = Math.max(this.#lastMs, clock.nowMs() + ms);
    after(this.#lastMs - clock.nowMs(), run);
  }
}

const refuse = ({ tag }: Batched): Result => {
  return { kind: "refused", tag, code: "storage_unavailable", retryAfterMs };
};
