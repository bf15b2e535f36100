// What one session's commands may cost the others: work, bytes, messages to strangers, new rooms, old
// entries. Each with its bounds, its default and its meaning; the hub reads them by these names.

import { count, setting } from "@maru/settings";

/** Who waits longer takes the server for gone. */
const holdMsMax = 10_000;

export const budgetSettings = {
  workRateUs: setting(count(0, 1_000_000_000).default(500_000), {
    description:
      "microseconds per second of the chat's thread that one session's commands may cost; 0 = no limit",
    value: "US",
    section: "Limits",
  }),
  workBurstUs: setting(count(1_000, 1_000_000_000).default(15_000), {
    description: "microseconds at once before --work-rate-us applies",
    value: "US",
    section: "Limits",
  }),
  fanoutRateBytes: setting(count(0).default(33_554_432), {
    description:
      "bytes per second that one session's commands may make the server send to others; 0 = no limit",
    value: "BYTES",
    section: "Limits",
  }),
  fanoutBurstBytes: setting(count(65_536).default(16_777_216), {
    description: "bytes at once before --fanout-rate-bytes applies",
    value: "BYTES",
    section: "Limits",
  }),
  holdMs: setting(count(0, holdMsMax).default(2_000), {
    description:
      "milliseconds that a command may wait for its session's work and fan-out, never more than --drain-ms; what would wait longer is refused",
    value: "MS",
    section: "Limits",
  }),
  holdBytes: setting(count(65_536).default(33_554_432), {
    description: "bytes of all commands that wait so; a session may take half of what others leave",
    value: "BYTES",
    section: "Limits",
  }),
  unansweredBurst: setting(count(1, 1_000_000).default(20), {
    description: "messages at once to one person who has not answered yet",
    value: "N",
    section: "Limits",
  }),
  unansweredPerMinute: setting(count(0, 1_000_000).default(6), {
    description: "the same per minute in the long run; 0 = no limit",
    value: "N",
    section: "Limits",
  }),
  unansweredBytes: setting(count(1_024).default(32_768), {
    description: "bytes of such messages at once; refilled in the same time",
    value: "BYTES",
    section: "Limits",
  }),
  unansweredPerIp: setting(count(1, 1_000_000).default(20), {
    description:
      "how many times as much all from one address (IPv6: one /64) may send one person who has not answered",
    value: "N",
    section: "Limits",
  }),
  newMarkerBurstPerIp: setting(count(1).default(10_000), {
    description:
      "rooms that accounts from one address may mark for the first time at once (IPv6: one /64)",
    value: "N",
    section: "Chat",
  }),
  newMarkerRatePerIp: setting(count(0).default(3_600), {
    description: "the same per hour in the long run; 0 = no limit",
    value: "N",
    section: "Chat",
  }),
  newRoomBurst: setting(count(1).default(200), {
    description: "rooms and conversations that one session may begin at once",
    value: "N",
    section: "Chat",
  }),
  newRoomRate: setting(count(0).default(360), {
    description: "the same per hour in the long run; 0 = no limit",
    value: "N",
    section: "Chat",
  }),
  newRoomBurstPerIp: setting(count(1).default(4_000), {
    description: "the same at once of all sessions from one address (IPv6: one /64)",
    value: "N",
    section: "Chat",
  }),
  newRoomRatePerIp: setting(count(0).default(1_800), {
    description: "the same per hour in the long run; 0 = no limit",
    value: "N",
    section: "Chat",
  }),
  readBurstBytes: setting(count(65_536).default(524_288), {
    description: "bytes of old entries and of lists that one session may ask for at once",
    value: "BYTES",
    section: "Chat",
  }),
  readRateBytes: setting(count(1_024).default(8_388_608), {
    description: "the same per second in the long run",
    value: "BYTES",
    section: "Chat",
  }),
};
