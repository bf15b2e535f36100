// A list to choose from, on top of the conversation: how many there are of what, and what stands there
// when there are none. Pure. screen/update/lists.ts says which those are.

import { type Choice, choicesOf, fittingOf, olderChoice } from "@maru/chat-model/list";
import type { Size } from "@maru/tui/frame";
import { type BoxContent, listContent as contentOf } from "@maru/tui/widget";
import type { List, ScreenModel } from "../../screen/model/screen-model.ts";
import { keyHint } from "../key-label.ts";
import { type Symbols, symbolsOf } from "../symbols.ts";

const emptyTexts: Readonly<Record<List["purpose"], string>> = {
  switch: "you are in no other room",
  directory: "no room has people in it now",
  found: "nothing was found",
  failed: "nothing has failed",
};

const ofRooms = (count: number): string => (count === 1 ? "room" : "rooms");
const nouns: Readonly<Record<List["purpose"], (count: number) => string>> = {
  switch: ofRooms,
  directory: ofRooms,
  found: () => "found",
  failed: () => "failed",
};

export function listContent(model: ScreenModel, list: List, size: Size): BoxContent {
  const symbols = symbolsOf(model.settings.isAscii);
  const choices = choicesOf(list);
  const closes = keyHint(model, "escape", "closes");
  const shown = {
    filter: list.filter,
    lines: choices.map((each) => (each === olderChoice ? olderLine(list, symbols) : each)),
    index: list.index,
    unfiltered: list.choices.length + (list.older ? 1 : 0),
    count: countText(list, fittingOf(list).length),
    emptyText: emptyText(list, symbols),
  };
  return {
    title: list.title,
    hint: choices.length === 0 ? closes : `Enter chooses  ${closes}`.trim(),
    ...contentOf(shown, size, symbols),
  };
}

function olderLine({ isWaiting }: List, { ongoing }: Symbols): Choice {
  const label = isWaiting ? "fetching older ones" : olderChoice.label;
  return { ...olderChoice, label: `${label}${ongoing}` };
}

function countText({ choices, purpose }: List, left: number): string {
  const all = choices.length;
  const noun = nouns[purpose](all);
  if (all === 0) return "";
  return left === all ? `${all} ${noun}` : `${left} of ${all} ${noun}`;
}

function emptyText(list: List, { ongoing }: Symbols): string {
  const { purpose, filter, isWaiting, choices, hints = [] } = list;
  if (isWaiting) return `waiting for the answer${ongoing}`;
  return filter.text !== "" && choices.length > 0
    ? "nothing fits that"
    : [emptyTexts[purpose], ...hints].join("; ");
}
