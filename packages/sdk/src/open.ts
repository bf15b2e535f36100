// From options to a client that is not connected yet.
// Owns the beginning of the first attempt, and its end by the caller's signal; what follows is the
// client's.

import { localError } from "./chat-error.ts";
import { Client } from "./client.ts";
import { Engine } from "./engine.ts";
import { type ConnectOptions, resolveOptions } from "./options.ts";

/**
 * Like `connect`, but hands the client out at once, in the state "connecting", for a program that
 * shows something meanwhile: whatever it asks for waits, as it does between two connections, and is
 * done in its order once there is one. Call `join` before what is said in the room.
 *
 * A first connection that fails is no rejection but a state: "closed", or with `retryFirst` "waiting".
 * Throws ChatError `invalid_url` for a bad url or port, `invalid_option` for a duration out of bounds.
 */
export function open(options: ConnectOptions = {}): Client {
  return new Client(startEngine(options, true));
}

/** `tellsFirst`: the states before the first welcome are events, too. */
export function startEngine(options: ConnectOptions, tellsFirst: boolean): Engine {
  const { signal } = options;
  const engine = new Engine(resolveOptions(options), tellsFirst);
  const { link } = engine;
  const abort = () => link.close(localError("aborted", undefined, signal?.reason));
  if (signal?.aborted) {
    abort();
    return engine;
  }
  try {
    link.start();
  } catch (error) {
    // Whatever went wrong: nothing of it runs on.
    link.close();
    throw error;
  }
  if (signal === undefined) return engine;
  signal.addEventListener("abort", abort, { once: true });
  const over = () => signal.removeEventListener("abort", abort);
  void engine.when(() => link.state.phase === "online").then(over, over);
  return engine;
}
