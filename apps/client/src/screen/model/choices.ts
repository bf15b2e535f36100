// A list to choose from, narrowed down by what is typed. Pure; the lists are made in screen/update/.

import type { Choice, Overlay } from "./screen-model.ts";

export type List = Extract<Overlay, { kind: "list" }>;

/** The last line of a list that goes on: no place, but what is older. */
export const olderChoice: Choice = {
  label: "older ones",
  detail: "",
  room: "",
  seq: null,
  id: null,
  isMarked: false,
};

/** What can be chosen: what fits, and behind it the way to what is older. */
export function choicesOf(list: List): readonly Choice[] {
  const choices = fittingOf(list);
  return list.older ? [...choices, olderChoice] : choices;
}

/** Those whose label or detail holds all words of the filter; in order, those that begin so first. */
export function fittingOf({ choices, filter }: List): readonly Choice[] {
  const words = folded(filter.text)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return choices;
  const fitting = choices.filter(({ label, detail }) => {
    const text = folded(`${label} ${detail}`);
    return words.every((word) => text.includes(word));
  });
  const [first = ""] = words;
  const begins = ({ label }: Choice) => folded(label).replace(/^[#@]/, "").startsWith(first);
  return [...fitting.filter(begins), ...fitting.filter((each) => !begins(each))];
}

/** What draws nothing, as an emoji's selector, makes no difference to who looks for it. */
const undrawn = /\p{Default_Ignorable_Code_Point}/gu;
const folded = (text: string): string => text.normalize("NFKC").replace(undrawn, "").toLowerCase();
