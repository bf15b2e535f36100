// Why a text can't be said, in words for the person who wrote it. Pure.

import { forbiddenCharacter } from "@maru/protocol/chat";

/** What is wrong with the characters of `text`, or null. */
export function textProblem(text: string): string | null {
  const found = forbiddenCharacter(text);
  return found === null ? null : `${found} can't be sent`;
}
