// What the rows of a conversation depend on beside the item itself: the area, the settings, who one
// is, what is new and what is chosen. Made for each frame from the screen's model. Pure.

import {
  firstUnreadKey,
  isIgnored,
  type Quote,
  quoteIn,
  type RoomModel,
  type Timeline,
} from "@maru/chat-model/model";
import type { NameKey } from "@maru/protocol/chat";
import type { Size } from "@maru/tui/frame";
import type { ScreenModel } from "../../screen/model/screen-model.ts";
import { timeFromColumns } from "../layout.ts";
import { type Symbols, symbolsOf } from "../symbols.ts";

/** How rows look, whatever is said in them. */
export interface RowStyle {
  readonly width: number;
  readonly hasTime: boolean;
  readonly hours: 12 | 24;
  readonly isAscii: boolean;
  /** No columns: for copying. */
  readonly isBare: boolean;
  /** One's own nick, folded. */
  readonly me: NameKey;
  /** The same of the nicks that one had before, as long as they still name one. */
  readonly formers: readonly NameKey[];
}

export interface RowContext {
  readonly style: RowStyle;
  readonly symbols: Symbols;
  readonly timeline: Timeline;
  /** The message that the unread ones begin with. */
  readonly dividerKey: number | null;
  readonly selected: number | null;
  readonly showPresence: "all" | "active" | "none";
  readonly isIgnored: (nick: string) => boolean;
  /** What is known of a message that another one answers. */
  readonly quote: (seq: number) => Quote;
}

/** What is made anew for each context but looks the same spares no work: compared by its fields. */
export function isSameStyle(one: RowStyle, other: RowStyle): boolean {
  return (
    one === other ||
    (one.width === other.width &&
      one.hasTime === other.hasTime &&
      one.hours === other.hours &&
      one.isAscii === other.isAscii &&
      one.isBare === other.isBare &&
      one.me === other.me &&
      one.formers === other.formers)
  );
}

export function rowContext(
  { chat, settings, isBare, selected, compose }: ScreenModel,
  room: RoomModel,
  area: Pick<Size, "width">,
): RowContext {
  const { timeline } = room;
  const width = Math.max(1, Math.floor(area.width));
  const me = chat.meKey;
  const isHidden = (nick: string) => isIgnored(chat, nick);
  return {
    style: {
      width,
      hasTime: width >= timeFromColumns,
      hours: settings.hours,
      isAscii: settings.isAscii,
      isBare,
      me,
      formers: chat.formers,
    },
    symbols: symbolsOf(settings.isAscii),
    timeline,
    dividerKey: firstUnreadKey(chat, room),
    selected: room.key === chat.current ? (selected ?? aboutOf(compose)) : null,
    showPresence: settings.showPresence,
    isIgnored: isHidden,
    quote: (seq) => quoteIn(timeline, seq, isHidden),
  };
}

/** What is answered or edited is marked like what is chosen: one sees what it is. */
const aboutOf = (compose: ScreenModel["compose"]): number | null =>
  compose.kind === "say" ? null : compose.seq;
