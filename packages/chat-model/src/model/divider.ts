// Where it is new in a room. Pure.

import { roomKey } from "@maru/sdk/chat";
import { isIgnored } from "./ignoring.ts";
import type { Model } from "./model.ts";
import type { RoomModel } from "./room-model.ts";
import { firstSeq } from "./timeline.ts";

/** Key of the first message of others behind the divider; null also where that is not held. */
export function firstUnreadKey(model: Model, { timeline, divider }: RoomModel): number | null {
  if (divider === null) return null;
  if (timeline.hasOlder && firstSeq(timeline) > divider + 1) return null;
  for (const chunk of timeline.chunks) {
    if ((chunk.findLast(({ key }) => key > 0)?.key ?? 0) <= divider) continue;
    const first = chunk.find(
      (item) =>
        item.kind === "message" &&
        item.key > divider &&
        roomKey(item.message.from) !== model.meKey &&
        !isIgnored(model, item.message.from),
    );
    if (first !== undefined) return first.key;
  }
  return null;
}
