// What nearly every test begins with: a fake server, a client that it has welcomed, and the end of
// both. Also the reading of events up to one of a type.

import { VirtualClock } from "@maru/testkit";
import {
  type ChatClient,
  type ChatClientEvent,
  type ChatClientOptions,
  connectChat,
  MaruError,
} from "../../src/chat/mod.ts";
import { type FakeConnection, FakeServer } from "./fake-server.ts";

const open: { server: FakeServer; client: ChatClient | null }[] = [];

/**
 * Ends what the tests of a file have started. Each file hooks it in itself: a hook in a module that
 * several files import is the first one's alone.
 */
export async function endMeetings(): Promise<void> {
  for (const { server, client } of open.splice(0)) {
    const closed = client?.close({ deadlineMs: 0 });
    server.stop();
    if (closed !== undefined && client?.state.phase === "closed") await closed;
  }
}

export function startServer(): FakeServer {
  const server = new FakeServer();
  open.push({ server, client: null });
  return server;
}

export interface Meeting {
  readonly server: FakeServer;
  readonly client: ChatClient;
  readonly connection: FakeConnection;
  readonly clock: VirtualClock;
}

/** A client on a virtual clock, welcomed by a fake server. Jitter draws its middle. */
export async function meet(
  options: ChatClientOptions = {},
  welcome: Parameters<FakeConnection["welcome"]>[0] = {},
): Promise<Meeting> {
  const server = startServer();
  const clock = new VirtualClock();
  const fixed = { port: server.port, clock, random: () => 0.5 };
  const [client, connection] = await Promise.all([
    connectChat({ ...fixed, ...options }),
    server.accept().then(async (connection) => {
      await connection.welcome(welcome);
      return connection;
    }),
  ]);
  open.push({ server, client });
  return { server, client, connection, clock };
}

/** Reads until an event of the type comes; what came before it is passed over. */
export async function nextOf<T extends ChatClientEvent["type"]>(
  events: AsyncIterator<ChatClientEvent>,
  type: T,
): Promise<Extract<ChatClientEvent, { type: T }>> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) throw new Error(`the events ended before "${type}"`);
    if (value.type === type) return value as Extract<ChatClientEvent, { type: T }>;
  }
}

/** Reads until the client's state has this phase. */
export async function nextPhase(events: AsyncIterator<ChatClientEvent>, phase: string) {
  for (;;) {
    const { state } = await nextOf(events, "state");
    if (state.phase === phase) return state;
  }
}

/** The MaruError that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<MaruError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MaruError)) throw new Error(`expected a MaruError, got ${error}`);
  return error;
}
