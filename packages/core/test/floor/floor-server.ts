// Starts the tests' server and stops it with the test; greets clients on real sockets.

import { FramePeer, type FramePeerOptions, LogWatch, type PeerMessage } from "@maru/testkit";
import { type CreateService, type EngineLimits, type Server, startServer } from "../../src/mod.ts";
import { type FloorCommand, type FloorMessage, floorProtocol } from "./floor-protocol.ts";
import { type FloorWatch, watchedFloor } from "./floor-service.ts";

export interface FloorServer {
  readonly server: Server;
  readonly watch: FloorWatch;
  readonly logged: LogWatch;
  /** A connection that has not greeted. */
  connect(options?: Partial<FramePeerOptions>): Promise<FramePeer>;
  /** One that has. */
  enter(name: string, options?: Partial<FramePeerOptions>): Promise<FloorClient>;
  /** One in the given shard: the kernel chooses, so others may be tried and left. */
  enterShard(name: string, shard: number): Promise<FloorClient>;
  stop(): Promise<void>;
}

export class FloorClient {
  readonly peer: FramePeer;
  readonly name: string;
  shard = 0;
  #lastId = 0;

  constructor(peer: FramePeer, name: string) {
    this.peer = peer;
    this.name = name;
  }

  /** Sends a command and goes on; its id is returned. */
  tell(type: string, fields: object = {}): number {
    this.#lastId += 1;
    void this.peer.send({ type, id: this.#lastId, ...fields });
    return this.#lastId;
  }

  /** Sends a command and takes everything up to its answer. */
  ask(type: string, fields: object = {}): Promise<PeerMessage> {
    const id = this.tell(type, fields);
    return this.peer.next(({ re }) => re === id);
  }

  async close(): Promise<void> {
    this.peer.socket.end();
    await this.peer.closed();
  }
}

/** Tries in a row that found the wrong shard; with two shards a fair coin doesn't fall so often. */
const triesMax = 200;

export async function startFloor(
  options: {
    workers?: number;
    placement?: "main" | "shard";
    limits?: Partial<EngineLimits>;
    onBug?: (error: Error) => void;
    /** Another service that speaks the floor's protocol. */
    service?: CreateService<FloorCommand, FloorMessage>;
  } = {},
): Promise<FloorServer> {
  const { watch, createFloor } = watchedFloor();
  const logged = new LogWatch();
  const server = await startServer({
    protocol: floorProtocol,
    service: createFloor,
    shard: new URL("./floor-shard.ts", import.meta.url),
    log: logged.log,
    ...options,
  });
  const connect = (given: Partial<FramePeerOptions> = {}) =>
    FramePeer.connect({ port: server.port, ...given });
  const enter = async (name: string, given: Partial<FramePeerOptions> = {}) => {
    const client = new FloorClient(await connect(given), name);
    client.shard = (await client.ask("hello", { name })).shard as number;
    return client;
  };
  const enterShard = async (name: string, shard: number) => {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const client = await enter(name);
      if (client.shard === shard) return client;
      await client.close();
    }
    throw new Error(`the kernel never chose shard ${shard}`);
  };
  return { server, watch, logged, connect, enter, enterShard, stop: () => server.stop() };
}
