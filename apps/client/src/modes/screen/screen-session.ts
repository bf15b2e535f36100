// The full screen while it runs: what happens in, effects out. Owns the model's only copy; every
// change goes through screenUpdate, and is on disk before anything else happens.

import type { NotifyLevel } from "@maru/chat-model/model";
import { isKept, type Outbox, perform } from "@maru/chat-model/perform";
import type { NameKey } from "@maru/protocol/chat";
import type { ChatClient } from "@maru/sdk/chat";
import type { TerminalInput } from "@maru/tui/input";
import type { IdleCollector } from "@maru/tui/io";
import type { Terminal } from "@maru/tui/terminal";
import type { Ending } from "../../cli/exit-codes.ts";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import type { ScreenEffect, ScreenInput } from "../../screen/model/screen-step.ts";
import { screenUpdate } from "../../screen/update/screen-update.ts";
import { windowTitle } from "../../screen/view/window-title.ts";
import type { MovingStore } from "../../store/moving-store.ts";
import { endingOf } from "../session/open-client.ts";
import type { OwnSession } from "../session/own-session.ts";
import { performScreen, type ScreenTools } from "./perform-screen.ts";
import { draftsOf, storeChanges, storedRooms } from "./screen-store.ts";

/**
 * How long events are taken in one go, in ms: keys come between them. In time and not in number: a
 * client that has just begun takes many times as long for one as a warm one.
 */
const turnMs = 4;
/** Without time passing for so long, in ms, the process was stopped, and the title was another's. */
const stoppedMs = 2_500;
/** Ticks after a wish to stop with which the title is told again: the stop may come a little later. */
const ticksAfterSuspend = 2;

export interface SessionParts {
  readonly client: ChatClient;
  readonly store: MovingStore;
  readonly outbox: Outbox;
  readonly own?: OwnSession;
  readonly tools: ScreenTools;
  readonly nowMs: () => number;
  readonly collector: IdleCollector;
  /** By room key, what the settings say: not kept, so that a change of them counts. */
  readonly configuredLevels?: ReadonlyMap<NameKey, NotifyLevel>;
}

/** An Enter that only ends a line. */
const unsent = (input: TerminalInput): TerminalInput =>
  input.type === "key" && input.chord === "enter"
    ? { type: "paste", text: "\n", isCut: false }
    : input;

export class ScreenSession {
  readonly #parts: SessionParts;
  readonly #ended: Promise<Ending>;
  #model: ScreenModel;
  #terminal: Terminal | null = null;
  /** Null: what the window shows is not known. */
  #title: string | null = null;
  #titleTicks = 0;
  #lastMs: number;
  #isOver = false;
  #end: (ending: Ending) => void = () => {};

