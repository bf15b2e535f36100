// The chat itself, in line mode: typed lines and events in, shown lines out, until /quit, the end of
// the input, or a signal. Owns the model's only copy; every change goes through update.
// On a terminal it has a prompt; otherwise it is plain lines, and the input is read at the pace at
// which the server takes it.

import { commandNames } from "@maru/chat-model/command";
import type { Effect, Input } from "@maru/chat-model/model";
import { createModel, type Model } from "@maru/chat-model/model";
import { perform } from "@maru/chat-model/perform";
import { update } from "@maru/chat-model/update";
import { startInterval } from "@maru/protocol";
import type { ChatClient } from "@maru/sdk/chat";
import type { Io } from "@maru/tui/io";
import {
  createPaint,
  createPlainScreen,
  createPromptScreen,
  type LineScreen,
  type Paint,
} from "@maru/tui/lines";
import type { Ending } from "../../cli/exit-codes.ts";
import type { Target } from "../../cli/target.ts";
import { endingOf, openClient } from "../session/open-client.ts";
import { OwnSession } from "../session/own-session.ts";
import { lineText, promptText } from "./view/line-view.ts";

export interface ChatRun {
  readonly target: Target & { readonly room: string };
  readonly nick: string | undefined;
  /** Where sessions are kept; null: nowhere. */
  readonly stateHome: string | null;
  readonly colour: boolean;
}

/** Bytes that may be unacknowledged while more lines are read from a pipe. */
const windowBytes = 256 * 1024;

/** How long the end waits for what is unacknowledged: a person less than a script. */
const terminalPatienceMs = 5_000;
const pipePatienceMs = 60_000;

/** How often the server is told what was read, in milliseconds. */
const markEveryMs = 3_000;
/** What may not be lost: a script is told when one of these was not taken. */
const words = new Set<Effect["type"]>(["send", "edit", "redact", "react"]);

export async function runChat(run: ChatRun, io: Io): Promise<Ending> {
  const session = new OwnSession(run.stateHome, run.target, run.nick);
  const opened = await openClient(run.target, run.nick, session, {}, io);
  if (!opened.ok) return opened.ending;
  const { client } = opened;
  const onTerminal = io.stdout.isTerminal && io.stdin.isTTY === true;
  const screen = onTerminal
    ? createPromptScreen(io, { leaving: "/quit", complete })
    : createPlainScreen(io);
  const paint = createPaint(run.colour && io.stdout.isTerminal);
  const chat = new Chat(client, screen, paint, session);
  if (!onTerminal) io.stdout.watchReader();
  const gone = io.stdout.ended().then(() => "done" as const);
  chat.apply({ type: "typed", line: `/join ${run.target.room}` });
  // What is printed to a pipe, no person has read by that.
  if (onTerminal) chat.apply({ type: "started" });
  const stopMarking = startInterval(markEveryMs, () => onTerminal && chat.apply({ type: "due" }));
  const ending = await Promise.race([chat.done(), screen.interrupted, io.stopped, gone]);
  stopMarking();
  // Restored first: whatever happens now, the terminal is the person's again.
  screen.end();
  // A person was told of what was refused before; what is lost from here on still counts.
  if (onTerminal) {
    chat.hasFailed = false;
    chat.apply({ type: "due" });
  }
  const patienceMs = onTerminal ? terminalPatienceMs : pipePatienceMs;
  const isPatient = ending === "done";
  const closed = session.close(client, isPatient ? patienceMs : 0);
  // Who asks to stop meanwhile waits no longer.
  const stopped = await (isPatient ? Promise.race([closed, io.stopped]) : closed);
  await io.stdout.flushed();
  return stopped ?? (isPatient && chat.hasFailed ? "failed" : ending);
}

function complete(line: string): string[] {
  if (!line.startsWith("/")) return [];
  const names = commandNames.map((name) => `/${name} `);
  return names.filter((name) => name.startsWith(line.toLowerCase()));
}

class Chat {
  /** Whether something that was said was not taken. */
  hasFailed = false;
  readonly #client: ChatClient;
  readonly #screen: LineScreen;
  readonly #paint: Paint;
  readonly #session: OwnSession;
  readonly #quit: Promise<Ending>;
  #model: Model;
  #end: (ending: Ending) => void = () => {};

  constructor(client: ChatClient, screen: LineScreen, paint: Paint, session: OwnSession) {
    this.#session = session;
    this.#client = client;
    this.#screen = screen;
    this.#paint = paint;
    this.#model = createModel(client.me, client.state);
    this.#quit = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Resolves when the chat is over by itself. */
  async done(): Promise<Ending> {
    return Promise.race([this.#quit, this.#read(), this.#follow()]);
  }

  apply(input: Input): void {
    const { model, lines, effects } = update(this.#model, input);
    this.#model = model;
    if (input.type === "renamed") this.#session.moved(input.nick);
    if (input.type === "failed" && words.has(input.effect.type)) this.hasFailed = true;
    for (const line of lines) {
      // Who pipes text in knows it already; what was asked for is shown all the same.
      const isEcho = line.type === "message" && line.isOwn && line.number === undefined;
      if (isEcho && !this.#screen.takesEntered) continue;
      this.#screen.show(lineText(model, line, this.#paint));
    }
    this.#screen.prompt(promptText(model));
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    if (effect.type === "quit") {
      const { state } = this.#client;
      return this.#end(state.phase === "closed" ? endingOf(state.reason) : "done");
    }
    // Refused in line mode before it comes here.
    if (effect.type === "display") return;
    void perform(this.#client, effect, this.#model.ignored).then(
      (input) => input !== null && this.apply(input),
    );
  }

  async #read(): Promise<Ending> {
    for await (const line of this.#screen.lines()) {
      this.apply({ type: "typed", line });
      if (this.#client.buffered > windowBytes) await this.#drained();
    }
    return "done";
  }

  async #drained(): Promise<void> {
    // A client that is closed drains nothing more; its last event says so, and ends the chat.
    await this.#client.drained(windowBytes / 2).catch(() => new Promise(() => {}));
  }

  async #follow(): Promise<Ending> {
    for await (const event of this.#client.events()) {
      this.apply({ type: "event", event });
      await this.#screen.ready();
    }
    return this.#quit;
  }
}
