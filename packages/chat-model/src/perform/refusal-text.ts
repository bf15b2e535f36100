// What a refusal is in words: the server's sentence, and the code by which a script or a search finds it.

import { localErrors, type MaruError } from "@maru/sdk/chat";

/** Of what no server has said, the sentence alone: its code is the SDK's own. */
export function refusalText({ code, message }: MaruError): string {
  return Object.hasOwn(localErrors, code) ? message : `${message} (${code})`;
}
