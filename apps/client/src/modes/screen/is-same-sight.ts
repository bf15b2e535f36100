// Whether two models of the full screen look alike, so that nothing need be drawn. Compares what they
// hold by identity, which is plain immutable data; knows nothing of how it is drawn.

import type { ScreenModel } from "../../screen/model/screen-model.ts";

/** Time alone changes nothing but the seconds until the next try to connect. */
export function isSameSight(before: ScreenModel, after: ScreenModel): boolean {
  if (after.chat.state.phase === "waiting") return false;
  return isSame(before, after, "chat") && isSame(before.chat, after.chat, "nowMs");
}

function isSame<T extends object>(before: T, after: T, but: keyof T): boolean {
  const keys = Object.keys(after) as (keyof T)[];
  return keys.every((key) => key === but || before[key] === after[key]);
}
