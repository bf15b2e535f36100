// The commands that show what was said: /last, /search, /unread, and /read.
// They ask; what the answers look like is for update-answer.ts. Pure.

import type { Model } from "../model/model.ts";
import { withRoom } from "../model/model.ts";
import { notice, type Step, step } from "../model/step.ts";
import { inRoom, refuse, type SlashCommand } from "./slash-command.ts";

/** Messages that /last shows. */
const lastDefault = 10;
export const lastMax = 200;

export const readingCommands: readonly SlashCommand[] = [
  {
    name: "last",
    usage: "[N]",
    about: `show the last ${lastDefault} messages here, or N, with their numbers`,
    run: last,
  },
  {
    name: "search",
    usage: "[-a] WORDS",
    about: 'find messages here, -a: everywhere; "a phrase", begin*',
    run: search,
  },
  { name: "unread", usage: "", about: "what you have not read yet", run: unread },
  { name: "read", usage: "", about: "mark the room as read", run: read },
];

function last(model: Model, argument: string): Step {
  const count = argument === "" ? lastDefault : Number(argument);
  if (!Number.isInteger(count) || count < 1 || count > lastMax) {
    return refuse(model, `how many? /last [N], from 1 to ${lastMax}`);
  }
  return inRoom(model, ({ name: room }) =>
    step(model, { effects: [{ type: "last", room, count }] }),
  );
}

function search(model: Model, argument: string): Step {
  const [, flag, query = ""] = /^(-a(?=\s|$))?\s*(.*)$/s.exec(argument) ?? [];
  if (argument === "" && model.isRedrawn) {
    return step(model, { effects: [{ type: "display", act: { kind: "search-again" } }] });
  }
  if (argument === "" && model.further !== null) return step(model, { effects: [model.further] });
  if (query === "") return refuse(model, "for what? /search WORDS, or /search -a WORDS");
  const asking = (room: string | null) =>
    step(model, { effects: [{ type: "search", query, room }] });
  return flag === undefined ? inRoom(model, ({ name }) => asking(name)) : asking(null);
}

function unread(model: Model): Step {
  return step(model, { effects: [{ type: "inbox", isBrief: false }] });
}

function read(model: Model): Step {
  return inRoom(model, ({ name: room, head }) => {
    if (head === 0) return step(model, { lines: [notice("there is nothing to read here", room)] });
    const next = withRoom(model, room, { read: head, marked: head });
    return step(next, { effects: [{ type: "mark", room, seq: head, isAsked: true }] });
  });
}
