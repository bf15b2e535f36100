// A list to choose from, and how what is typed narrows it down. Pure; what is listed, listings.ts says.

import type { Search } from "../model/search.ts";

/** What one line of a list leads to. */
export interface Choice {
  readonly label: string;
  /** Less important, behind it; may hold what came from elsewhere, like the label. */
  readonly detail: string;
  /** The room, and where in it. */
  readonly room: string;
  readonly seq: number | null;
  /** A pending message. */
  readonly id: number | null;
  readonly isMarked: boolean;
}

export interface Listing {
  readonly purpose: "switch" | "directory" | "found" | "failed";
  readonly title: string;
  readonly choices: readonly Choice[];
  /** There are older ones, which are found so: the last line leads there. */
  readonly older?: Search | null;
  /** Where it is empty: what may help. */
  readonly hints?: readonly string[];
}

/** The last line of a list that goes on: no place, but what is older. */
export const olderChoice: Choice = {
  label: "older ones",
  detail: "",
  room: "",
  seq: null,
  id: null,
  isMarked: false,
};

/** A list and what narrows it down, as typed. */
interface Filtered extends Pick<Listing, "choices" | "older"> {
  readonly filter: { readonly text: string };
}

/** What can be chosen: what fits, and behind it the way to what is older. */
export function choicesOf(list: Filtered): readonly Choice[] {
  const choices = fittingOf(list);
  return list.older ? [...choices, olderChoice] : choices;
}

/** Those whose label or detail holds all words of the filter; in order, those that begin so first. */
export function fittingOf({ choices, filter }: Filtered): readonly Choice[] {
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

/** What shows nothing, as an emoji's selector, makes no difference to who looks for it. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
const folded = (text: string): string => text.normalize("NFKC").replace(unseen, "").toLowerCase();
