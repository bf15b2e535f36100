// What each thread of the stranger's service runs.

import { runShard } from "@maru/core/shard";
import { protocol, service } from "./echo.ts";

runShard({ protocol, service });
