// A store that holds nothing: where there is no directory for state.

import type { Store } from "./store.ts";
import { noRooms } from "./stored.ts";

const nothing = (): void => {};

export const noStore: Store = {
  stored: { drafts: new Map(), history: [], outbox: [], failed: [], rooms: noRooms },
  isOwner: false,
  saveDraft: nothing,
  remember: nothing,
  outbox: { put: nothing, settle: nothing, fail: nothing },
  saveRooms: nothing,
  flush: nothing,
  close: nothing,
};
