// What a worker of the board's server runs.

import { runShard } from "../../src/threads/run-shard.ts";
import { boardProtocol } from "./board.ts";

runShard({ protocol: boardProtocol });
