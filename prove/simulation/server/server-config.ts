// The bounds of a simulated server: the real ones made small, so that short runs meet them.

import type { HubConfig } from "@maru/chat";
import { type EngineLimits, resolveLimits } from "@maru/core";
import type { SeededRandom } from "@maru/testkit";
import type { Plan } from "../plan.ts";

const frameBytes = 32_768;
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
    outboundBytes: 33_000,
    inboundBytes: 4_096,
    rates: [{ types: ["send"], perSecond: sendRate, burst: sendBurst }],
  });
}

export function hubConfig(plan: Plan, random: SeededRandom): Omit<HubConfig, "durability"> {
  let tokens = 0;
  return {
    server: "maru/simulated",
    heartbeatMs,
    limits: {
      frameBytes,
      textBytes: 8_192,
      inflight: plan.inflight,
      sendRate: plan.sendRate,
      sendBurst,
      roomsPerSession: 8,
      historyPage: plan.historyPage,
    },
    roomsMax: 100,
    newRooms: {
      session: { burst: 1_000, perHour: 0 },
      network: { burst: 1_000, perHour: 0 },
    },
    presenceNamesMax: 3,
    // Small enough to be met in a run: what is refused is sent again, in order.
    workBurstUs: 5_000,
    workRateUs: 20_000,
    fanoutBurstBytes: 50_000,
    fanoutRateBytes: 200_000,
    unansweredBurst: 20,
    unansweredPerMinute: 0,
    unansweredBytes: 32_768,
    presenceMs: 100,
    presenceCountMs: 1_000,
    replayEntriesMax: plan.replayEntriesMax,
    replayBytesMax: 16_384,
    readBurstBytes: 131_072,
    readRateBytes: 131_072,
    createToken() {
      tokens += 1;
      return `t${tokens}-${random.below(0x1_0000_0000).toString(36)}`;
    },
  };
}
