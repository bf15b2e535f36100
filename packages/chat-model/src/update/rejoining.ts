// Which rooms are still to be joined again, after a connection was lost. Pure.

import type { NameKey } from "@maru/protocol/chat";
import type { Paging } from "./paging.ts";

/** How many there were says how far it is. */
interface Rejoining extends Paging {
  readonly joiningOf: number;
}

/** A page that is on its way stays so: it is asked for again on the next connection. */
export function rejoin<Holder extends Rejoining>(model: Holder): Holder {
  // No person enters a conversation of a nick that one gave up.
  const entered = [...model.chat.rooms].filter(
    ([, { memberCount, moved }]) => memberCount !== null && moved?.isOwn !== true,
  );
  const joining = new Set(entered.map(([key]) => key));
  return { ...model, joining, joiningOf: joining.size, stuck: new Set() };
}

/** After the room of this key was joined, or left; null: there is no connection. */
export function withoutJoining<Holder extends Paging>(model: Holder, key: NameKey | null): Holder {
  if (model.joining.size === 0 || (key !== null && !model.joining.has(key))) return model;
  const joining = new Set(key === null ? [] : model.joining);
  if (key !== null) joining.delete(key);
  return { ...model, joining };
}
