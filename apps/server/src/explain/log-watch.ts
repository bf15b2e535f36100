// What the room log is asked for the session that is explained: appends, the commit that makes them
// durable, and questions with the time of their answers. Passes everything on.

import type { CreateRoomLog, LogRequest, LogResult, LogTag, RoomLog } from "@maru/chat";
import { clockMs, type Seen, usSince } from "./observation.ts";

type Result = LogResult<LogTag>;

const sessionOf = (tag: LogTag): number | null => ("session" in tag ? tag.session : null);

export class LogWatch {
  readonly #isOwn: (session: number) => boolean;
  readonly #say: (seen: Seen, atMs?: number) => void;
  /** Since the last commit: entries of all, and whether one is the session's own. */
  #entries = 0;
  #hasOwn = false;
  #seqs: number[] = [];
  #asks: string[] = [];
  readonly #asked = new WeakMap<LogTag, number>();

  constructor(isOwn: (session: number) => boolean, say: (seen: Seen, atMs?: number) => void) {
    this.#isOwn = isOwn;
    this.#say = say;
  }

  watched(create: CreateRoomLog<LogTag>): CreateRoomLog<LogTag> {
    return (deliver) => {
      const log = create((result) => {
        this.#answered(result);
        deliver(result);
      });
      return {
        durability: log.durability,
        submit: (request) => {
          this.#submitted(request);
          log.submit(request);
        },
        commit: () => this.#commit(log),
        close: () => log.close(),
      };
    };
  }

  /** What was asked of the log while `run` ran. */
  asksDuring(run: () => void): string[] {
    this.#asks = [];
    run();
    return this.#asks;
  }

  #submitted({ kind, tag }: LogRequest<LogTag>): void {
    this.#asks.push(kind);
    const session = sessionOf(tag);
    const isOwn = session !== null && this.#isOwn(session);
    if (kind === "append") {
      this.#entries += 1;
      this.#hasOwn ||= isOwn;
    } else if (isOwn) this.#asked.set(tag, clockMs());
  }

  #commit(log: RoomLog<LogTag>): void {
    const startMs = clockMs();
    const [entries, hasOwn] = [this.#entries, this.#hasOwn];
    this.#entries = 0;
    this.#hasOwn = false;
    log.commit();
    const seqs = this.#seqs;
    this.#seqs = [];
    if (!hasOwn) return;
    this.#say({
      what: "commit",
      entries,
      seqs,
      durability: log.durability,
      us: usSince(startMs),
    });
  }

  #answered(result: Result): void {
    const session = sessionOf(result.tag);
    if (session === null || !this.#isOwn(session)) return;
    if (result.kind === "appended") this.#seqs.push(result.entry.seq);
    if (result.tag.kind === "append") return;
    const askedMs = this.#asked.get(result.tag);
    const us = askedMs === undefined ? null : usSince(askedMs);
    this.#say({ what: "logged", kind: result.kind, us });
  }
}
