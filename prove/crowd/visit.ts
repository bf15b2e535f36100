// How the crowd's clients connect: they keep trying, and soon, for the server will be back.

import type { ChatClientOptions } from "@maru/sdk/chat";

export const comeBack = {
  client: "maru-prove",
  reconnect: { minMs: 5, maxMs: 50 },
  retryFirst: true,
  // A half-open connection is to be given up within the run.
  connectTimeoutMs: 2_000,
  commandTimeoutMs: 60_000,
} as const satisfies ChatClientOptions;
