// `client tail`: prints what is said in a room, as long as it is asked to.
// Owns what ends it: the room, a signal, a reader that left, a place that can't be kept.

import { UsageError } from "@maru/command-line";
import { roomKey } from "@maru/sdk/chat";
import type { Io } from "@maru/tui/io";
import type { Ending } from "../../cli/exit-codes.ts";
import type { Target } from "../../cli/target.ts";
import { openClient } from "../session/open-client.ts";
import { OwnSession } from "../session/own-session.ts";
import { roomOf } from "../session/room-of.ts";
import { say } from "../session/say.ts";
import { RoomTail, type TailOptions } from "./room-tail.ts";
import { PlaceFile } from "./tail-place.ts";

export interface TailRun extends Pick<TailOptions, "format" | "count" | "since" | "quiet"> {
  readonly target: Target & { readonly room: string };
  readonly nick: string | undefined;
  /** Where sessions are kept; null: nowhere. */
  readonly stateHome: string | null;
  /** Wait for a server that is not up yet. */
  readonly wait: boolean;
  /** The file that holds how far was printed, and from where to go on; null: none. */
  readonly keepPlace: string | null;
}

export async function runTail(run: TailRun, io: Io): Promise<Ending> {
  const session = new OwnSession(run.stateHome, run.target, run.nick);
  const file = run.keepPlace === null ? null : new PlaceFile(run.keepPlace);
  const place = file?.read() ?? null;
  io.stdout.watchReader();
  const { wait, quiet } = run;
  const opened = await openClient(run.target, run.nick, session, { wait, quiet }, io);
  if (!opened.ok) return opened.ending;
  const { client } = opened;
  const room = roomOf(run.target.room, client.me);
  if (place !== null && roomKey(place.room) !== roomKey(room)) {
    await session.close(client, 0);
    throw new UsageError(`--keep-place ${run.keepPlace}: this is a place in ${place.room}`);
  }
  const tail = new RoomTail({ ...run, room, place, file }, io);
  const gone = io.stdout.ended().then(() => "done" as const);
  const ends = [tail.follow(client), io.stopped, gone, ...(file === null ? [] : [file.failed])];
  const ending = await Promise.race(ends);
  tail.end();
  await Promise.all([session.close(client, 0), io.stdout.flushed()]);
  if (file?.problem) {
    // To go on would be to print the same again the next time.
    say(io.stderr, file.problem);
    return "output";
  }
  return ending === "done" && tail.hasGap ? "gap" : ending;
}
