// A worker of the tests' server that speaks the guarded framing.

import { runShard } from "../../src/threads/run-shard.ts";
import { floorWith } from "../floor/floor-protocol.ts";
import { guarded } from "./guarded.ts";

runShard({ protocol: floorWith(guarded) });
