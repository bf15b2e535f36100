// What can be set about the room log: where it is, what it promises, what it keeps.

import { count, oneOf, setting, text } from "@maru/settings";

export const storageSettings = {
  data: setting(text().default("./maru-data"), {
    description: "directory of the room log; not used by durability memory",
    value: "DIR",
    section: "Storage",
  }),
  durability: setting(oneOf(["fsync", "os", "memory"]).default("fsync"), {
    description:
      "what an acknowledged message survives: fsync a loss of power, os the end of the process, memory neither",
    value: "fsync|os|memory",
    section: "Storage",
  }),
  keepDays: setting(count(0, 36_500).default(0), {
    description: "days that a room keeps an entry; 0 = for ever",
    value: "N",
    section: "Storage",
  }),
  keepEntries: setting(count(0).default(0), {
    description: "entries that a room keeps, the newest; 0 = all",
    value: "N",
    section: "Storage",
  }),
  keepBytes: setting(count(0).default(0), {
    description: "bytes of entries that a room keeps, of the newest; 0 = all",
    value: "BYTES",
    section: "Storage",
  }),
  markersPerAccount: setting(count(1).default(1_000), {
    description: "rooms of which one account's place is kept; the one set longest ago goes",
    value: "N",
    section: "Storage",
  }),
  keepMarkerDays: setting(count(0, 36_500).default(365), {
    description: "days that such a place is kept without being set again; 0 = for ever",
    value: "N",
    section: "Storage",
  }),
  recentEntries: setting(count(0, 65_536).default(512), {
    description: "newest entries of a room that are kept in memory as well",
    value: "N",
    section: "Storage",
  }),
  recentRoomBytes: setting(count(0).default(524_288), {
    description: "bytes of these",
    value: "BYTES",
    section: "Storage",
  }),
  recentBytes: setting(count(0).default(67_108_864), {
    description: "bytes of these over all rooms; those used longest ago go first",
    value: "BYTES",
    section: "Storage",
  }),
  readThreads: setting(count(1, 64).default(1), {
    description: "threads for older pages, search and inboxes",
    value: "N",
    section: "Storage",
  }),
  readQueue: setting(count(1).default(4_096), {
    description:
      "questions that may wait for these threads; of more, those of who has most are refused as busy",
    value: "N",
    section: "Storage",
  }),
  walBytes: setting(count(1_048_576).default(16_777_216), {
    description: "bytes of the write-ahead log above which a commit waits until it is moved",
    value: "BYTES",
    section: "Storage",
  }),
  lostMs: setting(count(0, 3_600_000).default(20_000), {
    description:
      "milliseconds for which a server whose files were removed or replaced still refuses what it is sent, before it ends",
    value: "MS",
    section: "Storage",
  }),
  memoryLogBytes: setting(count(1_048_576).default(67_108_864), {
    description: "bytes of entries kept by durability memory, over all rooms; the oldest go first",
    value: "BYTES",
    section: "Storage",
  }),
};
