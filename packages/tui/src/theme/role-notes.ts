// What each role of a theme is for: for the reference, and for who writes a theme.

import type { Role } from "../frame/frame.ts";

const nicks = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;

export const roleNotes: Readonly<Record<Role, string>> = {
  text: "what is said; its colours are the page's, for every role that names none",
  faint: "times, counts, hints",
  strong: "what stands out in a text",
  accent: "what is chosen: the room one is in, the prompt",
  border: "lines between the panes",
  title: "headings",
  good: "connected, done",
  warning: "reconnecting, waiting",
  error: "failed, refused",
  mention: "where you are named",
  unread: "counts of what is unread, and the line above it",
  link: "addresses",
  code: "code, and names of keys and commands",
  selected: "the message or line that is selected",
  own: "your own nick",
  ...(Object.fromEntries(
    nicks.map((index) => [`nick${index}`, `one of twelve looks of nicks`]),
  ) as Record<`nick${(typeof nicks)[number]}`, string>),
};
