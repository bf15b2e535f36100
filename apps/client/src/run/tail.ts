// `client tail`: prints what is said in a room, as long as it is asked to.
// Owns the order of its output and the count; reconnecting and the filling of gaps are the SDK's.
// On a pipe the text comes out byte for byte; on a terminal it is made harmless first.

import type { Amendment, Entry } from "@maru/protocol/chat";
import {
  type ChatError,
  type Client,
  type ClientEvent,
  type ClientState,
  roomKey,
} from "@maru/sdk";
import type { Ending } from "../cli/exit-codes.ts";
import type { Target } from "../cli/target.ts";
import type { Io } from "../io/io.ts";
import { LineJoiner } from "../line/line-joiner.ts";
import { clockTime } from "../text/clock-time.ts";
import { sanitize } from "../text/sanitize.ts";
import { deedOf } from "../update/deed.ts";
import { setIn } from "../view/line/line-view.ts";
import { endingOf, openClient } from "./open-client.ts";
import { say } from "./say.ts";

export interface TailRun {
  readonly target: Target & { readonly room: string };
  readonly nick: string | undefined;
  readonly format: "text" | "json" | "verbose";
  /** End after so many messages; null: never. */
  readonly count: number | null;
  /** Begin behind this seq; null: with what is said from now on. */
  readonly since: number | null;
  readonly quiet: boolean;
}

type Message = Extract<ClientEvent, { type: "message" }>;

export async function runTail(run: TailRun, io: Io): Promise<Ending> {
  const opened = await openClient(run.target, run.nick, {}, io);
  if (!opened.ok) return opened.ending;
  const { client } = opened;
  const tail = new Tail(run, io);
  io.stdout.watchReader();
  const gone = new Promise<Ending>((resolve) => {
    io.stdout.gone.addEventListener("abort", () => resolve("done"));
  });
  const ending = await Promise.race([tail.follow(client), io.stopped, gone]);
  tail.end();
  await Promise.all([client.close({ deadlineMs: 0 }), io.stdout.flushed()]);
  return ending === "done" && tail.hasGap ? "gap" : ending;
}

type Followed = Pick<Client, "join" | "events" | "closed" | "close">;

export class Tail {
  hasGap = false;
  readonly #run: TailRun;
  readonly #room: string;
  #spelled = "";
  readonly #io: Pick<Io, "stdout" | "stderr">;
  readonly #joiner = new LineJoiner();
  #count = 0;
  #isBack = true;
  /** The room's newest seq when it was first joined. */
  #head = Number.POSITIVE_INFINITY;

  constructor(run: TailRun, io: Pick<Io, "stdout" | "stderr">) {
    this.#run = run;
    this.#room = roomKey(run.target.room);
    this.#io = io;
  }

  async follow(client: Followed): Promise<Ending> {
    const { target, since, count } = this.#run;
    let refused: ChatError | null = null;
    client.join(target.room, since === null ? {} : { after: since }).catch((error: ChatError) => {
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
    if (this.#run.format === "text") this.#print(this.#joiner.end());
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
        for (const nick of event.left ?? []) this.#print(this.#joiner.ended(nick));
        return null;
      case "typing":
        return null;
      case "joined":
        if (!event.again) this.#head = event.head;
        this.#note(event.again ? `joined ${event.room} again` : `joined ${event.room}`);
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

  /** A place that the room has not come to yet is no gap, however it was come by. */
  #reset(after: number): void {
    const isAhead = after === this.#run.since && after > this.#head;
    if (!isAhead) this.hasGap = true;
    const text = isAhead
      ? `nothing is there after ${after} yet: the room is at ${this.#head}`
      : `messages are missing after ${after}: the server has them no longer`;
    say(this.#io.stderr, text);
    // Told once: what is lost later is lost.
    this.#head = Number.POSITIVE_INFINITY;
  }

  #entry(entry: Entry): void {
    if (this.#run.format === "json") this.#print(`${JSON.stringify(entry)}\n`);
    if (entry.type === "message") this.#message(entry);
    else if (entry.type !== "topic") this.#amendment(entry);
  }

  #message(message: Message): void {
    const { format } = this.#run;
    // Nothing is left of it to be printed, and an empty line would be a message.
    if (format === "text" && message.redacted === true) return;
    this.#count += 1;
    if (format === "text") this.#print(this.#joiner.push(message.from, message.text));
    if (format === "verbose") this.#print(`${clockTime(message.at)} ${verboseText(message)}\n`);
  }

  /** What was printed can't be changed. The text alone stays what was said, a line a message. */
  #amendment(amendment: Amendment): void {
    const { format } = this.#run;
    const deed = `${amendment.from} ${deedOf(amendment)}`;
    if (format === "verbose") this.#print(`${clockTime(amendment.at)} -- ${setIn(deed)}\n`);
    else if (format === "text" && amendment.type !== "reaction") this.#note(deed);
  }

  #state(state: ClientState): void {
    if (state.phase === "waiting" && this.#isBack) {
      this.#isBack = false;
      this.#note(`${state.reason.message.replace(/\.$/, "")}; trying again`);
    }
    if (state.phase === "online") this.#isBack = true;
  }

  #note(text: string): void {
    if (!this.#run.quiet) say(this.#io.stderr, text);
  }

  #print(text: string): void {
    this.#io.stdout.write(this.#io.stdout.isTerminal ? sanitize(text) : text);
  }
}

function verboseText({ from, text, action, redacted, edited }: Message): string {
  const said = redacted === true ? "(taken back)" : setIn(text);
  const after = edited !== undefined && redacted !== true ? " (edited)" : "";
  return (action === true ? `* ${from} ${said}` : `${from}: ${said}`) + after;
}
