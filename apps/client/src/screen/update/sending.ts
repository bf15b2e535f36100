// From what is typed to what is said: Enter, and the person's own editor.
// Owns what happens to the text that was sent: remembered, and no longer in the line. Pure.

import { isCommand } from "@maru/chat-model/command";
import { partsOf } from "@maru/chat-model/line";
import {
  currentRoom,
  type Effect,
  takenText,
  withChanged,
  withSends,
  withTakenTold,
} from "@maru/chat-model/model";
import { type NameKey, textBytesMax } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { remember, withText } from "@maru/tui/editor";
import type { Compose, Overlay, ScreenModel } from "../model/screen-model.ts";
import { chain, type ScreenInput, type ScreenStep, stay } from "../model/screen-step.ts";
import { updateChat } from "./chat-update.ts";
import { goOn } from "./go-on.ts";
import { withNothingTyped } from "./opening.ts";
import { atEnd } from "./reading.ts";
import { showToast } from "./toast.ts";

/** Does what Enter is for: says, answers, edits, or runs a command. */
export function sendTyped(model: ScreenModel): ScreenStep {
  const { editor, compose } = model;
  const text = editor.text;
  const moved = currentRoom(model.chat)?.moved ?? null;
  if (moved !== null && !isCommand(text)) return goOn(model, moved);
  if (text.trim() === "") return stay(withNothingTyped(model));
  const told = isCommand(text) ? null : tellOfTaken(model);
  if (told !== null) return stay(told);
  if (isBareCommand(model)) return stay(tellOfSlash(model));
  if (model.chat.current === null && !isCommand(text)) {
    return stay(showToast(model, "you are in no room: /join ROOM", true, "room"));
  }
  const history = remember(model.history, text);
  const next = { ...withNothingTyped(model), history, typingToldMs: 0 };
  const step = compose.kind === "say" ? said(next, text) : answer(next, compose, text);
  if (step === null) return stay(showToast(model, "you are in no room: /join ROOM", true, "room"));
  const bytes = longest(step);
  if (bytes > textBytesMax) return tooLong(model, step, bytes);
  return isSaidHere(step) ? chain(step, markSeen) : step;
}

/** Words that are meant for the client rather than for the room, where they stand alone. */
const bareCommands: ReadonlySet<string> = new Set(["help", "quit", "exit"]);

/** Once a run: the person who means to say it presses Enter again. */
const isBareCommand = ({ editor, compose, wasToldOfSlash }: ScreenModel): boolean =>
  !wasToldOfSlash && compose.kind === "say" && bareCommands.has(editor.text.trim().toLowerCase());

function tellOfSlash(model: ScreenModel): ScreenModel {
  const name = model.editor.text.trim().toLowerCase() === "help" ? "help" : "quit";
  const text = `as a command: /${name}; Enter again says it to the room`;
  return showToast({ ...model, wasToldOfSlash: true }, text, false, "line");
}

/** Null: as far as is known, the one with the nick is who one talked with. */
function tellOfTaken(model: ScreenModel): ScreenModel | null {
  const room = currentRoom(model.chat);
  const taken = room === null ? null : takenText(model.chat, room);
  if (room === null || taken === null) return null;
  const told = { ...model, chat: withTakenTold(model.chat, room) };
  return showToast(told, `${taken}; Enter again says it to them`, true, "line");
}

const said = (model: ScreenModel, line: string): ScreenStep =>
  updateChat(model, { type: "typed", line });

/** Null: one is in no room. */
function answer(
  model: ScreenModel,
  { kind, seq }: Exclude<Compose, { kind: "say" }>,
  text: string,
): ScreenStep | null {
  const room = currentRoom(model.chat);
  if (room === null) return null;
  const { name } = room;
  if (kind === "edit") return stay(model, { type: "edit", room: name, target: seq, text });
  const effect: Effect = { type: "send", room: name, text, action: false, replyTo: seq };
  return withSends(model, [effect]);
}

