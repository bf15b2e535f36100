// What an amendment did, in words: for a display that can't change what it has shown. Pure.

import type { Amendment } from "@maru/protocol/chat";

/** To stand behind who did it; `what` is the message as the reader knows it. */
export function amendmentText(amendment: Amendment, what = `message ${amendment.target}`): string {
  switch (amendment.type) {
    case "edit":
      // Empty when it was taken back since.
      return amendment.text === "" ? `edited ${what}` : `edited ${what}: ${amendment.text}`;
    case "redaction": {
      // What was taken back is not quoted.
      const reason = amendment.reason === undefined ? "" : `: ${amendment.reason}`;
      return `took message ${amendment.target} back${reason}`;
    }
    case "reaction":
      return amendment.removed === true
        ? `took ${amendment.emoji} back from ${what}`
        : `put ${amendment.emoji} under ${what}`;
  }
}
