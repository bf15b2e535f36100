// Starts the tests' server and stops it with the test; greets clients on real sockets.

import {
  FramePeer,
  type FramePeerOptions,
  LogWatch,
  type PeerMessage,
  WireClient,
} from "@maru/testkit";
import {
  type CreateService,
  type Server,
  type ShardObserver,
  startServer,
  type WebSocketOptions,
  type WhenServiceThrows,
} from "../../src/mod.ts";
import {
  type FloorCommand,
  type FloorLimits,
  type FloorMessage,
  floorProtocol,
} from "./floor-protocol.ts";
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

/** Says what a test wants, in the floor's protocol or not. */
export class FloorClient extends WireClient {
  readonly name: string;
  shard = 0;

  constructor(peer: FramePeer, name: string) {
    super(peer);
    this.name = name;
  }

  override tell(type: string, fields: object = {}): number {
    return super.tell(type, { ...fields });
  }

  override ask(type: string, fields: object = {}): Promise<PeerMessage> {
    return super.ask(type, { ...fields });
  }
}

/** Tries in a row that found the wrong shard; with two shards a fair coin doesn't fall so often. */
const triesMax = 200;

export async function startFloor(
  options: {
    workers?: number;
    placement?: "main" | "shard";
    listen?: { webSocket: WebSocketOptions };
    limits?: FloorLimits;
    onBug?: (error: Error) => void;
    observer?: ShardObserver;
    whenServiceThrows?: WhenServiceThrows;
    /** Another service that speaks the floor's protocol. */
    service?: CreateService<FloorCommand, FloorMessage>;
    /** Another module for the workers. */
    shard?: URL;
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
