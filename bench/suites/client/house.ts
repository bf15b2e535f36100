// The server that the client talks to, and what is said and read there without the client: the load
// generator's talk, a single message, the room's head. Owns the server until it is ended.

import { findFreePort } from "../../harness/find-free-port.ts";
import { readMetric } from "../../harness/read-metrics.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import { startMaru } from "../../harness/start-maru.ts";
import type { RunningServer } from "../../harness/start-server.ts";
import { type Reply, WireClient } from "../../harness/wire-client.ts";
import { type GeneratorReport, runGenerator } from "../../load/run-generator.ts";
import type { Scenario } from "../../load/scenario.ts";
import type { Faults } from "./faults.ts";

/** The generator's first room. */
export const talkRoom = "r0";
export const talkers = 4;
const textBytes = 64;
const pageEntries = 50;

export interface Said {
  readonly from: string;
  readonly text: string;
}

export interface Talk {
  readonly messagesPerSecond: number;
  readonly seconds: number;
}

export class House {
  readonly #server: RunningServer;
  readonly #httpPort: number;
  readonly #remove: () => void;
  #visits = 0;

  private constructor(server: RunningServer, httpPort: number, remove: () => void) {
    this.#server = server;
    this.#httpPort = httpPort;
    this.#remove = remove;
  }

  /** With nothing on disk, and no limit on what is said. */
  static async open(): Promise<House> {
    const scratch = createScratchDir();
    const httpPort = findFreePort();
    const flags = {
      data: scratch.path,
      durability: "memory",
      workers: "0",
      "send-rate": "0",
      "command-rate": "0",
      "inbound-rate-bytes": "0",
      "work-rate-us": "0",
      "unanswered-per-minute": "0",
      "new-room-rate": "0",
      "new-room-rate-per-ip": "0",
      "fanout-rate-bytes": "0",
      "http-port": String(httpPort),
    };
    try {
      return new House(await startMaru(flags), httpPort, scratch.remove);
    } catch (error) {
      scratch.remove();
      throw error;
    }
  }

  get port(): number {
    return this.#server.port;
  }

  /** The talkers come, talk and go. `onBegin` when they begin; resolves when all of it has arrived. */
  async talk(
    load: string,
    { messagesPerSecond, seconds }: Talk,
    onBegin = () => {},
  ): Promise<Faults> {
    const scenario: Scenario = {
      rooms: 1,
      members: talkers,
      talkers,
      stalled: 0,
      textBytes,
      pace: { messagesPerSecond },
      warmupSeconds: 0,
      seconds,
      drainSeconds: 10,
      sampleEvery: 101,
    };
    const target = { program: load, dialect: "maru", port: this.port } as const;
    return faultsOf(
      await runGenerator(target, scenario, (mark) => {
        if (mark === "measuring") onBegin();
      }),
    );
  }

  say(room: string, texts: readonly string[]): Promise<void> {
    return this.#visit(room, async (visitor) => {
      for (const text of texts) await visitor.ask({ type: "send", room, text });
    });
  }

  /** The seq of the newest entry, and when it was that, by this process's clock. */
  head(room: string): Promise<{ readonly seq: number; readonly atMs: number }> {
    return this.#visit(room, async (_, joined) => ({
      seq: Number(joined.head),
      atMs: performance.now(),
    }));
  }

  /** The newest entries, the oldest of them first. */
  newest(room: string): Promise<Said[]> {
    return this.#visit(room, async (visitor) => {
      const { reply } = await visitor.ask({ type: "history", room, limit: pageEntries });
      return reply.entries as Said[];
    });
  }

  /** Connections that were ended because they read too slowly, since the server began. */
  slowConsumers(): Promise<number> {
    return readMetric(this.#httpPort, "maru_slow_consumers_total");
  }

  async end(): Promise<void> {
    await this.#server.stop();
    this.#remove();
  }

  /** Comes for one thing: who stays would read all that is said, and must not fall silent. */
  async #visit<T>(room: string, during: (visitor: WireClient, joined: Reply) => Promise<T>) {
    this.#visits += 1;
    const visitor = await WireClient.greet(this.port, `visitor${this.#visits}`);
    try {
      const { reply } = await visitor.ask({ type: "join", room });
      return await during(visitor, reply);
    } finally {
      await visitor.close();
    }
  }
}

/** What the generator found wrong. */
function faultsOf(report: GeneratorReport): Faults {
  const { missing, extra, unacknowledged, misordered, malformed, disconnects, errors } = report;
  return {
    "missing at a talker": missing,
    "wrong at a talker": extra + misordered + malformed,
    unacknowledged,
    "talkers cut": disconnects,
    errors,
  };
}
