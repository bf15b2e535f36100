// A keep that keeps nothing: where there is no directory for state.

import type { Keep } from "./keep.ts";
import { noRooms } from "./kept.ts";

const nothing = (): void => {};

export const noKeep: Keep = {
  kept: { drafts: new Map(), history: [], outbox: [], failed: [], rooms: noRooms },
  isOwner: false,
  saveDraft: nothing,
  remember: nothing,
  outbox: { put: nothing, settle: nothing, fail: nothing },
  saveRooms: nothing,
  flush: nothing,
  close: nothing,
};
