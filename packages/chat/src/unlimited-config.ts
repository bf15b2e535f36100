// A chat that refuses nothing for its rate, with secrets that can be foretold: for measurements,
// pictures and tests, where what a budget refuses is no part of what is looked at. Never for a server.

import { textBytesMax } from "@maru/protocol/chat";
import type { HubConfig } from "./hub/hub-state.ts";
import { defaultChatSettings } from "./settings.ts";

/** `server`: its name, for `welcome`. All that is not about rates is the default's. */
export function unlimitedConfig(server: string): Omit<HubConfig, "durability"> {
  let tokens = 0;
  return {
    ...defaultChatSettings,
    server,
    heartbeatMs: 30_000,
    frameBytes: 65_536,
    textBytes: textBytesMax,
    inflight: 256,
    sendRate: 0,
    sendBurst: 1,
    newRoomRate: 0,
    newRoomRatePerIp: 0,
    newMarkerRatePerIp: 0,
    unansweredPerMinute: 0,
    workRateUs: 0,
    fanoutRateBytes: 0,
    createToken() {
      tokens += 1;
      return `token-${tokens}`;
    },
  };
}
