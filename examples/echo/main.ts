// The echo server: `bun run echo [--port 8080] [--workers 2] [--raw]`; --raw speaks plain bytes.
// One service in each shard: sessions don't need each other here, so nothing crosses a thread.

import { createProgram, wholeNumber, wholeNumberWithin } from "@maru/command-line";
import { print, startServer, stopAtSignals } from "@maru/core";
import { defineRawProtocol } from "@maru/protocol";
import { createRawEcho, echo } from "./echo-service.ts";

const { port, workers, raw } = createProgram("bun run echo", print)
  .option("--port <PORT>", "0 picks a free one", wholeNumberWithin(0, 65_535), 8080)
  .option("--workers <N>", "threads; 0: none but the main one", wholeNumber, 2)
  .option("--raw", "bytes instead of frames", false)
  .parse()
  .opts<{ port: number; workers: number; raw: boolean }>();

async function start() {
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
    service: echo,
    shard: new URL("./shard.ts", import.meta.url),
  });
}

const server = await start().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
process.stderr.write(`listening on ${server.hostname}:${server.port}\n`);

stopAtSignals(server);
