// Follows one room for `tail`: what of its events is printed, counted and told, and how far it was
// printed. Reconnecting and the filling of gaps are the SDK's.

import { refusalText } from "@maru/chat-model/perform";
import type { Entry } from "@maru/protocol/chat";
import {
  type ChatClient,
  type ChatClientEvent,
  type ChatClientState,
  type JoinedEvent,
  type JoinOptions,
  type MaruError,
  roomKey,
} from "@maru/sdk/chat";
import type { Io } from "@maru/tui/io";
import type { Ending } from "../../cli/exit-codes.ts";
import { endingOf } from "../session/open-client.ts";
import { say } from "../session/say.ts";
import type { Place, PlaceFile } from "./tail-place.ts";
import { type TailFormat, TailPrinter } from "./tail-printer.ts";

type Followed = Pick<ChatClient, "join" | "events" | "closed" | "close">;
type Streams = Pick<Io, "stdout" | "stderr">;

export interface TailOptions {
  readonly room: string;
  readonly format: TailFormat;
  /** End after so many messages; null: never. */
  readonly count: number | null;
  /** Begin behind this seq; null: with what is said from now on. */
  readonly since: number | null;
  readonly quiet: boolean;
  /** Where an earlier run has ended; it wins over `since`. */
  readonly place: Place | null;
  readonly file: Pick<PlaceFile, "reached"> | null;
}

export class RoomTail {
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
    let refused: MaruError | null = null;
    client.join(room, this.#from()).catch((error: MaruError) => {
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
    // "closed" is one's own wish, and another person's to explain.
    if (reason.code !== "closed") say(this.#io.stderr, refusalText(reason));
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

  #take(event: ChatClientEvent): Ending | null {
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
        say(this.#io.stderr, event.reason ? refusalText(event.reason) : `left ${event.room}`);
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
        `messages are missing after ${after}: the server has begun the room anew (its epoch is another); what it has follows`,
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

  #state(state: ChatClientState): void {
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
