// Keys while something lies over the conversation: it takes them all. Pure.

import { reactionOf } from "@maru/chat-model/command";
import { type Choice, choicesOf, olderChoice } from "@maru/chat-model/list";
import { currentRoom, messageOf } from "@maru/chat-model/model";
import { parseDate } from "@maru/chat-model/time";
import { roomKey } from "@maru/sdk/chat";
import { emptyEditor, insert, joinLines, motionOf } from "@maru/tui/editor";
import { joinChord } from "@maru/tui/widget";
import { overlayScroll } from "../../layout/overlay/overlay-view.ts";
import type { ActionName } from "../keys/actions.ts";
import type { List, Overlay, ScreenModel } from "../model/screen-model.ts";
import { chain, type ScreenStep, stay } from "../model/screen-step.ts";
import { updateChat } from "./chat-update.ts";
import { completeAsk } from "./completing.ts";
import { openRoom } from "./opening.ts";
import { jumpTo } from "./page-wish.ts";
import { insertPaste } from "./paste-update.ts";
import { drop, retry } from "./pending.ts";
import { chooseAt, pageRows } from "./reading.ts";
import { sendInParts } from "./sending.ts";
import { showToast } from "./toast.ts";
import { searchAgain } from "./ui-acts.ts";

export interface OverlayKey {
  readonly chord: string;
  readonly text: string;
  /** What the chord is bound to. */
  readonly action: ActionName | null;
}

type Ask = Extract<Overlay, { kind: "ask" }>;
type Paste = Extract<Overlay, { kind: "paste" }>;
type Text = Extract<Overlay, { kind: "text" | "keys" }>;

export function updateOverlay(model: ScreenModel, overlay: Overlay, key: OverlayKey): ScreenStep {
  if (key.chord === "escape" || key.chord === "ctrl-c" || key.action === "escape") {
    return stay(close(model));
  }
  switch (overlay.kind) {
    case "text":
    case "keys":
      return updateText(model, overlay, key);
    case "list":
      return updateList(model, overlay, key);
    case "ask":
      return updateAsk(model, overlay, key);
    case "parts":
      return key.chord === "enter" ? sendInParts(close(model), overlay) : tellUntaken(model, key);
    case "paste":
      return updatePaste(model, overlay, key);
  }
}

/** What is typed where nothing can be typed is told to go nowhere. */
function tellUntaken(model: ScreenModel, { text, action }: OverlayKey): ScreenStep {
  if (text === "" || action !== null) return stay(model);
  return stay(
    showToast(model, "what you type goes nowhere: Esc closes what is open", true, "overlay"),
  );
}

const close = (model: ScreenModel): ScreenModel => ({ ...model, overlay: null });

function updateText(model: ScreenModel, overlay: Text, key: OverlayKey): ScreenStep {
  const { chord, action } = key;
  const { page = 1 } = overlayScroll(model) ?? {};
  const steps: Readonly<Record<string, number>> = {
    up: -1,
    down: 1,
    pageup: -page,
    pagedown: page,
    space: page,
    home: Number.NEGATIVE_INFINITY,
    end: Number.POSITIVE_INFINITY,
  };
  if (chord === "q" || chord === "enter" || action === "help") return stay(close(model));
  const step = steps[chord];
  return step === undefined ? tellUntaken(model, key) : stay(scrollText(model, overlay, step));
}

/** Never further than there is something to be seen. */
export function scrollText(model: ScreenModel, overlay: Text, rows: number): ScreenModel {
  const { topMax = 0 } = overlayScroll(model) ?? {};
  const top = Math.max(0, Math.min(Math.min(overlay.top, topMax) + rows, topMax));
  return { ...model, overlay: { ...overlay, top } };
}

function updateList(model: ScreenModel, list: List, key: OverlayKey): ScreenStep {
  const { chord, text, action } = key;
  const choices = choicesOf(list);
  const page = Math.max(1, pageRows(model) - 4);
  const steps: Readonly<Record<string, number>> = {
    up: -1,
    down: 1,
    "ctrl-p": -1,
    "ctrl-n": 1,
    tab: 1,
    "shift-tab": -1,
    pageup: -page,
    pagedown: page,
  };
  const step = steps[chord];
  if (step !== undefined) {
    const isAtOlder = choices[list.index] === olderChoice;
    if (step > 0 && chord !== "tab" && isAtOlder) return olderAsked(model, list);
    const last = Math.max(0, choices.length - 1);
    const index = Math.min(last, Math.max(0, list.index + step));
    return stay({ ...model, overlay: { ...list, index } });
  }
  if (chord === "enter") {
    const choice = choices[list.index];
    return choice === undefined ? stay(close(model)) : choose(model, list, choice);
  }
  if (list.purpose === "failed" && action === "drop-failed") {
    const choice = choices[list.index];
    return choice === undefined ? stay(model) : drop(close(model), choice.id);
  }
  const filter = edited(list.filter, action, text);
  const index = filter.text === list.filter.text ? list.index : 0;
  return stay({ ...model, overlay: { ...list, filter, index } });
}

