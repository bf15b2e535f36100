// From options to a connected client.
// Owns only the wait for the first welcome; everything after is the client's.

import { Client } from "./client.ts";
import { startEngine } from "./open.ts";
import type { ConnectOptions } from "./options.ts";

/**
 * Connects and says hello.
 *
 * Rejects with ChatError when the first connection fails: refused, unreachable, or turned away
 * (`nick_taken`, `version_unsupported`, a close); `version_refused` and `protocol_error` for a server
 * that nothing works with; `invalid_option` for a duration out of bounds. With `retryFirst` it keeps
 * trying whatever may pass. Later losses are not errors: the client reconnects, and tells by its state.
 */
export async function connect(options: ConnectOptions = {}): Promise<Client> {
  const engine = startEngine(options, false);
  await engine.when(() => engine.link.state.phase === "online");
  return new Client(engine);
}
