// What each worker of the framed echo runs.

import { runShard } from "@maru/core/shard";
import { echoProtocol } from "./echo-protocol.ts";
import { echo } from "./echo-service.ts";

runShard({ protocol: echoProtocol, service: echo });
