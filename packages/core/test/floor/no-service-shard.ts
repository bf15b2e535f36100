// A shard module without a service: enough for the placement "main" only.

import { runShard } from "../../src/threads/run-shard.ts";
import { floorProtocol } from "./floor-protocol.ts";

runShard({ protocol: floorProtocol });
