// What a step of the chat is made of: what can happen, what it leads to, what is then shown and done.
// Plain data. Answers to effects come back as inputs; lines hold remote text as it came.

import type { ChatClientEvent, InboxRoom, MaruError, ReplyTo } from "@maru/sdk/chat";
import type { Model } from "./model.ts";
import type { NotifyLevel } from "./notify-level.ts";
import type { Quote } from "./quote.ts";
import type { Search } from "./search.ts";
import type { Message } from "./timeline.ts";

export type { Message } from "./timeline.ts";

/** What the outside is asked to do. */
export type Effect =
  | { readonly type: "join"; readonly room: string }
  | { readonly type: "leave"; readonly room: string }
  | {
      readonly type: "send";
      /** By which the holder of what is pending knows it again. */
      readonly id?: number;
      readonly room: string;
      readonly text: string;
      readonly action: boolean;
      /** The seq of the message that it answers. */
      readonly replyTo?: number;
    }
  /** Who of a conversation's two is here. */
  | { readonly type: "look"; readonly room: string }
  | { readonly type: "edit"; readonly room: string; readonly target: number; readonly text: string }
  | {
      readonly type: "redact";
      readonly room: string;
      readonly target: number;
      readonly reason: string;
    }
  | {
      readonly type: "react";
      readonly room: string;
      readonly target: number;
      readonly emoji: string;
      readonly remove: boolean;
    }
  | { readonly type: "nick"; readonly nick: string }
  | { readonly type: "topic"; readonly room: string; readonly topic: string }
  | { readonly type: "who"; readonly room: string }
  | { readonly type: "rooms" }
  /** The newest messages of a room. */
  | { readonly type: "last"; readonly room: string; readonly count: number }
  | Search
  /** `isBrief`: only what a person who has just come should know. */
  | { readonly type: "inbox"; readonly isBrief: boolean }
  /** `isAsked`: by the person, who wants to hear of it. */
  | {
      readonly type: "mark";
      readonly room: string;
      readonly seq: number;
      readonly isAsked: boolean;
    }
  /** Something that only a display does that is redrawn. */
  | { readonly type: "display"; readonly act: DisplayAct }
  | { readonly type: "quit" };

/** What a command asks of a display that is redrawn. */
export type DisplayAct =
  | { readonly kind: "go-to-date"; readonly date: string }
  /** Once more what was looked for last. */
  | { readonly kind: "search-again" }
  | { readonly kind: "notify"; readonly level: NotifyLevel | null }
  | { readonly kind: "do-not-disturb"; readonly isOn: boolean | null }
  | { readonly kind: "mouse"; readonly isOn: boolean | null }
  | { readonly kind: "keys" }
  | { readonly kind: "retry" }
  | { readonly kind: "drop" }
  | { readonly kind: "reconnect" }
  | { readonly kind: "bare" }
  | { readonly kind: "clear" };

export type Input =
  /** A person has come to the chat, and sees what it shows. */
  | { readonly type: "started" }
  /** It is time to tell the server how far they have read. */
  | { readonly type: "due" }
  | { readonly type: "typed"; readonly line: string }
  | { readonly type: "event"; readonly event: ChatClientEvent }
  /** The server has taken what was said. */
  | {
      readonly type: "said";
      readonly id?: number | undefined;
      readonly room: string;
      /** Its place in the room's log. */
      readonly seq?: number | undefined;
      /** Of a conversation: the other is not here. */
      readonly isAbsent?: boolean | undefined;
    }
  | { readonly type: "renamed"; readonly nick: string }
  | { readonly type: "members"; readonly room: string; readonly members: readonly string[] }
  | { readonly type: "here"; readonly room: string; readonly members: readonly string[] }
  | { readonly type: "directory"; readonly rooms: ReplyTo<"rooms">["rooms"] }
  | { readonly type: "listed"; readonly room: string; readonly messages: readonly Message[] }
  | {
      readonly type: "found";
      readonly query: string;
      readonly messages: readonly Message[];
      /** What leads to older ones, if all is not looked through; newer ones may be missing. */
      readonly next: string | null;
      readonly isBehind: boolean;
      /** What was asked, where the answer is to be told from others. */
      readonly asked?: Search;
    }
  | { readonly type: "inbox"; readonly rooms: readonly InboxRoom[]; readonly isBrief: boolean }
  | { readonly type: "marked"; readonly room: string }
  | { readonly type: "failed"; readonly effect: Effect; readonly error: MaruError };

const inputs: Readonly<Record<Input["type"], true>> = {
  started: true,
  due: true,
  typed: true,
  event: true,
  said: true,
  renamed: true,
  members: true,
  here: true,
  directory: true,
  listed: true,
  found: true,
  inbox: true,
  marked: true,
  failed: true,
};

/** Whether something that happened, of whatever kind, is the chat's. */
export function isInput<Any extends { readonly type: string }>(input: Any | Input): input is Input {
  return Object.hasOwn(inputs, input.type);
}

/** What is to be shown, before it is known how. */
export type Line =
  | {
      readonly type: "message";
      readonly room: string;
      readonly from: string;
      readonly text: string;
      readonly atMs: number;
      readonly isAction: boolean;
      readonly isOwn: boolean;
      /** Where it is one of a list: its seq, by which it can be named. */
      readonly number?: number;
      /** What it answers. */
      readonly answers?: Quote;
      readonly isEdited?: boolean;
      readonly isRedacted?: boolean;
      readonly reactions?: readonly { readonly emoji: string; readonly count: number }[];
    }
  /** What happened; `room` null: to the client as a whole. */
  | { readonly type: "notice"; readonly room: string | null; readonly text: string }
  | { readonly type: "error"; readonly text: string }
  /** A table or help: several lines, shown as they are. */
  | { readonly type: "text"; readonly text: string };

/** What an input leads to. */
export interface Step {
  readonly model: Model;
  readonly lines: readonly Line[];
  readonly effects: readonly Effect[];
}

/** A step that shows and does something, or nothing. */
export function step(
  model: Model,
  { lines = [], effects = [] }: { lines?: readonly Line[]; effects?: readonly Effect[] } = {},
): Step {
  return { model, lines, effects };
}

export function notice(text: string, room: string | null = null): Line {
  return { type: "notice", room, text };
}

export function problem(text: string): Line {
  return { type: "error", text };
}
