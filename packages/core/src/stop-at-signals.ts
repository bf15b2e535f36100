// Ends a program that is one server at the signals by which people and supervisors end programs.

import { onStopSignals } from "@maru/protocol";
import type { Server, ServerStopOptions } from "./server.ts";

/**
 * At SIGINT or SIGTERM the server stops in order (`Server.stop`, with these options), and the process
 * ends with 0. A second signal ends it at once, with 1.
 */
export function stopAtSignals(server: Server, options: ServerStopOptions = {}): void {
  onStopSignals(process, ["SIGINT", "SIGTERM"], {
    stop: () => void server.stop(options).then(() => process.exit(0)),
    insist: () => process.exit(1),
  });
}
