// The server that the client under test talks to, and what is said and read there without the client: the load
// generator's talk, a single message, the room's head. Owns the server until it is ended.

import type { Faults } from "../../harness/outcome.ts";
import { createScratchDir } from "../../harness/places.ts";
import { findFreePort, type RunningServer, readMetric, startMaru } from "../../harness/server.ts";
import { type Message, WireClient } from "../../harness/wire-client.ts";
import { type GeneratorReport, runGenerator } from "../../load/generator.ts";
import type { Scenario } from "../../load/scenario.ts";
import type { ClientTerminal } from "./client-terminal.ts";
import { stampOf } from "./stamps.ts";

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

export class TalkServer {
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
  static async open(): Promise<TalkServer> {
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
      return new TalkServer(await startMaru(flags), httpPort, scratch.remove);
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
  async #visit<T>(room: string, during: (visitor: WireClient, joined: Message) => Promise<T>) {
    this.#visits += 1;
    const visitor = await WireClient.greet(this.port, `visitor${this.#visits}`);
    try {
      const { reply } = await visitor.ask({ type: "join", room });
      return await during(visitor, reply);
    } finally {
      visitor.close();
    }
  }
}

const withinMsDefault = 10_000;

/** The room must be the one that is looked at. */
export async function lastThings(
  server: TalkServer,
  terminal: ClientTerminal,
  withinMs = withinMsDefault,
): Promise<Faults> {
  const newest = (await server.newest(talkRoom)).findLast(({ text }) => text?.startsWith("~"));
  return {
    "cut as too slow": await server.slowConsumers(),
    "nothing said": newest === undefined ? 1 : 0,
    "last message not shown":
      newest !== undefined && (await shows(terminal, stampOf(newest.text), withinMs)) ? 0 : 1,
  };
}

function shows(terminal: ClientTerminal, text: string, withinMs: number): Promise<boolean> {
  const isThere = (rows: readonly string[]) => rows.some((row) => row.includes(text));
  return terminal.until("the last message", isThere, withinMs).then(
    () => true,
    () => false,
  );
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
