// Who is named in a text: `@nick`. Pure; the log counts by it, and clients mark by it.

import { foldName, type NameKey, parseNick } from "./names.ts";

/** Names of one text that count; a line that names more people calls nobody. */
export const mentionsMax = 16;

/** Not behind a letter: `a@b.kr` is an address. */
const atName = /(?<![\p{L}\p{M}\p{N}._-])@([\p{L}\p{M}\p{N}._-]{1,64})/gu;
/** A name at the end of a sentence, or with a Korean particle behind it, is still that name. */
const trailing = /[._-]+$/u;

/** The keys of the nicks that `text` names, each once, in order, at most `mentionsMax`. */
export function mentionsOf(text: string): readonly NameKey[] {
  if (!text.includes("@")) return [];
  const keys = new Set<NameKey>();
  for (const [, written = ""] of text.matchAll(atName)) {
    for (const name of new Set([written, written.replace(trailing, "")])) {
      if (keys.size < mentionsMax && parseNick(name).ok) keys.add(foldName(name.normalize("NFC")));
    }
  }
  return [...keys];
}
