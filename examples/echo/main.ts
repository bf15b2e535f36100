// The echo server: `bun examples/echo/main.ts [--port 8080] [--workers 2] [--raw]`.
// One service in each shard: sessions don't need each other here, so nothing crosses a thread.

import { parseArgs } from "node:util";
import { startServer } from "@maru/core";
import { defineRawProtocol } from "@maru/protocol";
import { echoProtocol } from "./echo-protocol.ts";
import { createEcho, createRawEcho } from "./echo-service.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8080" },
    workers: { type: "string", default: "2" },
    raw: { type: "boolean", default: false },
  },
});
const common = {
  listen: { port: Number(values.port) },
  workers: Number(values.workers),
  placement: "shard",
} as const;
const server = values.raw
  ? await startServer({
      ...common,
      protocol: defineRawProtocol("echo-raw"),
      service: createRawEcho,
      shard: new URL("./shard-raw.ts", import.meta.url),
    })
  : await startServer({
      ...common,
      protocol: echoProtocol,
      service: createEcho,
      shard: new URL("./shard.ts", import.meta.url),
    });
process.stderr.write(`listening on ${server.hostname}:${server.port}\n`);

const stop = async () => {
  await server.stop();
  process.exit(0);
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);
