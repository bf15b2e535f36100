// A worker of the tests' servers that is observed: what is seen goes out on a channel.

import { runShard } from "../../src/threads/run-shard.ts";
import { floorProtocol } from "./floor-protocol.ts";
import { createFloor } from "./floor-service.ts";
import { createSeen } from "./seen.ts";

const channel = new BroadcastChannel("core.observed-shard");
runShard({
  protocol: floorProtocol,
  service: createFloor,
  observer: (shard) => createSeen((word) => channel.postMessage(`${shard}: ${word}`)),
});
