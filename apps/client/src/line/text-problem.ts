// Why a text can't be said, in words for whoever wrote it. Pure.

import { textPattern } from "@maru/protocol/chat";

/** What is wrong with the characters of `text`, or null. */
export function textProblem(text: string): string | null {
  if (textPattern.test(text)) return null;
  const bad = [...text].find((character) => !textPattern.test(character)) ?? "";
  const code = (bad.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `the control character U+${code} can't be sent`;
}
