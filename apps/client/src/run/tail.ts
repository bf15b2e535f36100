// `client tail`: prints what is said in a room, as long as it is asked to.
// Owns the count, what is told beside the output, and how far the room was printed; reconnecting and
// the filling of gaps are the SDK's.

import type { Entry } from "@maru/protocol/chat";
import {
  type ChatError,
  type Client,
  type ClientEvent,
  type ClientState,
  type JoinedEvent,
  type JoinOptions,
  roomKey,
} from "@maru/sdk";
import type { Ending } from "../cli/exit-codes.ts";
import { type Target, UsageError } from "../cli/target.ts";
import type { Io } from "../io/io.ts";
import { endingOf, openClient } from "./open-client.ts";
import { roomOf } from "./room-of.ts";
import { say } from "./say.ts";
import { type Place, PlaceFile } from "./tail-place.ts";
import { type TailFormat, TailPrinter } from "./tail-printer.ts";

export interface TailRun {
  readonly target: Target & { readonly room: string };
  readonly nick: string | undefined;
  /** Wait for a server that is not up yet. */
  readonly wait: boolean;
  readonly format: TailFormat;
  /** End after so many messages; null: never. */
  readonly count: number | null;
  /** Begin behind this seq; null: with what is said from now on. */
  readonly since: number | null;
  /** The file that holds how far was printed, and from where to go on; null: none. */
  readonly keepPlace: string | null;
  readonly quiet: boolean;
}

export async function runTail(run: TailRun, io: Io): Promise<Ending> {
  const file = run.keepPlace === null ? null : new PlaceFile(run.keepPlace);
  const place = file?.read() ?? null;
  const { wait, quiet } = run;
  const opened = await openClient(run.target, run.nick, { wait, quiet }, io);
  if (!opened.ok) return opened.ending;
  const { client } = opened;
  const room = roomOf(run.target.room, client.me);
  if (place !== null && roomKey(place.room) !== roomKey(room)) {
    await client.close({ deadlineMs: 0 });
    throw new UsageError(`--keep-place ${run.keepPlace}: this is a place in ${place.room}`);
  }
  const tail = new Tail({ ...run, room, place, file }, io);
  io.stdout.watchReader();
  const gone = new Promise<Ending>((resolve) => {
    io.stdout.gone.addEventListener("abort", () => resolve("done"));
  });
  const ends = [tail.follow(client), io.stopped, gone, ...(file === null ? [] : [file.failed])];
  const ending = await Promise.race(ends);
  tail.end();
  await Promise.all([client.close({ deadlineMs: 0 }), io.stdout.flushed()]);
  if (file?.problem) {
    // To go on would be to print the same again the next time.
    say(io.stderr, file.problem);
    return "output";
  }
  return ending === "done" && tail.hasGap ? "gap" : ending;
}

type Followed = Pick<Client, "join" | "events" | "closed" | "close">;
type Streams = Pick<Io, "stdout" | "stderr">;

export interface TailOptions extends Pick<TailRun, "format" | "count" | "since" | "quiet"> {
  readonly room: string;
  /** Where an earlier run has ended; it wins over `since`. */
  readonly place: Place | null;
  readonly file: Pick<PlaceFile, "reached"> | null;
}

export class Tail {
  hasGap = false;
  readonly #options: TailOptions;
  readonly #io: Streams;
  readonly #printer: TailPrinter;
  readonly #room: string;
  #spelled = "";
  #count = 0;
  #isBack = true;
  /** The room's newest seq when it was first joined. */
  #head = Number.POSITIVE_INFINITY;
  #epoch: string | null;
  /** Whether the last join found another log than the one before. */
  #isAnew = false;
  /** The last entry that was printed, or nearly; null before the first join. */
  #seq: number | null;
  /** The first entry of those that are not all printed. */
  #heldSeq: number | null = null;

  constructor(options: TailOptions, io: Streams) {
    this.#options = options;
    this.#io = io;
    this.#printer = new TailPrinter(options.format, io.stdout, (text) => this.#note(text));
    this.#room = roomKey(options.room);
    this.#epoch = options.place?.epoch ?? null;
    this.#seq = options.place?.seq ?? options.since;
  }