  constructor(model: ScreenModel, parts: SessionParts) {
    this.#model = model;
    this.#parts = parts;
    this.#lastMs = parts.nowMs();
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get model(): ScreenModel {
    return this.#model;
  }

  /** Resolves when the chat is over by itself. */
  get ended(): Promise<Ending> {
    return this.#ended;
  }

  /** Asked for before anything is sent: the server then knows the rooms. */
  enter(): void {
    const { client, store, configuredLevels = new Map() } = this.#parts;
    // Those of the command line are open from now on, too.
    store.saveRooms(storedRooms(this.#model, configuredLevels));
    for (const { name: room } of this.#model.chat.rooms.values()) {
      void perform(client, { type: "join", room }, this.#model.chat.ignored).then(this.answered);
    }
    this.apply({ type: "started" });
  }

  /** From now on there is something to draw on. */
  attach(terminal: Terminal): void {
    this.#terminal = terminal;
    this.apply({ type: "resized", size: terminal.size });
    // What was typed before is heard at once, and the person had not seen yet what an earlier run had left in
    // the line: that is not sent by it.
    const hasDraft = this.#model.editor.text !== "";
    let isEarly = true;
    terminal.listen((input) => this.apply(isEarly && hasDraft ? unsent(input) : input));
    isEarly = false;
  }

  readonly apply = (input: ScreenInput): void => {
    if (this.#isOver) return;
    const before = this.#model;
    const nowMs = this.#parts.nowMs();
    const { model, effects } = screenUpdate(before, input, nowMs);
    this.#model = model;
    // What is sent is in the outbox before it is no draft any more.
    for (const effect of effects) this.#perform(effect);
    const { store, configuredLevels = new Map(), collector } = this.#parts;
    storeChanges(store, before, model, configuredLevels);
    const { me } = model.chat;
    if (me !== before.chat.me) {
      this.#parts.own?.moved(me);
      store.move(me, draftsOf(model), storedRooms(model, configuredLevels));
    }
    this.#noteTitle(input, nowMs);
    if (input.type !== "ticked" || !isSameSight(before, model)) this.#terminal?.refresh();
    this.#tellTitle();
    if (input.type === "ticked") collector.ticked(nowMs);
    else collector.noted(nowMs);
  };

  /** What an effect led to; null: nothing, or the events tell it. */
  readonly answered = (input: ScreenInput | null): void => {
    if (input === null) return;
    if (input.type !== "failed") return this.apply(input);
    const { effect, error } = input;
    // Ended by oneself: no wish was refused.
    if (error.code === "closed") return;
    if (effect.type === "join") {
      // Of an end for good the state tells; the room is one's own the next time, too.
      if (this.#parts.client.state.phase === "closed") return;
      if (error.retryable) {
        const text = `can't join ${effect.room} now: ${error.message}`;
        return this.apply({ type: "told", text, isError: true });
      }
    }
    this.apply(input);
  };

  /** The last that happens: what comes after it is no matter of this run, and changes nothing. */
  finish(): void {
    this.apply({ type: "due" });
    this.#isOver = true;
  }

  /** Everything that the client tells, until it is closed. */
  async follow(): Promise<void> {
    let begunMs = performance.now();
    for await (const event of this.#parts.client.events()) {
      this.apply({ type: "event", event });
      if (performance.now() - begunMs < turnMs) continue;
      await new Promise((resolve) => setImmediate(resolve));
      begunMs = performance.now();
    }
  }

  /** The program that had the terminal meanwhile has told a title of its own. */
  #noteTitle(input: ScreenInput, nowMs: number): void {
    if (input.type === "edited-outside") this.#title = null;
    if (input.type !== "ticked") return;
    const wasStopped = nowMs - this.#lastMs >= stoppedMs;
    if (wasStopped || this.#titleTicks > 0) this.#title = null;
    this.#titleTicks = Math.max(0, this.#titleTicks - 1);
    this.#lastMs = nowMs;
  }

  #tellTitle(): void {
    if (this.#terminal === null) return;
    const title = windowTitle(this.#model);
    if (title !== this.#title) this.#terminal.title(title);
    this.#title = title;
  }

  #perform(effect: ScreenEffect): void {
    const { client, outbox, tools } = this.#parts;
    if (effect.type === "quit") {
      const { state } = client;
      return this.#end(state.phase === "closed" ? endingOf(state.reason) : "done");
    }
    if (effect.type === "forget") return outbox.forget(effect.id);
    if (isKept(effect)) {
      void outbox.send(effect).then(this.answered);
      return;
    }
    if (this.#terminal === null && effect.type !== "join" && effect.type !== "inbox") return;
    if (effect.type === "suspend") this.#titleTicks = ticksAfterSuspend;
    void performScreen(client, effect, this.#model, this.#terminal, tools).then(this.answered);
  }
}

/**
 * Whether two models look alike, so that nothing need be drawn. Time alone changes nothing but the
 * seconds until the next try to connect.
 */
function isSameSight(before: ScreenModel, after: ScreenModel): boolean {
  if (after.chat.state.phase === "waiting") return false;
  return isSame(before, after, "chat") && isSame(before.chat, after.chat, "nowMs");
}

function isSame<T extends object>(before: T, after: T, but: keyof T): boolean {
  const keys = Object.keys(after) as (keyof T)[];
  return keys.every((key) => key === but || before[key] === after[key]);
}
