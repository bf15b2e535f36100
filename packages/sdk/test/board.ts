// Both ends of a stranger's protocol, as the tests of the client for any protocol begin: a server that does
// what a test says, and a client on a virtual clock.

import { type FramePeer, FrameServer, VirtualClock } from "@maru/testkit";
import { type AnyConnectOptions, type Client, connect, MaruError } from "../src/mod.ts";
import { type Board, boardProtocol } from "./board-protocol.ts";

const servers: FrameServer[] = [];
const clients: { close(options: { deadlineMs: number }): Promise<void> }[] = [];

export function startBoard(): FrameServer {
  const server = new FrameServer();
  servers.push(server);
  return server;
}

/** Ends what the tests of a file have started; each file hooks it in itself. */
export function endBoards(): void {
  // On a clock that stands still a close waits for ever: what it waits for ends with the server.
  for (const client of clients.splice(0)) void client.close({ deadlineMs: 0 });
  for (const server of servers.splice(0)) server.stop();
}

/** The client is closed at the end of the test. */
export function kept<C extends { close(options: { deadlineMs: number }): Promise<void> }>(
  client: C,
): C {
  clients.push(client);
  return client;
}

/** Takes the greeting, and welcomes. */
export async function welcome(server: FrameServer, fields: object = {}): Promise<FramePeer> {
  const peer = await server.accept();
  const hello = await peer.next("hello");
  await peer.send({ type: "welcome", re: hello.id, name: "ann", heartbeatMs: 30_000, ...fields });
  return peer;
}

export interface Meeting {
  readonly server: FrameServer;
  readonly client: Client<Board>;
  readonly peer: FramePeer;
  readonly clock: VirtualClock;
}

/** A client that is welcomed; jitter draws its middle. */
export async function meetBoard(options: AnyConnectOptions = {}): Promise<Meeting> {
  const server = startBoard();
  const clock = new VirtualClock();
  const fixed = { port: server.port, clock, random: () => 0.5, greeting: { token: "t" } };
  const [client, peer] = await Promise.all([
    connect(boardProtocol, { ...fixed, ...options }),
    welcome(server),
  ]);
  return { server, client: kept(client), peer, clock };
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
