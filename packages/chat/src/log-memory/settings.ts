// What can be set about the log in memory.

import { count, setting } from "@maru/settings";

export const memoryLogSettings = {
  memoryLogBytes: setting(count(1_048_576).default(67_108_864), {
    description: "bytes of entries kept by durability memory, over all rooms; the oldest go first",
    value: "BYTES",
    section: "Storage",
  }),
};
