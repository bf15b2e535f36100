// Messages as the stages between the socket and the application see them: of no protocol in particular.
// Types alone.

import type { WireMessage } from "@maru/protocol";

/** A command without its id: it gets a new one each time that it is written. */
export interface CommandBody extends WireMessage {
  readonly [field: string]: unknown;
}

/** What a server says; `re` is the id of the command that it answers. */
export interface ServerSaid extends WireMessage {
  readonly re?: unknown;
}
