// `client send`: a text, or each line of standard input, into a room.
// Done only when every message is acknowledged; otherwise says on standard error what was and what
// was not. Standard input is not read faster than the server takes it. The room is not joined: who
// only speaks there is no news to the people in it.

import {
  type Cleaning,
  type Cut,
  cleaningHint,
  cleanText,
  InputCleaner,
  InputError,
  LineCutter,
  pack,
  textProblem,
} from "@maru/chat-model/line";
import { Delivery, type Failure, refusalText } from "@maru/chat-model/perform";
import type { ChatClient } from "@maru/sdk/chat";
import type { Io } from "@maru/tui/io";
import type { Ending } from "../../cli/exit-codes.ts";
import type { Target } from "../../cli/target.ts";
import { openClient } from "../session/open-client.ts";
import { OwnSession } from "../session/own-session.ts";
import { roomOf } from "../session/room-of.ts";
import { say } from "../session/say.ts";

export interface SendRun {
  readonly target: Target & { readonly room: string };
  readonly nick: string | undefined;
  /** Where sessions are kept; null: nowhere. */
  readonly stateHome: string | null;
  /** null: the lines of standard input. */
  readonly text: string | null;
  readonly cleaning: Cleaning;
  readonly pack: boolean;
  /** Wait for a server that is not up yet. */
  readonly wait: boolean;
  /** Give up when nothing was acknowledged for so long. */
  readonly patienceMs: number;
}

export async function runSend(run: SendRun, io: Io): Promise<Ending> {
  const text = run.text === null ? null : cleanText(run.text, run.cleaning);
  const problem = text === null ? null : argumentProblem(text, run.cleaning);
  if (problem !== null) {
    say(io.stderr, problem);
    return "input";
  }
  const session = new OwnSession(run.stateHome, run.target, run.nick);
  const { patienceMs, wait } = run;
  const times = { connectTimeoutMs: patienceMs, commandTimeoutMs: patienceMs };
  const options = { eventsBuffered: 0, wait, ...times };
  const opened = await openClient(run.target, run.nick, session, options, io);
  if (!opened.ok) return opened.ending;
  const { client } = opened;
  const delivery = new Delivery(client, roomOf(run.target.room, client.me), patienceMs);
  const { textBytes } = client.welcome.limits;
  const outcome = await Promise.race([
    giveAll({ ...run, text }, io, delivery, textBytes),
    delivery.failed,
    io.stopped,
  ]);
  const ending = typeof outcome === "string" ? outcome : endingOfFailure(outcome);
  if (typeof outcome !== "string") say(io.stderr, explain(outcome, run, client));
  if (ending !== "done") {
    say(io.stderr, countText(delivery));
  }
  delivery.end();
  await session.close(client, 0);
  return ending;
}

function countText({ acknowledged, sent }: Delivery): string {
  if (sent === 0) return "nothing was sent";
  return `${acknowledged} of ${sent} messages were acknowledged`;
}

function argumentProblem(text: string, cleaning: Cleaning): string | null {
  if (text === "") return "the text is empty";
  const problem = textProblem(text);
  return problem === null ? null : problem + cleaningHint(cleaning, problem);
}

async function giveAll(
  run: SendRun,
  io: Io,
  delivery: Delivery,
  textBytesMax: number,
): Promise<Ending> {
  try {
    if (run.text !== null) await delivery.give({ line: 1, text: run.text });
    else await giveLines(run, io, delivery, textBytesMax);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await delivery.finished();
    const hint = cleaningHint(run.cleaning, error.message);
    say(io.stderr, `${error.message}; nothing from there on was sent${hint}`);
    return "input";
  }
  await delivery.finished();
  return "done";
}

async function giveLines(run: SendRun, io: Io, delivery: Delivery, textBytesMax: number) {
  const cleaner = new InputCleaner(run.cleaning);
  const cutter = new LineCutter({ textBytesMax });
  const packed = (cuts: Iterable<Cut>) => (run.pack ? pack(cuts, textBytesMax) : cuts);
  for await (const chunk of io.stdin) {
    const bytes = cleaner.push(chunk as Uint8Array);
    for (const cut of packed(cutter.push(bytes))) await delivery.give(cut);
  }
  for (const cut of packed(cutter.push(cleaner.end()))) await delivery.give(cut);
  for (const cut of packed(cutter.end())) await delivery.give(cut);
}

/** Refusals of the room, whatever was said. */
const ofRooms: ReadonlySet<string> = new Set(["forbidden", "too_many_rooms", "server_full"]);

function endingOfFailure(failure: Failure): Ending {
  if (failure.kind !== "refused") return "failed";
  const { code, field } = failure.error;
  if (field === "room" || ofRooms.has(code)) return "refused";
  return field === "text" ? "input" : "failed";
}

function explain(failure: Failure, run: SendRun, client: ChatClient): string {
  switch (failure.kind) {
    case "refused":
      return `${run.text === null ? `line ${failure.line}` : "the text"}: ${refusalText(failure.error)}`;
    case "closed":
      return refusalText(failure.error);
    case "impatient": {
      const why = hindrance(client, run.patienceMs);
      const time = `nothing was acknowledged for ${secondsText(run.patienceMs)}`;
      return why === null ? time : `${time}: ${why}`;
    }
  }
}

/** What keeps a text from being acknowledged; null: the server says nothing. */
function hindrance({ state, lastRefusal, welcome }: ChatClient, patienceMs: number): string | null {
  const error = state.phase === "waiting" ? state.reason : lastRefusal;
  if (error !== null) return refusalText(error);
  const { sendRate } = welcome.limits;
  const everyMs = sendRate === 0 ? 0 : 1000 / sendRate;
  if (everyMs < patienceMs) return null;
  return `the server takes one message in ${secondsText(everyMs)}; give a longer --patience`;
}

function secondsText(ms: number): string {
  const seconds = Math.round(ms / 100) / 10;
  return `${seconds} second${seconds === 1 ? "" : "s"}`;
}
