// What can be set about the room log: which one, where, and its threads; the rest is the log's own.

import { memoryLogSettings } from "@maru/chat/log-memory/settings";
import { sqliteSettings } from "@maru/chat/log-sqlite/settings";
import { count, oneOf, setting, text } from "@maru/settings";

const { walBytes, ...kept } = sqliteSettings;

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
  ...kept,
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
  walBytes,
  lostMs: setting(count(0, 3_600_000).default(20_000), {
    description:
      "milliseconds for which a server whose files were removed or replaced still refuses what it is sent, before it ends",
    value: "MS",
    section: "Storage",
  }),
  ...memoryLogSettings,
};
