// Between the screen's model and what is kept of it on disk: what of it changed goes there in the turn
// in which it changed; what was there at the start goes into the model.

import { editorOf } from "../editor/editor.ts";
import { emptyHistory } from "../editor/input-history.ts";
import type { Keep } from "../keep/keep.ts";
import type { Kept, Draft as KeptDraft, KeptRooms } from "../keep/kept.ts";
import type { Draft, Pending, ScreenModel } from "../screen/screen-model.ts";

/** The model with what an earlier run left: drafts, history, levels, whom one ignores. */
export function withKept(model: ScreenModel, kept: Kept): ScreenModel {
  const { levels, ignored, doNotDisturb } = kept.rooms;
  const current = model.chat.current;
  const drafts = new Map(
    [...kept.drafts].map(([room, { text, caret }]): [string, Draft] => [
      room,
      { text, caret, compose: { kind: "say" } },
    ]),
  );
  const draft = current === null ? undefined : drafts.get(current);
  if (current !== null) drafts.delete(current);
  return {
    ...model,
    chat: { ...model.chat, ignored: new Set(ignored) },
    drafts,
    editor: draft === undefined ? model.editor : editorOf(draft.text, draft.caret),
    history: emptyHistory(kept.history),
    levels: new Map([...model.levels, ...levels]),
    doNotDisturb,
  };
}

/** Messages of an earlier run that are not in the log yet; `ids` gives each its own. */
export function pendingOf(kept: Kept, nextId: () => number): { pending: Pending; cid: string }[] {
  const waiting = kept.outbox.map((unsent) => ({ unsent, problem: null, sinceMs: 0 }));
  const failed = kept.failed.map(({ unsent, reason, atMs }) => ({
    unsent,
    problem: reason,
    sinceMs: atMs,
  }));
  return [...failed, ...waiting].flatMap(({ unsent, problem, sinceMs }) => {
    if (unsent.type !== "send") return [];
    const { room, text, action, replyTo = null, cid } = unsent;
    const isAction = action === true;
    return [{ pending: { id: nextId(), room, text, isAction, replyTo, sinceMs, problem }, cid }];
  });
}

/** Writes what is different in `after`. The outbox is written where things are sent. */
export function keepChanges(keep: Keep, before: ScreenModel, after: ScreenModel): void {
  for (const line of linesAdded(before, after)) keep.remember(line);
  keepDrafts(keep, before, after);
  const rooms = keptRooms(after);
  if (isOtherRooms(before, after)) keep.saveRooms(rooms);
}

/** What came into the input history; the oldest of it may have gone at the other end. */
function linesAdded(before: ScreenModel, after: ScreenModel): readonly string[] {
  const [known, now] = [before.history.entries, after.history.entries];
  if (known === now) return [];
  const last = known.at(-1);
  return now.slice(last === undefined ? 0 : now.lastIndexOf(last) + 1);
}

function keepDrafts(keep: Keep, before: ScreenModel, after: ScreenModel): void {
  if (after.drafts !== before.drafts) {
    for (const [room, draft] of after.drafts) {
      if (before.drafts.get(room) !== draft) keep.saveDraft(room, draft);
    }
    for (const room of before.drafts.keys()) {
      if (!after.drafts.has(room) && room !== after.chat.current) keep.saveDraft(room, null);
    }
  }
  const { current } = after.chat;
  const isSame = before.editor === after.editor && before.chat.current === current;
  if (current === null || isSame) return;
  const { text, caret } = after.editor;
  keep.saveDraft(current, text === "" ? null : { text, caret });
}

function isOtherRooms(before: ScreenModel, after: ScreenModel): boolean {
  return (
    before.chat.current !== after.chat.current ||
    before.chat.ignored !== after.chat.ignored ||
    before.levels !== after.levels ||
    before.doNotDisturb !== after.doNotDisturb ||
    (before.chat.rooms !== after.chat.rooms && namesOf(before) !== namesOf(after))
  );
}

const namesOf = ({ chat }: ScreenModel): string => [...chat.rooms.keys()].join("\n");

/** Everything that is being typed, by room key. */
export function draftsOf({ chat, drafts, editor }: ScreenModel): ReadonlyMap<string, KeptDraft> {
  const all = new Map<string, KeptDraft>(drafts);
  const { text, caret } = editor;
  if (chat.current !== null && text !== "") all.set(chat.current, { text, caret });
  return all;
}

export function keptRooms({ chat, levels, doNotDisturb }: ScreenModel): KeptRooms {
  const rooms = [...chat.rooms.values()].map(({ name }) => name);
  const current = chat.current === null ? null : (chat.rooms.get(chat.current)?.name ?? null);
  return { rooms, current, levels, ignored: [...chat.ignored], doNotDisturb };
}
