// The echo server: `bun run echo [--port 8080] [--workers 2] [--raw]`; --raw speaks plain bytes.
// One service in each shard: sessions don't need each other here, so nothing crosses a thread.

import { parseArgs } from "node:util";
import { print, startServer, stopAtSignals } from "@maru/core";
import { defineRawProtocol } from "@maru/protocol";
import { echoProtocol } from "./echo-protocol.ts";
import { createEcho, createRawEcho } from "./echo-service.ts";

const usage = "usage: bun run echo [--port 8080] [--workers 2] [--raw]";

function giveUp(problem: string, exitCode: number): never {
  process.stderr.write(`${problem}\n${usage}\n`);
  process.exit(exitCode);
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string", default: "8080" },
        workers: { type: "string", default: "2" },
        help: { type: "boolean", default: false },
        raw: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      print(`${usage}\n`);
      process.exit(0);
    }
    const port = Number(values.port);
    const workers = Number(values.workers);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error("--port: 0 to 65535");
    if (!Number.isInteger(workers) || workers < 0) throw new Error("--workers: 0 or more");
    return { port, workers, raw: values.raw };
  } catch (error) {
    return giveUp((error as Error).message, 2);
  }
}

async function start() {
  const { port, workers, raw } = options();
  const common = { listen: { port }, workers, placement: "shard" } as const;
  if (raw) {
    return await startServer({
      ...common,
      protocol: defineRawProtocol("echo-raw"),
      service: createRawEcho,
      shard: new URL("./shard-raw.ts", import.meta.url),
    });
  }
  return await startServer({
    ...common,
    protocol: echoProtocol,
    service: createEcho,
    shard: new URL("./shard.ts", import.meta.url),
  });
}

const server = await start().catch((error: Error) => giveUp(error.message, 1));
process.stderr.write(`listening on ${server.hostname}:${server.port}\n`);

stopAtSignals(server);
