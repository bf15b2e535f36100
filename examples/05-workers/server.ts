// 05 Workers: threads for the sockets, other threads for slow work, and state that needs no lock.
// Teaches: frames are read and written in `workers` threads, the service runs in one, and what takes
// long goes to a task pool whose queue has a bound, for all and for each peer. A full queue is an answer.
// In place of: the chapter's pool of threads that take sockets from a queue with a mutex and a condition
// variable: a pool of n threads is held up by n slow requests, and its queue grows without a bound.

import { createProgram, wholeNumberWithin } from "@maru/command-line";
import {
  type Log,
  print,
  refuse,
  serve,
  startServer,
  startTaskPool,
  stopAtSignals,
  TaskBusy,
} from "@maru/core";
import { counting } from "./protocol.ts";

const { port, workers, threads } = createProgram("bun examples/05-workers/server.ts", print)
  .option("--port <PORT>", "0 picks a free one", wholeNumberWithin(0, 65_535), 8080)
  .option("--workers <N>", "threads with sockets", wholeNumberWithin(0, 64), 2)
  .option("--threads <N>", "threads that count", wholeNumberWithin(1, 64), 1)
  .parse()
  .opts<{ port: number; workers: number; threads: number }>();

const log: Log = (level, event) => {
  if (level === "warn" || level === "error") process.stderr.write(`${event}\n`);
};

const pool = startTaskPool<number, number, null>({
  module: new URL("./count-primes.ts", import.meta.url),
  name: "primes",
  threads,
  queueMax: 64,
  ownerMax: 4,
  data: null,
  log,
});

const service = serve(counting, () => ({
  commands: {
    async primes(peer, { below }) {
      try {
        return { primes: await pool.run(below, { lane: 0, owner: peer.id }) };
      } catch (error) {
        if (error instanceof TaskBusy) {
          throw refuse("busy", "Too much is being counted.", { retryAfterMs: 1_000 });
        }
        throw error;
      }
    },
  },
  stopped: () => pool.stop(),
}));

const shard = new URL("./shard.ts", import.meta.url);
const server = await startServer({ service, listen: { port }, workers, shard, log });
stopAtSignals(server);
print(`listening on ${server.hostname}:${server.port}\n`);

// Exercise: SIGTERM comes while counts are waiting. Who asked is told to go and never learns the result.
// Let the server first finish what it has accepted, refuse what is new, and only then say goodbye.
// 08-job-queue does.
