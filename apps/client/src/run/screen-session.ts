// The full screen while it runs: what happens in, effects out. Owns the model's only copy; every
// change goes through screenUpdate, and is on disk before anything else happens.

import type { Client } from "@maru/sdk";
import type { Ending } from "../cli/exit-codes.ts";
import type { MovingKeep } from "../keep/moving-keep.ts";
import type { ScreenModel } from "../screen/screen-model.ts";
import type { ScreenEffect, ScreenInput } from "../screen/screen-step.ts";
import { screenUpdate } from "../screen-update/screen-update.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { windowTitle } from "../view/screen/window-title.ts";
import type { IdleCollector } from "./idle-collector.ts";
import { endingOf } from "./open-client.ts";
import type { Outbox } from "./outbox.ts";
import { performScreen, type ScreenTools } from "./perform-screen.ts";
import { draftsOf, keepChanges, keptRooms } from "./screen-keep.ts";

/** Events that are taken in one go: keys come between them. */
const eventsAtOnce = 64;

export interface SessionParts {
  readonly client: Client;
  readonly keep: MovingKeep;
  readonly outbox: Outbox;
  readonly tools: ScreenTools;
  readonly nowMs: () => number;
  readonly collector: IdleCollector;
}

export class ScreenSession {
  model: ScreenModel;
  readonly #parts: SessionParts;
  readonly #ended: Promise<Ending>;
  #terminal: Terminal | null = null;
  #title = "";
  #end: (ending: Ending) => void = () => {};

  constructor(model: ScreenModel, parts: SessionParts) {
    this.model = model;
    this.#parts = parts;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Resolves when the chat is over by itself. */
  get ended(): Promise<Ending> {
    return this.#ended;
  }

  /** From now on there is something to draw on. */
  attach(terminal: Terminal): void {
    this.#terminal = terminal;
    terminal.listen((input) => this.apply(input));
  }

  readonly apply = (input: ScreenInput): void => {
    const before = this.model;
    const nowMs = this.#parts.nowMs();
    const { model, effects } = screenUpdate(before, input, nowMs);
    this.model = model;
    // What is sent is in the outbox before it is no draft any more.
    for (const effect of effects) this.#perform(effect);
    const { keep } = this.#parts;
    if (input.type === "renamed") keep.move(input.nick, draftsOf(model), keptRooms(model));
    else keepChanges(keep, before, model);
    this.#show();
    const { collector } = this.#parts;
    if (input.type === "ticked") collector.ticked(nowMs);
    else collector.noted(nowMs);
  };

  #show(): void {
    if (this.#terminal === null) return;
    const title = windowTitle(this.model);
    if (title !== this.#title) this.#terminal.title(title);
    this.#title = title;
    this.#terminal.refresh();
  }

  /** Everything that the client tells, until it is closed. */
  async follow(): Promise<void> {
    let taken = 0;
    for await (const event of this.#parts.client.events()) {
      this.apply({ type: "event", event });
      taken += 1;
      if (taken % eventsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #perform(effect: ScreenEffect): void {
    const { client, outbox, tools } = this.#parts;
    if (effect.type === "quit") {
      const { state } = client;
      return this.#end(state.phase === "closed" ? endingOf(state.reason) : "done");
    }
    if (effect.type === "forget") return outbox.forget(effect.id);
    const sent = outbox.send(effect);
    if (sent !== null) {
      void sent.then(this.apply);
      return;
    }
    if (this.#terminal === null && effect.type !== "join" && effect.type !== "inbox") return;
    void performScreen(client, effect, this.model, this.#terminal, tools).then(
      (input) => input !== null && this.apply(input),
    );
  }
}
