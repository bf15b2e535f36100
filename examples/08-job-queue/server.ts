// 08 Job queue: who submits is answered when a worker has finished; SIGTERM waits for what was accepted.
// Teaches: a handler may answer later, with a promise, and blocks nothing meanwhile; a worker that is lost
// gives its jobs back; and `stopping` finishes what was begun while the connections are still there.
// In place of: the chapter's queue with a mutex and two condition variables, and its `exit(0)` in a
// handler of signals, which drops whatever the threads were at.

import { createProgram, wholeNumber, wholeNumberWithin } from "@maru/command-line";
import { type Peer, print, refuse, serve, startServer, stopAtSignals } from "@maru/core";
import { jobs } from "./protocol.ts";

const { port, waitingMax } = createProgram("bun examples/08-job-queue/server.ts", print)
  .option("--port <PORT>", "0 picks a free one", wholeNumberWithin(0, 65_535), 8080)
  .option("--waiting-max <N>", "jobs that may be unfinished", wholeNumber, 1_000)
  .parse()
  .opts<{ port: number; waitingMax: number }>();

type Worker = Peer<typeof jobs, undefined>;
type Job = { n: number; text: string; worker: Worker | null; done: (result: string) => void };
type Taker = { worker: Worker; take: (job: Job) => void; refuse: (error: Error) => void };

const unfinished = new Map<number, Job>(); // in the order in which they were submitted
const takers = new Map<number, Taker>(); // by the peer's id: one question each
const allDone = Promise.withResolvers<void>();
let isStopping = false;
let last = 0;
const stopped = () => refuse("stopping", "The server is stopping.", { retryAfterMs: 1_000 });

/** Gives what waits to who waits, and tells when nothing is left to be done. */
function match(): void {
  for (const job of unfinished.values()) {
    const [taker] = takers.values();
    if (taker === undefined) break;
    if (job.worker !== null) continue;
    takers.delete(taker.worker.id);
    job.worker = taker.worker;
    taker.take(job);
  }
  if (isStopping && unfinished.size === 0) allDone.resolve();
}

const service = serve(jobs, () => ({
  commands: {
    async submit(_peer, { text }) {
      if (isStopping) throw stopped();
      if (unfinished.size >= waitingMax) throw refuse("busy", "Too many jobs are unfinished.");
      const { promise, resolve: done } = Promise.withResolvers<string>();
      last += 1;
      unfinished.set(last, { n: last, text, worker: null, done });
      match();
      return { result: await promise };
    },
    async take(worker) {
      if (takers.has(worker.id)) throw refuse("already_waiting", "You wait for a job already.");
      const { promise, resolve: take, reject } = Promise.withResolvers<Job>();
      takers.set(worker.id, { worker, take, refuse: reject });
      match();
      const { n, text } = await promise;
      return { n, text };
    },
    finish(worker, { n, result }) {
      const job = unfinished.get(n);
      if (job?.worker !== worker) throw refuse("not_yours", "You have no such job.");
      unfinished.delete(n);
      job.done(result);
      match();
    },
  },
  closed(peer) {
    takers.delete(peer.id);
    for (const job of unfinished.values()) if (job.worker === peer) job.worker = null;
    match();
  },
  async stopping() {
    isStopping = true;
    print(`finishing ${unfinished.size}\n`);
    match();
    await allDone.promise;
    for (const taker of takers.values()) taker.refuse(stopped());
  },
}));

const server = await startServer({ service, listen: { port } });
stopAtSignals(server, { finishWithinMs: 60_000 });
print(`listening on ${server.hostname}:${server.port}\n`);

// Exercise: kill the server instead (SIGKILL): jobs and answers are gone, and who submitted can't know
// which were done. What must a client keep, and what the server, so that each job counts once? 09-bot does.
