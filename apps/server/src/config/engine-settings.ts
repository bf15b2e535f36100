// What can be set about the engine: what it holds of any connection. The defaults are the engine's own;
// the bounds are those within which a chat's messages fit.

import { defaultLimits } from "@maru/core";
import { heartbeatMsMax, heartbeatMsMin } from "@maru/protocol";
import { count, setting } from "@maru/settings";

/** The longest that a connection may take to begin, and to end: who needs more is not there. */
const closingMsMax = 600_000;

/** By the engine's own names. */
export const engineSettings = {
  // From below: any one message in JSON, and the longest name and topic, fit. From above: what the
  // engine's queues between threads hold several times over.
  frameBytes: setting(count(32_768, 1_048_576).default(defaultLimits.frameBytes), {
    description: "payload bytes of one frame",
    value: "BYTES",
    section: "Limits",
  }),
  helloMs: setting(count(1, closingMsMax).default(defaultLimits.helloMs), {
    description: "milliseconds within which a connection must have said hello",
    value: "MS",
    section: "Limits",
  }),
  helloPending: setting(count(1).default(defaultLimits.helloPending), {
    description: "connections of one shard that may not have said hello yet; the oldest make room",
    value: "N",
    section: "Limits",
  }),
  inflight: setting(count(1, 65_536).default(defaultLimits.inflight), {
    description: "commands of one session that may be unanswered; more stay unread",
    value: "N",
    section: "Limits",
  }),
  inboundBytes: setting(count(1_024).default(defaultLimits.inboundBytes), {
    description: "received bytes of one connection that may wait before its socket is paused",
    value: "BYTES",
    section: "Limits",
  }),
  // The engine alone has no such limit: it does not know who may connect.
  inboundRateBytes: setting(count(0).default(4_194_304), {
    description: "bytes per second that are read from one connection in the long run; 0 = no limit",
    value: "BYTES",
    section: "Limits",
  }),
  inboundBurstBytes: setting(count(65_536).default(defaultLimits.inboundBurstBytes), {
    description: "bytes of one connection at once before --inbound-rate-bytes applies",
    value: "BYTES",
    section: "Limits",
  }),
  outboundBytes: setting(count(16_384).default(defaultLimits.outboundBytes), {
    description: "bytes that may wait for one slow reader before it is cut",
    value: "BYTES",
    section: "Limits",
  }),
  drainMs: setting(count(0, closingMsMax).default(defaultLimits.drainMs), {
    description: "milliseconds that a closing connection, and a stopping server, may take",
    value: "MS",
    section: "Limits",
  }),
  heartbeatMs: setting(count(heartbeatMsMin, heartbeatMsMax).default(defaultLimits.heartbeatMs), {
    description: "a client sends something at least so often, in milliseconds",
    value: "MS",
    section: "Limits",
  }),
  heartbeatGraceMs: setting(count(0, heartbeatMsMax).default(defaultLimits.heartbeatGraceMs), {
    description: "milliseconds of silence on top of --heartbeat-ms before a client is cut",
    value: "MS",
    section: "Limits",
  }),
  uplinkBytes: setting(count(1_048_576).default(defaultLimits.uplinkBytes), {
    description: "bytes of commands that one shard may have on their way to the chat",
    value: "BYTES",
    section: "Limits",
  }),
  downlinkBytes: setting(count(1_048_576).default(defaultLimits.downlinkBytes), {
    description: "bytes that may be on their way to the shards before commands have to wait",
    value: "BYTES",
    section: "Limits",
  }),
};
