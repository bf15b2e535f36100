// What the command line can start, and what it is given to start it with. Types only, so that the
// commands and main.ts agree on them.

import type { InspectRun } from "../modes/inspect/inspect.ts";
import type { ChatRun } from "../modes/lines/chat.ts";
import type { SendRun } from "../modes/send/send.ts";
import type { TailRun } from "../modes/tail/tail.ts";
import type { ClientConfig } from "../settings/client-config.ts";
import type { Environment } from "../settings/load-config.ts";
import type { Ending } from "./exit-codes.ts";

/** The full screen: what line mode takes, and the settings in force. */
export interface ScreenRun extends ChatRun {
  /** `server`, `nick` and `rooms` are those of this run; the first room is the target's. */
  readonly config: ClientConfig;
  /** How many colours to draw with. */
  readonly depth: "none" | "palette" | "true";
  readonly environment: Environment;
  /** Whether a room was asked for by address: otherwise the one that was open last is shown. */
  readonly isRoomGiven: boolean;
  /** Whether rooms were asked for at all, by address or in the settings. */
  readonly hasRooms: boolean;
}

export interface Programs {
  /** The chat on the full screen; line mode where there is no terminal for it. */
  screen(run: ScreenRun): Promise<Ending>;
  /** The chat in lines: --plain. */
  chat(run: ChatRun): Promise<Ending>;
  send(run: SendRun): Promise<Ending>;
  tail(run: TailRun): Promise<Ending>;
  inspect(run: InspectRun): Promise<Ending>;
}

export interface Texts {
  out(text: string): void;
  error(text: string): void;
}

/** What every command of the line is made with. */
export interface Setup {
  /** How the program is called in help: "bun run client". */
  readonly name: string;
  readonly programs: Programs;
  readonly environment: Environment;
  readonly texts: Texts;
  /** Called with how the command ended. */
  readonly ended: (ending: Ending) => void;
}
