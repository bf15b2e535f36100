// Everything that a key can do: name, what it does, where help lists it, and its default chords.
// Only the table; what an action does to the screen is decided in screen/, and bound in bindings.ts.

import { typingActions } from "@maru/tui/editor";
import type { ActionSpec } from "@maru/tui/key";

export const actionGroups = [
  "Sending",
  "Typing",
  "Rooms",
  "Reading",
  "A message",
  "Screen",
] as const;
export type ActionGroup = (typeof actionGroups)[number];

interface GroupedAction extends ActionSpec {
  readonly group: ActionGroup;
}

const action = <const Name extends string>(
  group: ActionGroup,
  name: Name,
  about: string,
  ...chords: string[]
) => ({ name, about, group, chords });

const roomActions = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((number) =>
  action("Rooms", `room-${number}` as const, `go to room ${number} of the list`, `alt-${number}`),
);

export const actions = [
  action("Sending", "send", "send what is typed", "enter"),
  action("Sending", "newline", "begin a new line", "alt-enter", "ctrl-j"),
  action("Sending", "complete", "complete a nick, room, command or emoji; the next one", "tab"),
  action("Sending", "complete-back", "the completion before", "shift-tab"),
  action("Sending", "history-older", "what you typed before", "ctrl-p", "ctrl-up"),
  action("Sending", "history-newer", "what you typed after that", "ctrl-n", "ctrl-down"),
  action("Sending", "history-search", "search what you typed before", "ctrl-r"),
  action("Sending", "edit-externally", "write in your own editor ($VISUAL, $EDITOR)", "alt-e"),
  action("Sending", "paste-confirm", "put in the large paste that waits", "alt-v"),
  action("Sending", "retry-failed", "send again what could not be sent", "alt-r"),
  action("Sending", "drop-failed", "forget what could not be sent", "alt-shift-r"),

  ...typingActions.map(
    ({ name, about, chords }) => ({ group: "Typing", name, about, chords }) as const,
  ),

  action("Rooms", "next-activity", "the next room with something new, mentions first", "alt-a"),
  ...roomActions,
  action("Rooms", "previous-room", "the room above in the list", "alt-left", "alt-up"),
  action("Rooms", "next-room", "the room below in the list", "alt-right", "alt-down"),
  action("Rooms", "last-room", "back to the room you came from", "alt-/"),
  action("Rooms", "switch-room", "go to a room by a part of its name", "ctrl-g"),
  action("Rooms", "mark-read", "mark the room as read", "alt-m"),
  action("Rooms", "mark-unread", "mark it as unread, from the selected message on", "alt-shift-m"),

  action("Reading", "page-up", "a page up", "pageup"),
  action("Reading", "page-down", "a page down", "pagedown"),
  action("Reading", "scroll-up", "a row up", "shift-up"),
  action("Reading", "scroll-down", "a row down", "shift-down"),
  action("Reading", "top", "the oldest message that is here", "alt-home", "ctrl-home"),
  action("Reading", "bottom", "the newest message", "alt-end", "ctrl-end"),
  action("Reading", "jump-unread", "the first unread message", "alt-u"),
  action("Reading", "jump-date", "a day or a time", "alt-j"),
  action("Reading", "find", "search the messages of the room", "ctrl-f"),

  action("A message", "select-older", "select a message: the one before", "alt-p"),
  action("A message", "select-newer", "select the one after", "alt-n"),
  action("A message", "reply-selected", "reply to it", "alt-q"),
  action("A message", "react-selected", "react to it with an emoji", "alt-t"),
  action("A message", "edit-selected", "edit it, if it is yours", "alt-c"),
  action("A message", "redact-selected", "take it back, if it is yours", "alt-x"),
  action("A message", "copy-selected", "copy its text", "alt-w"),

  action("Screen", "help", "all keys and commands", "f1"),
  action("Screen", "escape", "close what is open; back to the newest message", "escape"),
  action("Screen", "interrupt", "clear the line; on an empty one, offer to leave", "ctrl-c"),
  action("Screen", "quit-if-empty", "leave, when nothing is typed", "ctrl-d"),
  action("Screen", "toggle-rooms", "show or hide the rooms", "f7"),
  action("Screen", "toggle-members", "show or hide the members", "f8"),
  action("Screen", "bare-view", "nothing but text, for copying with the mouse", "alt-l"),
  action("Screen", "redraw", "draw the screen anew", "ctrl-l"),
  action("Screen", "suspend", "back to the shell for a while (fg returns)", "ctrl-z"),
] as const satisfies readonly GroupedAction[];

export type ActionName = (typeof actions)[number]["name"];

export const actionNames: readonly ActionName[] = actions.map(({ name }) => name);

const names: ReadonlySet<string> = new Set(actionNames);

export function isActionName(name: string): name is ActionName {
  return names.has(name);
}
