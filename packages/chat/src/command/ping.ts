// ping → pong: something to say when there is nothing to say.

import { reply } from "../hub/effects.ts";
import type { Handler } from "../hub/hub-state.ts";

export const ping: Handler<"ping"> = (_state, session, command) => [
  reply(session.id, { type: "pong", re: command.id }),
];
