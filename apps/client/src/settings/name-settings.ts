// Servers, nicks and rooms as settings: judged as they are on the command line, in the same words.
// Schemas only.

import { parseNick, parseRoom } from "@maru/protocol/chat";
import { MaruError, parseMaruUrl } from "@maru/sdk/chat";
import * as z from "zod";

/** Rooms to enter at the start; a server lets one session into about as many. */
export const roomsMax = 100;

/** `host` and `host:port` as an address. */
export const withScheme = (address: string): string =>
  address.includes("://") ? address : `maru://${address}`;

/** An address without a room: that stands in `rooms`. */
export const ServerSetting = z
  .string("must be an address in quotes")
  .superRefine((address, context) => {
    const problem = serverProblem(address);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  });

function serverProblem(address: string): string | null {
  try {
    const { room } = parseMaruUrl(withScheme(address));
    return room === undefined ? null : `leave "/${room}" away, and put it into rooms`;
  } catch (error) {
    if (!(error instanceof MaruError)) throw error;
    return `"${address}": ${error.message}`;
  }
}

export const NickSetting = z.string("must be a nick in quotes").superRefine((nick, context) => {
  const parsed = parseNick(nick);
  if (!parsed.ok) context.addIssue({ code: "custom", message: `"${nick}": ${parsed.problem}` });
});

/** A room's name; "#ops" is meant as "ops" and refused with that advice. */
export const RoomSetting = z.string("must be a room in quotes").superRefine((room, context) => {
  const parsed = parseRoom(room);
  if (parsed.ok) return;
  const advice = room.startsWith("#") ? `leave the # away: "${room.slice(1)}"` : parsed.problem;
  context.addIssue({ code: "custom", message: `"${room}": ${advice}` });
});
