// What the full screen begins with: the settings, the rooms, and what an earlier run left. Pure but
// for what the client says of itself; draws nothing and asks the server nothing.

import type { NotifyLevel } from "@maru/chat-model/model";
import { createModel, type Pending, withCurrent, withRoom } from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import { type ChatClient, roomKey } from "@maru/sdk/chat";
import type { ScreenRun } from "../../cli/programs.ts";
import { bindingsOf } from "../../screen/keys/bindings.ts";
import { createScreenModel, type ScreenModel } from "../../screen/model/screen-model.ts";
import { screenSettingsOf } from "../../settings/screen-settings-of.ts";
import type { Store } from "../../store/store.ts";
import { pendingOf, withStored } from "./screen-store.ts";

/** Until the terminal has said how large it is. */
const sizeAtFirst = { width: 80, height: 24 };

export function startModel(
  run: ScreenRun,
  client: Pick<ChatClient, "me" | "state">,
  { stored }: Pick<Store, "stored">,
): ScreenModel {
  const settings = screenSettingsOf(run.config);
  const { bindings } = bindingsOf(run.config.keys, run.config.enter);
  const wanted = roomsWanted(run, stored.rooms.rooms);
  const first = run.isRoomGiven ? run.target.room : (stored.rooms.current ?? wanted[0]);
  let chat = createModel(client.me, client.state);
  for (const name of wanted) chat = withRoom(chat, name);
  chat = withCurrent({ ...chat, nowMs: Date.now() }, roomKey(first ?? run.target.room));
  const model = createScreenModel(chat, { size: sizeAtFirst, settings, bindings });
  return withStored({ ...model, levels: configuredLevels(run) }, stored);
}

/**
 * The rooms of the command line or the settings, then those that were open the last time. The usual
 * room, which was not asked for, is for a person who has none: it may have been left.
 */
function roomsWanted({ config, target, hasRooms }: ScreenRun, stored: readonly string[]): string[] {
  if (!hasRooms && stored.length > 0) return [...stored];
  return [...config.rooms, target.room, ...stored];
}

/** Levels of rooms as the settings have them, by room key. */
export function configuredLevels({ config }: ScreenRun): ReadonlyMap<NameKey, NotifyLevel> {
  const levels = Object.entries(config.notify.rooms);
  return new Map(levels.map(([room, level]) => [roomKey(room), level] as const));
}

/** What is pending from an earlier run, under ids of its own, and the cids of those. */
export function restored({ stored }: Pick<Store, "stored">, { saidCount }: ScreenModel) {
  let id = saidCount;
  const found = pendingOf(stored, () => {
    id += 1;
    return id;
  });
  const cids = new Map(found.map(({ pending, cid }) => [pending.id, cid]));
  const pending: Pending[] = found.map((each) => each.pending);
  return { pending, cids };
}
