// What each worker runs in the tests of a stop that lets the service finish.

import { runShard } from "../../src/threads/run-shard.ts";
import { watchedFinishing } from "./finishing-service.ts";
import { floorProtocol } from "./floor-protocol.ts";

runShard({ protocol: floorProtocol, service: watchedFinishing().createFinishing });
