// The marks that the conversation draws beside what was said: the screen's, and a few of its own.
// Only the table; each is one cell wide, but for arrows in ASCII, which stand inside a text.

import { type Symbols, symbolsOf } from "../symbols.ts";

export interface ConversationSymbols extends Symbols {
  /** Between nick and text where one is named. */
  readonly mention: string;
  readonly joined: string;
  readonly left: string;
}

const drawn: ConversationSymbols = { ...symbolsOf(false), mention: "▌", joined: "→", left: "←" };
const ascii: ConversationSymbols = { ...symbolsOf(true), mention: "!", joined: "->", left: "<-" };

export function conversationSymbols(isAscii: boolean): ConversationSymbols {
  return isAscii ? ascii : drawn;
}
