// All who use the server during a run: publishers who talk without a pause, and observers of
// three kinds. Owns who there is and when they come and go; judges what they have seen at the end.

import {
  checkPromises,
  describeViolations,
  type RunRecord,
  type SeededRandom,
  type Violation,
  withDeadline,
} from "@maru/testkit";
import { Observer } from "./observer.ts";
import { Publisher } from "./publisher.ts";
import { readLogs } from "./read-logs.ts";
import type { RunRecorder } from "./run-recorder.ts";

export interface CrowdOptions {
  /** Where they connect; a proxy, perhaps. */
  readonly port: number;
  readonly random: SeededRandom;
  readonly recorder: RunRecorder;
}

/** What came of a run. */
export interface CrowdReport {
  readonly messages: number;
  readonly acknowledged: number;
  readonly duplicates: number;
  /** Events that the observers were shown. */
  readonly observed: number;
  /** Gaps that they were told of. */
  readonly resets: number;
  readonly violations: readonly Violation[];
  /** A sentence or more each; none when every promise was kept. */
  readonly problems: readonly string[];
}

export const publisherCount = 8;
export const rooms = ["lobby", "ops", "마루"] as const;
const lanesMax = 6;
/** Safety nets: a server that never acknowledges or delivers must not hang the run. */
const settleMs = 60_000;

export class Crowd {
  readonly #options: CrowdOptions;
  readonly #observers: Observer[];
  #publishers: Publisher[] = [];
  #doing: Promise<unknown>[] = [];

  private constructor(options: CrowdOptions) {
    this.#options = options;
    const observer = (name: string) => new Observer({ ...options, name, rooms });
    this.#observers = ["steady", "late", "latecomer", "restless", "hasty"].map(observer);
  }

  /** All publishers are there, and talk. */
  static async gather(options: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(options);
    try {
      await crowd.#begin();
      return crowd;
    } catch (error) {
      options.recorder.fail(error);
      await crowd.disperse();
      throw error;
    }
  }

  /** Nothing new is said; resolves when all that was said is acknowledged. */
  async settle(): Promise<void> {
    const { recorder } = this.#options;
    recorder.over();
    const story = () => `${recorder.inFlight} messages have no acknowledgement`;
    await withDeadline(Promise.all(this.#doing), settleMs, story);
    recorder.assertWell();
  }

  /** Reads every room back at `port`, and holds all that was told against it. After `settle`. */
  async judge(port: number): Promise<CrowdReport> {
    const { recorder } = this.#options;
    const logs = await readLogs(port, rooms);
    const ends = logs.map(({ room, entries }) => ({ room, seq: entries.at(-1)?.seq ?? 0 }));
    const seen = this.#observers.flatMap((observer) =>
      ends.map(({ room, seq }) => observer.hasSeen(room, seq)),
    );
    // Who hasn't seen the end by then is found incomplete below.
    await withDeadline(Promise.all(seen), settleMs, () => "").catch(() => {});
    recorder.assertWell();
    const observers = this.#observers.flatMap(({ records }) => records);
    const run: RunRecord = { publishers: recorder.records, observers, logs };
    const violations = checkPromises(run);
    const resets = this.#observers.reduce((sum, observer) => sum + observer.resets, 0);
    const steps = observers.flatMap((record) => record.steps);
    return {
      messages: logs.reduce((sum, { entries }) => sum + entries.length, 0),
      acknowledged: recorder.acknowledged,
      duplicates: recorder.duplicates,
      observed: steps.filter(({ kind }) => kind === "event").length,
      resets,
      violations,
      problems: [
        ...(violations.length > 0 ? [describeViolations(violations)] : []),
        ...(resets > 0 ? [`${resets} gaps were announced, where nothing may be lost`] : []),
        ...changedEpochs(run),
      ],
    };
  }

  /** All users go, whatever has happened. */
  async disperse(): Promise<void> {
    this.#options.recorder.over();
    const going = this.#observers.map((observer) => observer.leave());
    await Promise.all([...going, ...this.#publishers.map((publisher) => publisher.close())]);
  }

  async #begin(): Promise<void> {
    const { random } = this.#options;
    const [steady, late, latecomer, restless, hasty] = this.#observers as [
      Observer,
      Observer,
      Observer,
      Observer,
      Observer,
    ];
    await steady.enter(0);
    for (let index = 0; index < publisherCount; index += 1) {
      const own = { nick: `p${index}`, rooms, lanes: random.between(1, lanesMax) };
      this.#publishers.push(
        await Publisher.connect({ ...this.#options, ...own, random: random.fork() }),
      );
    }
    this.#doing = [
      this.#comeLate(late, random.fork(), 0),
      this.#comeLate(latecomer, random.fork(), undefined),
      this.#comeAndGo(restless, random.fork(), 800),
      this.#comeAndGo(hasty, random.fork(), 80),
      ...this.#publishers.map((publisher) => publisher.talk()),
    ];
  }

  async #comeLate(observer: Observer, random: SeededRandom, from?: number): Promise<void> {
    await this.#orFail(async () => {
      await this.#options.recorder.acknowledgedMore(random.between(100, 2_000));
      await observer.enter(from);
    });
  }

  /** Stays and stays away for up to so many acknowledgements; is there at the end. */
  async #comeAndGo(observer: Observer, random: SeededRandom, most: number): Promise<void> {
    const { recorder } = this.#options;
    await this.#orFail(async () => {
      await observer.enter(0);
      while (!recorder.isOver) {
        await recorder.acknowledgedMore(random.between(1, most));
        await observer.leave();
        await recorder.acknowledgedMore(random.between(1, most));
        await observer.enter();
      }
    });
  }

  async #orFail(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#options.recorder.fail(error);
    }
  }
}

/** An epoch stays as long as nothing is lost. */
function changedEpochs({ observers, logs }: RunRecord): string[] {
  return logs.flatMap(({ room, epoch }) => {
    const steps = observers.filter((record) => record.room === room).flatMap(({ steps }) => steps);
    const known = new Set(steps.flatMap((step) => (step.kind === "joined" ? [step.epoch] : [])));
    known.delete(epoch);
    return known.size === 0 ? [] : [`room ${room} had ${known.size} other epochs before ${epoch}`];
  });
}
