// A worker of the tests' server whose messages are lines.

import { runShard } from "../../src/threads/run-shard.ts";
import { floorWith } from "../floor/floor-protocol.ts";
import { jsonLines } from "./json-lines.ts";

runShard({ protocol: floorWith(jsonLines) });
