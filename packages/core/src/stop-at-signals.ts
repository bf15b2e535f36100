// Ends a program that is one server at the signals by which people and supervisors end programs.

import { onStopSignals } from "@maru/protocol";
import type { Server } from "./server.ts";

/**
 * At SIGINT or SIGTERM the server stops in order (peers are told, and take what they were given), and
 * the process ends with 0. Who insists ends it at once, with 1.
 */
export function stopAtSignals(server: Server): void {
  onStopSignals(process, ["SIGINT", "SIGTERM"], {
    stop: () => void server.stop().then(() => process.exit(0)),
    insist: () => process.exit(1),
  });
}
