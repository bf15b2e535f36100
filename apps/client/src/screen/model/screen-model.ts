// What the full screen knows beside the chat: what is typed, where one reads, what lies on top.
// Plain immutable data. screen/update makes the next one, screen/view draws it, modes/screen holds it.

import type { NickLookup } from "@maru/chat-model/completion";
import type { Listing } from "@maru/chat-model/list";
import {
  currentRoom,
  type Model,
  type NotifyLevel,
  numbersFor,
  type Pending,
  type PendingEdits,
  type RoomModel,
  type RoomNumbers,
  type Search,
  type Sought,
} from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import {
  type Completion,
  type Editor,
  emptyEditor,
  emptyHistory,
  type InputHistory,
  type PasteQuestion,
} from "@maru/tui/editor";
import type { Size } from "@maru/tui/frame";
import type { Anchor } from "@maru/tui/widget";
import type { Bindings } from "../keys/bindings.ts";
import type { ScreenSettings } from "./screen-settings.ts";
import type { Toast } from "./toast.ts";

/** Where one is to read in the room of this key, as soon as that part of its log is here. */
export interface Jump {
  readonly room: NameKey;
  readonly sought: Sought;
}

/** What Enter does with what is typed. */
export type Compose =
  | { readonly kind: "say" }
  | { readonly kind: "reply"; readonly seq: number }
  | { readonly kind: "edit"; readonly seq: number };

export interface Draft {
  readonly text: string;
  readonly caret: number;
  readonly compose: Compose;
}

/** What lies over the conversation; keys go to it first. */
export type Overlay =
  /** Rows to be read; `top` is the first that is seen. */
  | { readonly kind: "text"; readonly title: string; readonly text: string; readonly top: number }
  | { readonly kind: "keys"; readonly top: number }
  | (Listing & {
      readonly kind: "list";
      /** What narrows it down, as typed. */
      readonly filter: Editor;
      readonly index: number;
      /** The answer is on its way. */
      readonly isWaiting: boolean;
    })
  | {
      readonly kind: "ask";
      readonly purpose: "find" | "date" | "react";
      readonly editor: Editor;
      /** What Tab has put in, while one goes through the candidates. */
      readonly completion: Completion | null;
      readonly problem: string | null;
    }
  /** What is typed is too long for one message: whether to send it as these. */
  | {
      readonly kind: "parts";
      /** Key of the room that they are for: one may be taken out of it while this is asked. */
      readonly room: NameKey;
      readonly parts: readonly string[];
      readonly bytes: number;
      readonly bytesMax: number;
    }
  | ({ readonly kind: "paste" } & PasteQuestion);

export type List = Extract<Overlay, { kind: "list" }>;

export type Pane = "auto" | "on" | "off";

export interface ScreenModel {
  readonly chat: Model;
  readonly size: Size;
  /** Whether the terminal has the focus; null: it never said. */
  readonly isFocused: boolean | null;
  /** What is being typed in the current room, and what for. */
  readonly editor: Editor;
  readonly compose: Compose;
  /** Whether the empty line offers to leave: shown in it, but no text that anything could join. */
  readonly isLeavingOffered: boolean;
  /** Key of the room that the line is typed for, where that is taken away and one is in none. */
  readonly lineOf: NameKey | null;
  /** By key, of the other rooms; none is empty. */
  readonly drafts: ReadonlyMap<NameKey, Draft>;
  readonly history: InputHistory;
  readonly completion: Completion | null;
  /** Who was found in large rooms, the newest last. */
  readonly lookups: readonly NickLookup[];
  /** What was asked last, and the line before and after the key that asked; null: it was answered. */
  readonly awaited: {
    readonly room: NameKey;
    readonly prefix: string;
    readonly step: 1 | -1;
    readonly before: Editor;
    readonly after: Editor;
  } | null;
  /** By room key; a room without one is seen at its end. */
  readonly anchors: ReadonlyMap<NameKey, Anchor>;
  /** Never of another room than the current one. */
  readonly jump: Jump | null;
  /** The current room was marked as unread: it stays so until one leaves it or says something. */
  readonly isKeptUnread: boolean;
  /** Seq of the message that is chosen in the current room. */
  readonly selected: number | null;
  /** A message that is taken back when the same key comes again in time; by the key of its room. */
  readonly takingBack: {
    readonly room: NameKey;
    readonly seq: number;
    readonly untilMs: number;
  } | null;
  /** A person is ignored no longer, and what they said is still to be fetched. */
  readonly isMissingSaid: boolean;
  /** What was looked for last, to be had again. */
  readonly lastSearch: Search | null;
  /** Whether they were told once that `help` is said as `/help`. */
  readonly wasToldOfSlash: boolean;
  readonly overlay: Overlay | null;
  readonly toast: Toast | null;
  /** Keys so far that did something, rather than typed or scrolled. */
  readonly acts: number;
  /** Of all rooms, after every step. */
  readonly numbers: RoomNumbers;
  readonly rooms: Pane;
  readonly members: Pane;
  /** Only the conversation, without panes, for copying. */
  readonly isBare: boolean;
  readonly isMouseOn: boolean;
  readonly pending: readonly Pending[];
  readonly edits: PendingEdits;
  /** Ids that were given to them. */
  readonly saidCount: number;
  /** Keys of rooms of which a page of the log is on its way. */
  readonly loading: ReadonlySet<NameKey>;
  /** Keys of rooms of which one could not be had: asked for again after a key, or a reconnect. */
  readonly stuck: ReadonlySet<NameKey>;
  /** Rooms, by key, that are being joined again; and how many there were. */
  readonly joining: ReadonlySet<NameKey>;
  readonly joiningOf: number;
  /** By room key; others are as the settings say. */
  readonly levels: ReadonlyMap<NameKey, NotifyLevel>;
  readonly doNotDisturb: boolean;
  /** When a key or the mouse was last used, and when others were last told that one writes; ms since 1970. */
  readonly keyAtMs: number;
  readonly typingToldMs: number;
  readonly settings: ScreenSettings;
  readonly bindings: Bindings;
}

export function createScreenModel(
  chat: Model,
  { size, settings, bindings }: Pick<ScreenModel, "size" | "settings" | "bindings">,
): ScreenModel {
  return {
    chat: { ...chat, isRedrawn: true, scrollback: settings.scrollback },
    size,
    isFocused: null,
    editor: emptyEditor,
    compose: { kind: "say" },
    isLeavingOffered: false,
    lineOf: null,
    drafts: new Map(),
    history: emptyHistory([]),
    completion: null,
    lookups: [],
    awaited: null,
    anchors: new Map(),
    jump: null,
    isKeptUnread: false,
    selected: null,
    takingBack: null,
    isMissingSaid: false,
    lastSearch: null,
    wasToldOfSlash: false,
    overlay: null,
    toast: null,
    acts: 0,
    numbers: numbersFor(chat, new Map()),
    rooms: settings.roomsPane,
    members: settings.membersPane,
    isBare: false,
    isMouseOn: settings.hasMouse,
    pending: [],
    edits: new Map(),
    saidCount: 0,
    loading: new Set(),
    stuck: new Set(),
    joining: new Set(),
    joiningOf: 0,
    levels: new Map(),
    doNotDisturb: false,
    keyAtMs: 0,
    typingToldMs: 0,
    settings,
    bindings,
  };
}

/** Where the current room is read; null: at its end. */
export function anchorOf({ chat, anchors }: ScreenModel): Anchor | null {
  return chat.current === null ? null : (anchors.get(chat.current) ?? null);
}

export function roomShown({ chat }: ScreenModel): RoomModel | null {
  return currentRoom(chat);
}
