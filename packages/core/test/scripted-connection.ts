// A connection on a scripted socket, for the unit tests of the shard's stages.

import { type Framing, lengthPrefixed } from "@maru/protocol";
import { ScriptedSocket } from "@maru/testkit";
import { Connection } from "../src/connection/connection.ts";
import type { ConnectionState } from "../src/connection/connection-state.ts";
import type { FirstBytes } from "../src/connection/first-bytes.ts";

export function scriptedConnection(
  options: {
    id?: number;
    state?: ConnectionState;
    framing?: Framing;
    firstBytes?: FirstBytes;
    frameBytes?: number;
  } = {},
): { connection: Connection; socket: ScriptedSocket } {
  const socket = new ScriptedSocket();
  const connection = new Connection({
    id: options.id ?? 1,
    socket,
    firstBytes: options.firstBytes ?? null,
    framing: options.framing ?? lengthPrefixed,
    frameBytes: options.frameBytes ?? 65_536,
    address: "127.0.0.1",
    addressKey: 0,
    state: options.state ?? { phase: "active" },
    nowMs: 0,
  });
  return { connection, socket };
}
