// /whois: in which of one's own rooms a person is, by what the client holds. Asks the server nothing. Pure.

import { directParticipants, parseNick } from "@maru/protocol/chat";
import { roomKey } from "@maru/sdk/chat";
import type { Model } from "../model/model.ts";
import { notice, type Step, step } from "../model/step.ts";
import { refuse } from "./slash-command.ts";

/** Rooms that are named; of more, only how many. */
const namedMax = 20;

export function whois(model: Model, argument: string): Step {
  const wanted = argument.replace(/^@/, "");
  if (wanted === "") return refuse(model, "whom? /whois NICK");
  const parsed = parseNick(wanted);
  if (!parsed.ok) return refuse(model, `the nick "${wanted}": ${parsed.problem}`);
  const key = roomKey(parsed.name);
  if (key === model.meKey) return step(model, { lines: [notice(`"${model.me}" is you`)] });
  const rooms = [...model.rooms].filter(([room]) => directParticipants(roomKey(room)) === null);
  let nick: string | null = null;
  const places = rooms.flatMap(([room, { name, members }]) => {
    const found = members?.find((member) => roomKey(member) === key);
    if (found === undefined) return [];
    nick ??= found;
    return [room === model.current ? `${name} (here)` : name];
  });
  // The server tells no names of a large room.
  const unknown = rooms.flatMap(([, { name, members }]) => (members === null ? [name] : []));
  const where = places.length === 0 ? "none of your rooms" : listed(places);
  const rest = unknown.length === 0 ? "" : `; who is in ${listed(unknown)} is not known`;
  return step(model, { lines: [notice(`"${nick ?? parsed.name}" is in ${where}${rest}`)] });
}

function listed(names: readonly string[]): string {
  const more = names.length - namedMax;
  return `${names.slice(0, namedMax).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
