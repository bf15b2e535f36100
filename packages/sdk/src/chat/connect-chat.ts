// From options to a chat client: one that is connected, or one that is connecting.
// Owns only the wait for the first welcome; everything after is the client's.

import { startEngine } from "../start-engine.ts";
import { ChatClient } from "./chat-client.ts";
import { ChatEngine } from "./chat-engine.ts";
import { type ChatClientOptions, chatSettings } from "./chat-options.ts";

/**
 * Connects and says hello.
 *
 * Rejects with MaruError when the first connection fails: refused, unreachable, or turned away
 * (`nick_taken`, `version_unsupported`, a close); `version_refused` and `protocol_error` for a server
 * that nothing works with; `invalid_option` for a duration out of bounds. With `retryFirst` it keeps
 * trying whatever may pass. Later losses are not errors: the client reconnects, and tells by its state.
 */
export async function connectChat(options: ChatClientOptions = {}): Promise<ChatClient> {
  const chat = new ChatEngine(chatSettings(options), false);
  startEngine(chat.engine, options.signal);
  await chat.engine.when(() => chat.state.phase === "online");
  return new ChatClient(chat);
}

/**
 * Like `connectChat`, but hands the client out at once, in the state "connecting", for a program that
 * shows something meanwhile: whatever it asks for waits, as it does between two connections, and is
 * done in its order once there is one. Call `join` before what is said in the room.
 *
 * A first connection that fails is no rejection but a state: "closed", or with `retryFirst` "waiting".
 * Throws MaruError `invalid_url` for a bad url or port, `invalid_option` for a duration out of bounds.
 */
export function openChat(options: ChatClientOptions = {}): ChatClient {
  const chat = new ChatEngine(chatSettings(options), true);
  startEngine(chat.engine, options.signal);
  return new ChatClient(chat);
}
