// Who is in a room too large for the server to tell their names: asked by how the nick begins that is to
// be completed, and remembered for a while. Keys never wait for it: the answer goes on with the
// completion that asked, if nothing else was typed meanwhile. Pure.

import {
  isMissing,
  type LookedUp,
  lookupsOf,
  type NotLookedUp,
  prefixToAsk,
  sourcesOf,
  withLookup,
} from "@maru/chat-model/completion";
import { currentRoom } from "@maru/chat-model/model";
import { roomKey } from "@maru/sdk/chat";
import type { Editor } from "@maru/tui/editor";
import { beginCompletion, completionAt, nickPrefixAt } from "@maru/tui/editor";
import type { ScreenModel } from "../model/screen-model.ts";
import { type ScreenStep, stay } from "../model/screen-step.ts";
import { showToast } from "./toast.ts";

/** Asks for the nicks that begin like the word before the caret of `before`, if they are not known. */
export function lookFor(before: Editor, step: 1 | -1, model: ScreenModel): ScreenStep {
  const room = currentRoom(model.chat);
  const { words, isEmojiOnly = false } = sourcesOf(model, before.text);
  const isNick = words === undefined && !isEmojiOnly;
  const typed = isNick ? nickPrefixAt(before.text, before.caret) : null;
  const prefix = room === null || typed === null ? null : prefixToAsk(model, room, typed);
  if (room === null || prefix === null) return stay(model);
  const { key } = room;
  const { awaited } = model;
  const isAsked = awaited?.room === key && awaited.prefix === prefix;
  const next = { ...model, awaited: { room: key, prefix, step, before, after: model.editor } };
  return isAsked ? stay(next) : stay(next, { type: "look-up", room: room.name, prefix });
}

export function takeLookup(model: ScreenModel, answer: LookedUp): ScreenStep {
  const { room, prefix } = answer;
  const key = roomKey(room);
  const known = { ...model, lookups: withLookup(model, answer) };
  const { awaited } = model;
  if (awaited?.room !== key || awaited.prefix !== prefix) return stay(known);
  const next = { ...known, awaited: null };
  const isSame = next.chat.current === key && next.editor === awaited.after;
  return stay(isSame && next.overlay === null ? continueCompletion(next, awaited) : next);
}

/**
 * The completion with who was found besides. What it shows already stays, but for the nick of a person
 * who turns out not to be here.
 */
function continueCompletion(
  model: ScreenModel,
  asked: NonNullable<ScreenModel["awaited"]>,
): ScreenModel {
  const { before, step } = asked;
  const { completion } = model;
  const sources = sourcesOf(model, model.editor.text);
  const shown = completion?.candidates[completion.index] ?? "";
  if (completion === null || isGone(model, shown, sources.nicks)) {
    const begun = beginCompletion(before, sources, step);
    return begun === null ? model : { ...model, ...begun };
  }
  const found = completionAt(before.text, before.caret, sources);
  const index = found?.candidates.indexOf(shown) ?? -1;
  if (found === null || index < 0) return model;
  return { ...model, completion: { ...completion, candidates: found.candidates, index } };
}

/** Whether a candidate is the nick of a person whom the server did not name with all that begin so. */
function isGone(model: ScreenModel, candidate: string, nicks: readonly string[]): boolean {
  const nick = candidate.replace(/^@/, "").replace(/:? ?$/, "");
  return nicks.includes(nick) && isMissing(nick, lookupsOf(model, model.chat.current));
}

export function takeLookupFailure(
  model: ScreenModel,
  { room, prefix, message }: NotLookedUp,
): ScreenStep {
  const { awaited } = model;
  if (awaited?.room !== roomKey(room) || awaited.prefix !== prefix) return stay(model);
  return stay(
    showToast({ ...model, awaited: null }, `who is here can't be told: ${message}`, true, "room"),
  );
}
