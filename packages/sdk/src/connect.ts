// From options to a connected client.
// Owns only the wait for the first welcome; everything after is the client's.

import { localError } from "./chat-error.ts";
import { Client } from "./client.ts";
import { Engine } from "./engine.ts";
import { type ConnectOptions, resolveOptions } from "./options.ts";

/**
 * Connects and says hello.
 *
 * Rejects with ChatError when the first connection fails: refused, unreachable, or turned away
 * (`nick_taken`, `version_unsupported`, a close). With `retryFirst` it keeps trying whatever may
 * pass. Later losses are not errors: the client reconnects, and tells by its state.
 */
export async function connect(options: ConnectOptions = {}): Promise<Client> {
  const { signal } = options;
  const engine = new Engine(resolveOptions(options));
  const { link } = engine;
  const abort = () => link.close(localError("aborted", undefined, signal?.reason));
  if (signal?.aborted) throw localError("aborted", undefined, signal.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    link.start();
    await engine.when(() => link.state.phase === "online");
  } catch (error) {
    // Whatever went wrong: nothing of it runs on.
    link.close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
  return new Client(engine);
}
