// The kept bytes of the wire: one payload a line for every message type, and whole frames in hex.
// Feeds the tests and the examples in docs/protocol.md; changed only together with the protocol.

import commands from "./golden/commands.json";
import events from "./golden/events.json";
import frames from "./golden/frames.json";
import replies from "./golden/replies.json";

export interface Golden {
  /** The message's type, or the type and what is special about this example. */
  readonly name: string;
  /** The payload, exactly as it stands on the wire. */
  readonly payload: string;
}

const listed = (file: Record<string, string>): readonly Golden[] =>
  Object.entries(file).map(([name, payload]) => ({ name, payload }));

export const goldenCommands = listed(commands);
export const goldenReplies = listed(replies);
export const goldenEvents = listed(events);
export const goldenPayloads = [...goldenCommands, ...goldenReplies, ...goldenEvents];
/** Name and whole frame in hex. */
export const goldenFrames: readonly (readonly [string, string])[] = Object.entries(frames);

/** The first example of a type, in one of the lists. */
export function goldenOf(list: readonly Golden[], type: string): Golden {
  const found = list.find(({ payload }) => JSON.parse(payload).type === type);
  if (found === undefined) throw new Error(`no golden example of "${type}"`);
  return found;
}
