// A service with work in hand: `hold` is answered when the server is stopping, after what that needs
// from its clients (`nothing`, once), and everyone who greeted is then sent a last event.

import type { CreateService, Session } from "../../src/mod.ts";
import type { FloorCommand, FloorMessage } from "./floor-protocol.ts";

/** What a test may look at from the service's own thread. */
export interface FinishingWatch {
  /** What happened, in order. */
  readonly steps: string[];
  deadlineMs: number;
}

export function watchedFinishing(): {
  watch: FinishingWatch;
  createFinishing: CreateService<FloorCommand, FloorMessage>;
} {
  const watch: FinishingWatch = { steps: [], deadlineMs: Number.NaN };
  const createFinishing: CreateService<FloorCommand, FloorMessage> = (port) => {
    const sessions = new Set<Session>();
    const held: (() => void)[] = [];
    const needed = Promise.withResolvers<void>();
    let isStopping = false;
    return {
      open() {},
      message(session, { type, id: re }) {
        if (type === "hold") return void held.push(() => port.reply(session, { type: "done", re }));
        if (type !== "hello") {
          port.reply(session, { type: "done", re });
          if (isStopping) needed.resolve();
          return;
        }
        sessions.add(session);
        port.accept(session);
        port.reply(session, { type: "welcome", re, heartbeatMs: 15_000, shard: 0 });
      },
      close(session, code) {
        sessions.delete(session);
        watch.steps.push(`close ${code}`);
      },
      async stopping(deadlineMs) {
        isStopping = true;
        watch.steps.push("stopping");
        watch.deadlineMs = deadlineMs;
        // Tells its clients, for this test, that it stops; one of them has still to say something.
        for (const session of sessions) port.send(session, { type: "filler", n: 0, text: "" });
        await needed.promise;
        for (const answer of held.splice(0)) answer();
        for (const session of sessions) port.send(session, { type: "filler", n: 1, text: "" });
        watch.steps.push("finished");
      },
      stop() {
        watch.steps.push("stop");
      },
    };
  };
  return { watch, createFinishing };
}