/** Goes where a line of a list leads. */
export function choose(model: ScreenModel, list: List, choice: Choice): ScreenStep {
  if (choice === olderChoice) return olderAsked(model, list);
  const { purpose } = list;
  const next = close(model);
  if (purpose === "failed") return retry(next, choice.id);
  const key = roomKey(choice.room);
  const there = next.chat.rooms.has(key)
    ? stay(openRoom(next, key))
    : updateChat(next, { type: "typed", line: `/join ${choice.room}` });
  return chain(there, (after) => {
    const isThere = after.chat.current === key;
    return stay(choice.seq === null || !isThere ? after : toMessage(after, choice.seq));
  });
}

function olderAsked(model: ScreenModel, list: List): ScreenStep {
  if (list.isWaiting || !list.older) return stay(model);
  return stay({ ...model, overlay: { ...list, isWaiting: true } }, list.older);
}

/** The message in sight and chosen; fetched if it is not held. */
function toMessage(model: ScreenModel, seq: number): ScreenModel {
  const room = currentRoom(model.chat);
  if (room === null) return model;
  const next = { ...model, jump: null };
  if (messageOf(room.timeline, seq) !== null) return chooseAt(next, room, seq);
  return jumpTo(next, room, { part: "around", seq });
}

const edited = (editor: Ask["editor"], action: ActionName | null, text: string) => {
  const motion = motionOf(action);
  if (motion !== null) return motion(editor);
  return text === "" ? editor : insert(editor, text);
};

function updateAsk(model: ScreenModel, ask: Ask, { chord, text, action }: OverlayKey): ScreenStep {
  if (action === "complete") return completeAsk(model, ask, 1);
  if (action === "complete-back") return completeAsk(model, ask, -1);
  if (chord !== "enter") {
    const editor = edited(ask.editor, action, text);
    return stay({ ...model, overlay: { ...ask, editor, completion: null, problem: null } });
  }
  const answer = ask.editor.text.trim();
  if (answer === "") return ask.purpose === "find" ? searchAgain(close(model)) : stay(close(model));
  switch (ask.purpose) {
    case "find":
      return updateChat(close(model), { type: "typed", line: `/search ${answer}` });
    case "date":
      return toDate(model, ask, answer);
    case "react":
      return react(model, ask, answer);
  }
}

const refused = (model: ScreenModel, ask: Ask, problem: string): ScreenStep =>
  stay({ ...model, overlay: { ...ask, problem } });

function toDate(model: ScreenModel, ask: Ask, answer: string): ScreenStep {
  const atMs = parseDate(answer, model.chat.nowMs);
  if (atMs === null)
    return refused(model, ask, "no date: try 11-23, monday, yesterday, 14:30 or 3d");
  const room = currentRoom(model.chat);
  return stay(room === null ? close(model) : jumpTo(close(model), room, { part: "at", atMs }));
}

function react(model: ScreenModel, ask: Ask, answer: string): ScreenStep {
  const emoji = reactionOf(answer);
  if (emoji === null) {
    return refused(model, ask, "one emoji, or its name: 👍, thumbsup, +1");
  }
  const room = currentRoom(model.chat);
  if (room === null || model.selected === null) return stay(close(model));
  const { name: place } = room;
  const effect = {
    type: "react",
    room: place,
    target: model.selected,
    emoji,
    remove: false,
  } as const;
  return stay({ ...close(model), selected: null }, effect);
}

function updatePaste(model: ScreenModel, paste: Paste, key: OverlayKey): ScreenStep {
  const { chord, action } = key;
  if (chord === "enter" || action === "paste-confirm") return insertPaste(model, paste.text);
  return chord === joinChord ? insertPaste(model, joinLines(paste.text)) : tellUntaken(model, key);
}

/** A question on top, with nothing answered yet. */
export function ask(model: ScreenModel, purpose: Ask["purpose"]): ScreenStep {
  const overlay: Ask = {
    kind: "ask",
    purpose,
    editor: emptyEditor,
    completion: null,
    problem: null,
  };
  return stay({ ...model, overlay });
}
