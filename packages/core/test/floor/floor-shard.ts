// What each worker of the tests' servers runs; the service with it, for the placement "shard".

import { runShard } from "../../src/threads/run-shard.ts";
import { floorProtocol } from "./floor-protocol.ts";
import { createFloor } from "./floor-service.ts";

runShard({ protocol: floorProtocol, service: createFloor });
