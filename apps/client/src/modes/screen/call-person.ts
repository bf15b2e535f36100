// Calls the person, by the ways of the settings: whether was judged in the update, how often is paced
// by notify/. Owns what waits for its time, and the command that runs.

import { placeName } from "@maru/chat-model/model";
import {
  type Call,
  callText,
  due,
  noPace,
  type Pace,
  type Paced,
  pace,
} from "@maru/chat-model/notify";
import { startTimer } from "@maru/protocol";
import { directParticipants } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import type { Terminal } from "@maru/tui/terminal";
import { createNotifyCommand, type NotifyCommand } from "../../notify/command.ts";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import type { ScreenEffect } from "../../screen/model/screen-step.ts";
import type { ClientConfig } from "../../settings/client-config.ts";

type Wish = Extract<ScreenEffect, { type: "call" }>;

export interface CallerOptions {
  readonly settings: ClientConfig["notify"];
  /** What the command inherits. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onProblem: (text: string) => void;
  readonly nowMs: () => number;
}

export class Caller {
  readonly #options: CallerOptions;
  readonly #command: NotifyCommand | null;
  #terminal: Terminal | null = null;
  #pace: Pace = noPace;
  #cancelTimer: (() => void) | null = null;

  constructor(options: CallerOptions) {
    this.#options = options;
    const { settings, environment, onProblem } = options;
    const isWanted = settings.how.includes("command") && settings.command.length > 0;
    this.#command = isWanted
      ? createNotifyCommand({
          argv: settings.command,
          environment,
          clock: { after: startTimer },
          onProblem,
        })
      : null;
  }

  attach(terminal: Terminal): void {
    this.#terminal = terminal;
  }

  /** Calls for a message: at once, or when its room's time has come. */
  readonly call = ({ room, from, text, isMention }: Wish, { chat }: ScreenModel): void => {
    const isDirect = directParticipants(roomKey(room)) !== null;
    const kind = isDirect ? "direct" : isMention ? "mention" : "message";
    const call = { room: placeName(chat, room), from, text, kind } as const;
    this.#paced(pace(this.#pace, call, this.#options.nowMs()));
  };

  end(): void {
    this.#cancelTimer?.();
    this.#command?.stop();
  }

  #paced({ pace: next, calls, nextMs }: Paced): void {
    this.#pace = next;
    for (const call of calls) this.#make(call);
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (nextMs === null) return;
    const delayMs = nextMs - this.#options.nowMs();
    const wake = () => this.#paced(due(this.#pace, this.#options.nowMs()));
    this.#cancelTimer = startTimer(delayMs, wake);
  }

  #make(call: Call): void {
    const { how } = this.#options.settings;
    if (how.includes("bell")) this.#terminal?.ring();
    if (how.includes("osc")) this.#terminal?.notify(`${call.from} · ${call.room}`, callText(call));
    if (how.includes("command")) this.#command?.call(call);
  }
}
