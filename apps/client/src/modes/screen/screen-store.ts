// Between the screen's model and what is kept of it on disk: what of it changed goes there in the turn
// in which it changed; what was there at the start goes into the model.

import {
  type Model,
  type NotifyLevel,
  numbersFor,
  type Pending,
  type RoomModel,
  withChanged,
} from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import { editorOf, emptyHistory } from "@maru/tui/editor";
import type { Draft, ScreenModel } from "../../screen/model/screen-model.ts";
import type { Store } from "../../store/store.ts";
import type { Stored, Draft as StoredDraft, StoredRooms } from "../../store/stored.ts";

/** The model with what an earlier run left: drafts, history, levels, whom one ignores. */
export function withStored(model: ScreenModel, stored: Stored): ScreenModel {
  const { levels, ignored, ignoredAs, doNotDisturb, numbers } = stored.rooms;
  const current = model.chat.current;
  const drafts = new Map(
    [...stored.drafts].map(([room, draft]): [NameKey, Draft] => [room, draftOf(draft)]),
  );
  const draft = current === null ? undefined : drafts.get(current);
  if (current !== null) drafts.delete(current);
  return {
    ...model,
    chat: { ...withEpochs(model.chat, stored.drafts), ignored: new Set(ignored), ignoredAs },
    drafts,
    editor: draft === undefined ? model.editor : editorOf(draft.text, draft.caret),
    compose: draft?.compose ?? model.compose,
    history: emptyHistory(stored.history),
    numbers: numbersFor(model.chat, numbers),
    levels: new Map([...model.levels, ...levels]),
    doNotDisturb,
  };
}

function draftOf({ text, caret, compose }: StoredDraft): Draft {
  if (compose === undefined) return { text, caret, compose: { kind: "say" } };
  return { text, caret, compose: { kind: compose.kind, seq: compose.seq } };
}

/** The log that a draft's seq is of: a join that finds another one makes it an ordinary line. */
function withEpochs(chat: Model, drafts: Stored["drafts"]): Model {
  let next = chat;
  for (const [key, { compose }] of drafts) {
    const room = next.rooms.get(key);
    const epoch = compose?.epoch ?? null;
    if (room !== undefined && epoch !== null) next = withChanged(next, room, { epoch });
  }
  return next;
}

/** Messages of an earlier run that are not in the log yet; `ids` gives each its own. */
export function pendingOf(
  stored: Stored,
  nextId: () => number,
): { pending: Pending; cid: string }[] {
  const waiting = stored.outbox.map((unsent) => ({ unsent, problem: null, sinceMs: 0 }));
  const failed = stored.failed.map(({ unsent, reason, atMs }) => ({
    unsent,
    problem: reason,
    sinceMs: atMs,
  }));
  return [...failed, ...waiting].flatMap(({ unsent, problem, sinceMs }) => {
    if (unsent.type !== "send") return [];
    const { room, text, action, replyTo = null, cid } = unsent;
    const isAction = action === true;
    const said = { room, key: roomKey(room), text, isAction, replyTo, sinceMs, problem };
    return [{ pending: { id: nextId(), ...said }, cid }];
  });
}

/** Writes what is different in `after`. The outbox is written where things are sent. */
export function storeChanges(
  store: Store,
  before: ScreenModel,
  after: ScreenModel,
  configured: ReadonlyMap<NameKey, NotifyLevel>,
): void {
  for (const line of linesAdded(before, after)) store.remember(line);
  storeDrafts(store, before, after);
  if (movesOf(before) !== movesOf(after)) storeMovedDrafts(store, before, after);
  if (isOtherRooms(before, after)) store.saveRooms(storedRooms(after, configured));
}

/** What came into the input history; the oldest of it may have gone at the other end. */
function linesAdded(before: ScreenModel, after: ScreenModel): readonly string[] {
  const [known, now] = [before.history.entries, after.history.entries];
  if (known === now) return [];
  const last = known.at(-1);
  return now.slice(last === undefined ? 0 : now.lastIndexOf(last) + 1);
}

/** The room that the line belongs to, also when one was put out of it and is in none. */
const placeOf = ({ chat, lineOf }: ScreenModel): NameKey | null => chat.current ?? lineOf;

