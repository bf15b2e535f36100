// The tests' server as a process of its own: `floor-process.ts WORKERS`. Stops at SIGTERM, and then
// ends by itself or never: nothing here calls exit.

import { startServer } from "../../src/mod.ts";
import { floorProtocol } from "./floor-protocol.ts";
import { createFloor } from "./floor-service.ts";

const server = await startServer({
  protocol: floorProtocol,
  service: createFloor,
  workers: Number(process.argv[2]),
  shard: new URL("./floor-shard.ts", import.meta.url),
});
process.once("SIGTERM", () => void server.stop());
process.stdout.write(`listening on ${server.hostname}:${server.port}\n`);
