// The bounds of a simulated server: the real ones made small, so that short runs meet them.

import type { HubConfig } from "@maru/chat";
import { defaultChatSettings } from "@maru/chat/settings";
import { type EngineLimits, resolveLimits } from "@maru/core";
import type { SeededRandom } from "@maru/testkit";
import type { Plan } from "../plan.ts";

const frameBytes = 8_192;
/** As the server demands of its settings: twice a frame, and twice what may be read at once. */
const outboundBytes = 2 * frameBytes;
const sendBurst = 20;
export const heartbeatMs = 8_000;

export function engineLimits(plan: Plan): EngineLimits {
  const { inflight, uplinkBytes, framesPerTurn, sendRate } = plan;
  return resolveLimits({
    frameBytes,
    inflight,
    uplinkBytes,
    framesPerTurn,
    heartbeatMs,
    heartbeatGraceMs: 4_000,
    drainMs: 2_000,
    outboundBytes,
    inboundBytes: 4_096,
    rates: [{ types: ["send"], perSecond: sendRate, burst: sendBurst }],
  });
}

export function hubConfig(plan: Plan, random: SeededRandom): Omit<HubConfig, "durability"> {
  let tokens = 0;
  return {
    ...defaultChatSettings,
    server: "maru/simulated",
    heartbeatMs,
    frameBytes,
    textBytes: 2_048,
    inflight: plan.inflight,
    sendRate: plan.sendRate,
    sendBurst,
    roomsPerSession: 8,
    historyPage: plan.historyPage,
    roomsMax: 100,
    newRoomRate: 0,
    newRoomRatePerIp: 0,
    newMarkerRatePerIp: 0,
    unansweredPerMinute: 0,
    presenceNames: 3,
    // Small enough to be met in a run: what comes too soon waits, and what would wait too long is refused.
    workBurstUs: 5_000,
    workRateUs: 20_000,
    fanoutBurstBytes: 50_000,
    fanoutRateBytes: 200_000,
    holdMs: 500,
    holdBytes: 65_536,
    replayEntries: plan.replayEntries,
    replayBytes: 8_192,
    readBurstBytes: outboundBytes / 2,
    readRateBytes: 131_072,
    createToken() {
      tokens += 1;
      return `t${tokens}-${random.below(0x1_0000_0000).toString(36)}`;
    },
  };
}
