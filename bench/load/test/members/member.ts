// A member of a room as the tests of the peers see it: says a text, and tells the next that it
// hears. One small client for each protocol, independent of the load generator on purpose.

import type { Dialect } from "../../../servers/candidate.ts";
import { joinFrames, joinMaru } from "./frame-members.ts";
import { joinIrc, joinNats } from "./line-members.ts";
import { joinMqtt } from "./mqtt-member.ts";
import { joinRedis } from "./redis-member.ts";
import { joinSocketIo, joinWebSocket } from "./websocket-members.ts";

export interface Member {
  say(text: string): void;
  /** The next text of its room, its own included where the protocol sends it. */
  heard(): Promise<string>;
  close(): void;
}

/** Where to, and as whom: nicks must differ, rooms are `r0`, `r1`, ... */
export interface Place {
  readonly port: number;
  readonly room: string;
  readonly nick: string;
}

/** Resolves when whatever is said from now on reaches the member. */
export type Join = (place: Place) => Promise<Member>;

export const joinBy: Readonly<Record<Dialect, Join>> = {
  maru: joinMaru,
  frames: joinFrames,
  ws: joinWebSocket,
  socketio: joinSocketIo,
  redis: joinRedis,
  nats: joinNats,
  mqtt: joinMqtt,
  irc: joinIrc,
};
