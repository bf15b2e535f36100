// Starts the stranger's service on so many threads: `main.ts WORKERS`.

import { print, startServer, stopAtSignals } from "@maru/core";
import { protocol, service } from "./echo.ts";

const server = await startServer({
  protocol,
  service,
  listen: { port: 0 },
  workers: Number(process.argv[2]),
  shard: new URL("./shard.ts", import.meta.url),
});
stopAtSignals(server);
print(`listening on ${server.hostname}:${server.port}\n`);