  async follow(client: Followed): Promise<Ending> {
    const { room, count } = this.#options;
    let refused: ChatError | null = null;
    client.join(room, this.#from()).catch((error: ChatError) => {
      refused = error;
      return client.close({ deadlineMs: 0 });
    });
    for await (const event of client.events()) {
      const ending = this.#take(event);
      if (ending !== null) return ending;
      if (count !== null && this.#count >= count) return "done";
      await this.#io.stdout.ready();
    }
    const reason = refused ?? (await client.closed());
    // "closed" is one's own wish, and somebody else's to explain.
    if (reason.code !== "closed") say(this.#io.stderr, reason.message);
    return refused === null ? endingOf(reason) : "refused";
  }

  /** Prints the lines that have not ended. */
  end(): void {
    this.#printer.end();
    this.#reached();
  }

  #from(): JoinOptions {
    const { place, since } = this.#options;
    if (place !== null) return { after: place.seq, epoch: place.epoch };
    return since === null ? {} : { after: since };
  }

  #take(event: ClientEvent): Ending | null {
    // What is said to one alone comes on the same connection, whatever was joined.
    if (event.type !== "state" && !this.#isOwn(event.room)) return null;
    switch (event.type) {
      case "message":
      case "edit":
      case "redaction":
      case "reaction":
      case "topic":
        this.#entry(event);
        return null;
      case "presence":
        for (const nick of event.left ?? []) this.#printer.gone(nick);
        this.#reached();
        return null;
      case "typing":
        return null;
      case "joined":
        this.#joined(event);
        return null;
      case "reset":
        this.#reset(event.after);
        return null;
      case "left":
        say(this.#io.stderr, event.reason?.message ?? `left ${event.room}`);
        return "refused";
      case "state":
        this.#state(event.state);
        return null;
    }
  }

  #isOwn(room: string): boolean {
    if (room === this.#spelled) return true;
    if (roomKey(room) !== this.#room) return false;
    // The server's spelling, which spares folding a name per event.
    this.#spelled = room;
    return true;
  }

  #joined({ room, epoch, head, again }: JoinedEvent): void {
    if (!again) this.#head = head;
    this.#isAnew = this.#epoch !== null && this.#epoch !== epoch;
    this.#epoch = epoch;
    // Behind the room's end there is nothing: what the server lost, it gives out again.
    this.#seq = this.#isAnew ? 0 : Math.min(this.#seq ?? head, head);
    if (this.#isAnew) this.#heldSeq = null;
    this.#reached();
    this.#note(again ? `joined ${room} again` : `joined ${room}`);
  }

  /** A place that the room has not come to yet is no gap, however it was come by. */
  #reset(after: number): void {
    const { since, place } = this.#options;
    const isAhead = place === null && after === since && after > this.#head;
    if (!isAhead) this.hasGap = true;
    if (isAhead) {
      this.#tell(`nothing is there after ${after} yet: the room is at ${this.#head}`);
    } else if (this.#isAnew) {
      this.#tell(
        `messages may be missing after ${after}: the server has begun the room anew (its epoch is another); all that it has follows`,
      );
    } else this.#tell(`messages are missing after ${after}: the server has them no longer`);
    // Told once: what is lost later is lost.
    this.#head = Number.POSITIVE_INFINITY;
  }

  #entry(entry: Entry): void {
    const wasHolding = this.#printer.isHolding;
    if (this.#printer.entry(entry)) this.#count += 1;
    if (!wasHolding) this.#heldSeq = entry.seq;
    this.#seq = entry.seq;
    this.#reached();
  }

  /** Keeps how far everything is printed, once it is really written. */
  #reached(): void {
    const { file } = this.#options;
    if (file === null || this.#seq === null || this.#epoch === null) return;
    const held = this.#printer.isHolding ? this.#heldSeq : null;
    const seq = held === null ? this.#seq : held - 1;
    const place = { room: this.#spelled, epoch: this.#epoch, seq };
    this.#io.stdout.written(() => file.reached(place));
  }

  #state(state: ClientState): void {
    if (state.phase === "waiting" && this.#isBack) {
      this.#isBack = false;
      this.#note(`${state.reason.message.replace(/\.$/, "")}; trying again`);
    }
    if (state.phase === "online") this.#isBack = true;
  }

  #note(text: string): void {
    if (!this.#options.quiet) this.#tell(text);
  }

  #tell(text: string): void {
    say(this.#io.stderr, text);
  }
}
