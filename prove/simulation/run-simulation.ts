// One run: a world out of a seed, faults while people talk, healing, rest, and the judgement.
// Deterministic: no real time, no real I/O, one random source; promises settle between two steps.

import { drainMicrotasks } from "bun:jsc";
import { SeededRandom, VirtualClock } from "@maru/testkit";
import { keyOfText, RunHistory } from "./client/run-history.ts";
import { SimulatedClient } from "./client/simulated-client.ts";
import { FaultInjector } from "./fault-injector.ts";
import { type Failure, judgeCounts, judgePromises, judgeRest } from "./judge.ts";
import { Disk, type StoredEntry } from "./log/disk.ts";
import { Network } from "./network/network.ts";
import { drawPlan, type Plan } from "./plan.ts";
import { createStatistics, type Statistics } from "./statistics.ts";
import { Trace } from "./trace.ts";
import type { World } from "./world.ts";

export interface RunOptions {
  /** Gets each line of what happens. */
  readonly print?: ((line: string) => void) | undefined;
  /** Another disk, for tests of the judge. */
  readonly createDisk?: ((keyOf: (entry: StoredEntry) => string) => Disk) | undefined;
  /** What the seed must not draw. */
  readonly plan?: Partial<Plan> | undefined;
}

export interface RunResult {
  readonly seed: number;
  readonly failures: readonly Failure[];
  /** Of everything that happened: equal for equal seeds. */
  readonly hash: string;
  readonly statistics: Statistics;
}

/** After healing, everything must be at rest within this time. */
const restMsMax = 180_000;
/** What is gone must be forgotten within this time: heartbeats, grace and draining. */
const forgetMs = 30_000;
const lookEveryMs = 250;
const leaveChance = 0.03;
const nicks = ["ann", "ben", "mia", "zoe", "유나", "max"];

export async function runSimulation(seed: number, options: RunOptions = {}): Promise<RunResult> {
  return new Run(seed, options).result();
}

class Run {
  readonly #seed: number;
  readonly #world: World;
  readonly #network: Network;
  readonly #history: RunHistory;
  readonly #clients: readonly SimulatedClient[];

  constructor(seed: number, options: RunOptions) {
    const random = new SeededRandom(seed);
    const clock = new VirtualClock();
    this.#seed = seed;
    this.#world = {
      ...{ plan: { ...drawPlan(random.fork()), ...options.plan }, clock, random },
      trace: new Trace(clock, options.print ?? null),
      statistics: createStatistics(),
      disk: options.createDisk?.(keyOfEntry) ?? new Disk(keyOfEntry),
      ...{ wallMs: 0, bugs: [] },
    };
    this.#network = new Network(this.#world);
    this.#history = new RunHistory(this.#world);
    this.#clients = nicks
      .slice(0, this.#world.plan.clients)
      .map((nick) => new SimulatedClient(this.#world, this.#network, this.#history, nick));
  }

  result(): RunResult {
    const { plan, clock, statistics, trace } = this.#world;
    trace.note(JSON.stringify(plan));
    const faults = new FaultInjector(this.#world, this.#network, this.#clients, this.#history);
    faults.begin();
    for (const client of this.#clients) {
      client.start();
      this.#talk(client);
    }
    this.#pass(plan.talkMs);
    trace.note("healed");
    faults.heal();
    const failures = [...this.#rest(), ...this.#leave()];
    statistics.steps = clock.steps;
    statistics.virtualMs = clock.nowMs();
    return { seed: this.#seed, failures, hash: trace.hash, statistics };
  }

  #talk(client: SimulatedClient): void {
    const { clock, random, plan } = this.#world;
    clock.after(random.below(plan.sayEveryMs * 2), () => {
      if (clock.nowMs() >= plan.talkMs) return;
      if (random.chance(leaveChance)) client.leave();
      else client.say();
      this.#talk(client);
    });
  }

  /** All visitors catch up; then the promises are held against what each of them saw. */
  #rest(): Failure[] {
    const { clock, plan } = this.#world;
    const untilMs = clock.nowMs() + restMsMax;
    const isAtRest = () => this.#clients.every(({ isSettled }) => isSettled);
    while (!isAtRest() && clock.nowMs() < untilMs) this.#pass(lookEveryMs);
    const failures = judgeRest(this.#clients);
    this.#pass(forgetMs);
    const counts = judgeCounts(this.#counts(), this.#clients.length, plan.rooms.length);
    return [...failures, ...counts, ...judgePromises(this.#world, this.#history)];
  }

  /** All visitors go, and nothing is left of them. */
  #leave(): Failure[] {
    for (const client of this.#clients) client.stop();
    this.#pass(forgetMs);
    return judgeCounts(this.#counts(), 0, 0);
  }

  #counts() {
    return this.#network.server?.counts ?? {};
  }

  #pass(ms: number): void {
    const { clock, bugs } = this.#world;
    const untilMs = clock.nowMs() + ms;
    for (let isOn = true; isOn; ) {
      try {
        // What the last step, or the caller, has set off comes before the next step.
        drainMicrotasks();
        isOn = clock.next(untilMs);
      } catch (error) {
        bugs.push(error instanceof Error ? `${error.stack}` : String(error));
      }
    }
  }
}

function keyOfEntry(entry: StoredEntry): string {
  return entry.type === "message" ? keyOfText(entry.text) : `${entry.type} ${entry.seq}`;
}
