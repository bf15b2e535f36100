// What each thread with sockets runs: frames and fan-out; the service stays in one place.

import { runShard } from "@maru/core/shard";
import { counting } from "./protocol.ts";

runShard({ protocol: counting });
