// A full screen that is played by a script, beside a scripted server's log: for tests only.
// Owns the one model of a test, every effect that it led to, and the clock.

import type { Entry } from "@maru/protocol/chat";
import { ChatError, type ClientEvent, type ClientState } from "@maru/sdk";
import { bindingsOf } from "../key/bindings.ts";
import { itemsOfPage } from "../model/conversation.ts";
import { createModel, currentRoom, type RoomModel } from "../model/model.ts";
import { itemsOf } from "../model/timeline.ts";
import { anchorOf, createScreenModel, type ScreenModel } from "../screen/screen-model.ts";
import type { ScreenEffect, ScreenInput, Wanted } from "../screen/screen-step.ts";
import { sampleMs, sampleSettings } from "../view/screen/sample-screen.ts";
import { screenUpdate } from "./screen-update.ts";

export const online: ClientState = { phase: "online", nick: "mina", sinceMs: 0 };
export const fault = new ChatError({
  code: "refused",
  message: "It was refused.",
  retryable: false,
});
export const waiting: ClientState = { phase: "waiting", untilMs: 0, attempt: 1, reason: fault };

type Effect<T extends ScreenEffect["type"]> = Extract<ScreenEffect, { type: T }>;

export class Script {
  model: ScreenModel;
  nowMs = sampleMs;
  /** Everything that was asked for, in order. */
  readonly effects: ScreenEffect[] = [];

  constructor(fields: Partial<ScreenModel> = {}, settings: Partial<ScreenModel["settings"]> = {}) {
    const parts = {
      size: { width: 80, height: 24 },
      settings: { ...sampleSettings, ...settings },
      bindings: bindingsOf().bindings,
    };
    const model = createScreenModel(createModel("mina", online), parts);
    this.model = { ...model, ...fields };
  }

  /** What these inputs led to. */
  do(...inputs: readonly ScreenInput[]): ScreenEffect[] {
    const before = this.effects.length;
    for (const input of inputs) {
      const { model, effects } = screenUpdate(this.model, input, this.nowMs);
      this.model = model;
      this.effects.push(...effects);
    }
    return this.effects.slice(before);
  }

  press(...chords: readonly string[]): ScreenEffect[] {
    return this.do(...chords.map((chord) => ({ type: "key", chord, text: "" }) as const));
  }

  /** One key a character. */
  type(text: string): ScreenEffect[] {
    return this.do(...[...text].map((each) => ({ type: "key", chord: each, text: each }) as const));
  }

  /** Typed and sent. */
  enter(text: string): ScreenEffect[] {
    return [...this.paste(text), ...this.press("enter")];
  }

  paste(text: string): ScreenEffect[] {
    return this.do({ type: "paste", text, isCut: false });
  }

  event(event: ClientEvent): ScreenEffect[] {
    return this.do({ type: "event", event });
  }

  joins(room: string, head = 0, fields: Partial<Extract<ClientEvent, { type: "joined" }>> = {}) {
    const people = { topic: "", memberCount: 2, members: ["mina", "bob"] };
    const log = { epoch: "e", head, recovered: true, again: false };
    return this.event({ type: "joined", room, ...people, ...log, ...fields });
  }

  /** Of the kind, and in the order, in which they were asked for. */
  asked<T extends ScreenEffect["type"]>(type: T): Effect<T>[] {
    return this.effects.filter((effect): effect is Effect<T> => effect.type === type);
  }

  /** The last page that was asked for comes from this log. */
  answer(log: readonly Entry[], limit = 100): ScreenEffect[] {
    const page = this.asked("page").at(-1);
    if (page === undefined) throw new Error("no page was asked for");
    return this.do(pageOf(log, page.room, page.wanted, limit, this.model.chat.ignored));
  }

  get room(): RoomModel {
    const room = currentRoom(this.model.chat);
    if (room === null) throw new Error("the script is in no room");
    return room;
  }

  /** Seqs of what is held of the current room. */
  get seqs(): number[] {
    return itemsOf(this.room.timeline).flatMap(({ key }) => (key > 0 ? [key] : []));
  }

  get text(): string {
    return this.model.editor.text;
  }

  get toast(): string {
    return this.model.toast?.text ?? "";
  }

  /** Texts that the client itself put into the current room. */
  get notices(): string[] {
    return itemsOf(this.room.timeline).flatMap((item) =>
      item.kind === "notice" ? [item.text] : [],
    );
  }

  get anchor(): number | null {
    return anchorOf(this.model)?.key ?? null;
  }
}

export function said(room: string, seq: number, from = "bob", text = `message ${seq}`) {
  return { type: "message", room, seq, at: sampleMs - 1000 * (5000 - seq), from, text } as const;
}

/** A log from `first` to `last`. */
export function logOf(room: string, last: number, first = 1): Entry[] {
  return Array.from({ length: last - first + 1 }, (_, at) => said(room, first + at));
}

/** In two rooms, lobby and ops, both empty; in lobby now. */
export function inLobby(...given: ConstructorParameters<typeof Script>): Script {
  const script = new Script(...given);
  script.joins("lobby");
  script.joins("ops");
  return script;
}

/** In lobby, with the newest 100 of so many messages held. */
export function reading(head: number, ...given: ConstructorParameters<typeof Script>): Script {
  const script = new Script(...given);
  script.joins("lobby", head);
  script.answer(logOf("lobby", head));
  return script;
}

/** What a server with this log answers. */
export function pageOf(
  log: readonly Entry[],
  room: string,
  wanted: Wanted,
  limit = 100,
  ignored: ReadonlySet<string> = new Set(),
): Extract<ScreenInput, { type: "paged" }> {
  const found = wanted.part === "at" ? log.find(({ at }) => at >= wanted.atMs)?.seq : undefined;
  const at = wanted.part === "around" ? wanted.seq : (found ?? null);
  const { entries, more } = partOf(log, wanted, at, limit);
  const [first, last] = [entries[0]?.seq, entries.at(-1)?.seq];
  const ends = first === undefined || last === undefined ? null : { first, last };
  const items = itemsOfPage(entries, ignored);
  return { type: "paged", room, wanted, items, more, ends, head: log.at(-1)?.seq ?? 0, at };
}

function partOf(log: readonly Entry[], wanted: Wanted, at: number | null, limit: number) {
  if (wanted.part === "newer") {
    const after = log.filter(({ seq }) => seq > wanted.after);
    return { entries: after.slice(0, limit), more: after.length > limit };
  }
  if (at !== null) {
    const before = log.filter(({ seq }) => seq < at).slice(-limit / 2);
    const behind = log.filter(({ seq }) => seq >= at).slice(0, limit / 2);
    return { entries: [...before, ...behind], more: false };
  }
  const end = wanted.part === "older" ? wanted.before : Number.POSITIVE_INFINITY;
  const before = log.filter(({ seq }) => seq < end);
  return { entries: before.slice(-limit), more: before.length > limit };
}
