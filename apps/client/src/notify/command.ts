// Runs the command that the person has configured to be called by: what came from elsewhere is in its
// environment, made harmless and short.

import { type Call, callText } from "@maru/chat-model/notify";
import type { Clock } from "@maru/sdk/chat";
import { createBriefCommand } from "@maru/tui/io";
import { sanitizeLine } from "@maru/tui/text";

/** How long the command may take, in milliseconds. */
export const commandMsMax = 5_000;
/** UTF-16 units of a name, and of the text, in its environment. */
export const nameUnitsMax = 256;
export const textUnitsMax = 1_024;

export interface NotifyCommandOptions {
  /** Program and arguments, as configured; not empty. */
  readonly argv: readonly string[];
  /** What the command inherits. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Pick<Clock, "after">;
  /** Hears once that it can't be run, failed, or took too long. */
  readonly onProblem: (text: string) => void;
}

export interface NotifyCommand {
  /** Runs it, or after the one that runs; of several that wait the newest is run. */
  call(call: Call): void;
  /** Ends what runs; nothing is run any more. */
  stop(): void;
}

export function createNotifyCommand(options: NotifyCommandOptions): NotifyCommand {
  const name = sanitizeLine(options.argv[0] ?? "");
  const command = createBriefCommand({
    ...options,
    msMax: commandMsMax,
    onProblem: (why) =>
      options.onProblem(`The command for notifications, ${name}, failed: ${sanitizeLine(why)}`),
  });
  return {
    call: (call) => command.run(commandEnvironment(call)),
    stop: () => command.stop(),
  };
}

/** What the command is told of a call. */
export function commandEnvironment(call: Call): Record<string, string> {
  return {
    MARU_ROOM: plain(call.room, nameUnitsMax),
    MARU_FROM: plain(call.from, nameUnitsMax),
    MARU_TEXT: plain(callText({ ...call, text: plain(call.text, textUnitsMax) }), Infinity),
    MARU_KIND: call.kind,
  };
}

/** One line without control characters; cut, but not between the halves of a character. */
function plain(text: string, unitsMax: number): string {
  // Cut first: what is thrown away need not be cleaned. Cleaning makes nothing longer.
  return sanitizeLine(text.slice(0, unitsMax).replace(/[\ud800-\udbff]$/, ""));
}
