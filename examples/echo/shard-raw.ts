// What each worker of the raw echo runs.

import { runShard } from "@maru/core/shard";
import { defineRawProtocol } from "@maru/protocol";
import { createRawEcho } from "./echo-service.ts";

runShard({ protocol: defineRawProtocol("echo-raw"), service: createRawEcho });