function storeDrafts(store: Store, before: ScreenModel, after: ScreenModel): void {
  const [left, place] = [placeOf(before), placeOf(after)];
  const save = (room: NameKey, draft: StoredDraft | null) =>
    store.saveDraft(draftKey(after, room), draft);
  if (after.drafts !== before.drafts) {
    for (const [room, draft] of after.drafts) {
      if (before.drafts.get(room) !== draft) save(room, storedDraft(after.chat, room, draft));
    }
    for (const room of before.drafts.keys()) {
      if (!after.drafts.has(room) && room !== place) save(room, null);
    }
  }
  // What was typed there was a command: it is done, and stands nowhere any more.
  if (left !== null && left !== place && !after.drafts.has(left)) save(left, null);
  const isSame =
    before.editor === after.editor && before.compose === after.compose && left === place;
  if (place === null || isSame) return;
  save(place, typedOf(after, place));
}

/** What was typed in a conversation before it moved, or came back, stands under another key now. */
function storeMovedDrafts(store: Store, before: ScreenModel, after: ScreenModel): void {
  const [were, are] = [draftsOf(before), draftsOf(after)];
  for (const [room, draft] of are) store.saveDraft(room, draft);
  for (const room of were.keys()) if (!are.has(room)) store.saveDraft(room, null);
}

/** Where conversations go on: changes seldom. */
function movesOf({ chat }: ScreenModel): string {
  const moved = [...chat.rooms].filter(([, room]) => room.moved !== null);
  return moved.map(([key, room]) => `${key} ${room.moved?.room}`).join("\n");
}

/** What is typed in a conversation that goes on elsewhere is for that one. */
function draftKey(model: ScreenModel, room: NameKey): NameKey {
  const { chat, drafts } = model;
  const moved = chat.rooms.get(room)?.moved ?? null;
  if (moved === null) return room;
  const key = roomKey(moved.room);
  return drafts.has(key) || placeOf(model) === key ? room : key;
}

/** What is being typed in `room`, as it is kept; null: nothing. */
function typedOf({ chat, editor, compose }: ScreenModel, room: NameKey): StoredDraft | null {
  const { text, caret } = editor;
  return text === "" ? null : storedDraft(chat, room, { text, caret, compose });
}

function storedDraft(chat: Model, room: NameKey, { text, caret, compose }: Draft): StoredDraft {
  if (compose.kind === "say") return { text, caret };
  const epoch = chat.rooms.get(room)?.epoch ?? null;
  return { text, caret, compose: { kind: compose.kind, seq: compose.seq, epoch } };
}

function isOtherRooms(before: ScreenModel, after: ScreenModel): boolean {
  return (
    before.chat.current !== after.chat.current ||
    before.chat.ignored !== after.chat.ignored ||
    before.chat.ignoredAs !== after.chat.ignoredAs ||
    before.levels !== after.levels ||
    before.numbers !== after.numbers ||
    before.doNotDisturb !== after.doNotDisturb ||
    (before.chat.rooms !== after.chat.rooms && namesOf(before) !== namesOf(after))
  );
}

const namesOf = ({ chat }: ScreenModel): string =>
  [...chat.rooms.values()].map(nameToStore).join("\n");

/** Everything that is being typed, by room key. */
export function draftsOf(model: ScreenModel): ReadonlyMap<NameKey, StoredDraft> {
  const { chat, drafts } = model;
  const all = new Map<NameKey, StoredDraft>();
  for (const [room, draft] of drafts)
    all.set(draftKey(model, room), storedDraft(chat, room, draft));
  const place = placeOf(model);
  const typed = place === null ? null : typedOf(model, place);
  if (place !== null && typed !== null) all.set(draftKey(model, place), typed);
  return all;
}

/** A conversation that goes on elsewhere is none to begin with: the next run has what it became. */
const nameToStore = ({ name, moved }: RoomModel): string => moved?.room ?? name;

/** What commands have set; what the settings say of a room's level is theirs to change. */
export function storedRooms(
  { chat, numbers, levels: all, doNotDisturb }: ScreenModel,
  configured: ReadonlyMap<NameKey, NotifyLevel>,
): StoredRooms {
  const levels = new Map([...all].filter(([room, level]) => configured.get(room) !== level));
  const rooms = [...new Set([...chat.rooms.values()].map(nameToStore))];
  const shown = chat.current === null ? undefined : chat.rooms.get(chat.current);
  const current = shown === undefined ? null : nameToStore(shown);
  const { ignored, ignoredAs } = chat;
  return { rooms, current, numbers, levels, ignored: [...ignored], ignoredAs, doNotDisturb };
}
