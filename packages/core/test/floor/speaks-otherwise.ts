// A shard module with another protocol than its server: a mistake that must be told at the start.

import { defineProtocol } from "@maru/protocol";
import { runShard } from "../../src/threads/run-shard.ts";

runShard({ protocol: defineProtocol({ name: "other", version: 1 }) });
