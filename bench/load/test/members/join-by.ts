// The member of each protocol.

import type { Dialect } from "../../../servers/candidate.ts";
import { joinFrames, joinMaru } from "./frame-members.ts";
import { joinIrc, joinNats } from "./line-members.ts";
import type { Join } from "./member.ts";
import { joinMqtt } from "./mqtt-member.ts";
import { joinRedis } from "./redis-member.ts";
import { joinSocketIo, joinWebSocket } from "./websocket-members.ts";

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