/** Bytes of the longest text that would be sent. */
function longest({ effects }: ScreenStep): number {
  const texts = effects.map((each) =>
    each.type === "send" || each.type === "edit" ? each.text : "",
  );
  return Math.max(0, ...texts.map((text) => Buffer.byteLength(text)));
}

/** What is simply said, or answered, can be sent in parts; the person who wrote it is asked. */
function tooLong(model: ScreenModel, { effects }: ScreenStep, bytes: number): ScreenStep {
  const send = effects.find((each) => each.type === "send");
  const room = send === undefined ? null : roomKey(send.room);
  if (send !== undefined && room !== null && !send.action && isAsTyped(model)) {
    const parts = partsOf(send.text, textBytesMax);
    const asked = { kind: "parts", room, parts, bytes, bytesMax: textBytesMax } as const;
    return stay({ ...model, overlay: asked });
  }
  const most = textBytesMax.toLocaleString("en");
  const much = `${bytes.toLocaleString("en")} bytes are too long: a message holds ${most}`;
  return stay(showToast(model, `${much}; shorten it`, true, "line"));
}

/** No command: what each part would be of is not for the client to guess. */
const isAsTyped = ({ compose, editor }: ScreenModel): boolean =>
  compose.kind === "reply" || (compose.kind === "say" && !isCommand(editor.text));

type Parts = Extract<Overlay, { kind: "parts" }>;

/** What is typed, said in these parts; the first of them is the answer, if it is one. */
export function sendInParts(model: ScreenModel, { room: key, parts }: Parts): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null || room.key !== key || room.moved !== null || room.pair?.taken) {
    return stay(
      showToast(model, "nothing was sent: you are not in that room any more", true, "time"),
    );
  }
  const { name } = room;
  const { compose } = model;
  const sends = parts.map((text, index): Effect => {
    const answers = compose.kind === "reply" && index === 0 ? { replyTo: compose.seq } : {};
    return { type: "send", room: name, text, action: false, ...answers };
  });
  const history = remember(model.history, model.editor.text);
  const next = { ...withNothingTyped(model), history, typingToldMs: 0 };
  return chain(withSends(next, sends), markSeen);
}

const isSaidHere = ({ model, effects }: ScreenStep): boolean =>
  effects.some((each) => each.type === "send" && roomKey(each.room) === model.chat.current);

/** A person who says something has read what is above, and wants to see it said. */
function markSeen(model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  if (room === null) return stay(model);
  const chat = withChanged(model.chat, room, { divider: null });
  return stay(atEnd({ ...model, chat, isKeptUnread: false }));
}

/** What the person's own editor made of the text. */
export function takeEdited(
  model: ScreenModel,
  { key, text: made, problem, file = null }: Extract<ScreenInput, { type: "edited-outside" }>,
): ScreenStep {
  if (problem !== null) return stay(showToast(model, problem, true, "time"));
  if (made === null) return stay(model);
  const text = made.replace(/\n+$/, "");
  const editor = withText({ ...model.editor, refused: 0 }, text);
  const isHere = key === null || key === model.chat.current;
  const next = isHere ? { ...model, editor, completion: null } : withDraft(model, key, editor.text);
  if (editor.refused === 0) return stay(next);
  const where = file === null ? "" : `; all of it is in ${file}`;
  const much = editor.refused.toLocaleString("en");
  return stay(
    showToast(next, `too long for the line: ${much} characters left out${where}`, true, "time"),
  );
}

/** The text of a room that one has been taken out of meanwhile. */
function withDraft(model: ScreenModel, key: NameKey, text: string): ScreenModel {
  const compose = model.drafts.get(key)?.compose ?? { kind: "say" };
  const drafts = new Map(model.drafts);
  if (text === "") drafts.delete(key);
  else drafts.set(key, { text, caret: text.length, compose });
  return { ...model, drafts };
}
