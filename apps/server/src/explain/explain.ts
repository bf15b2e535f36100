// `--explain`: one conversation told live on standard error, while it happens. Puts together what
// watches (the service here; the shard here or in workers) and what tells. Without the flag none of it
// is loaded.

import { setEnvironmentData } from "node:worker_threads";
import type { CreateRoomLog, LogTag } from "@maru/chat";
import type { CreateService, ShardObserver } from "@maru/core";
import type { ChatClientMessage, ChatServerMessage } from "@maru/protocol/chat";
import { Chosen } from "./chosen.ts";
import { Narrator } from "./narrator.ts";
import { boundedTell, type Observation } from "./observation.ts";
import { ServiceWatch } from "./service-watch.ts";
import { channelName, chosenKey } from "./shard-channel.ts";
import { watchShard } from "./shard-watch.ts";

export interface Explaining {
  service(
    create: CreateService<ChatClientMessage, ChatServerMessage>,
  ): CreateService<ChatClientMessage, ChatServerMessage>;
  log(create: CreateRoomLog<LogTag>): CreateRoomLog<LogTag>;
  /** For the shard on this thread; workers run `shard`. */
  readonly observer: ShardObserver;
  readonly shard: URL;
  /** Tells the rest. */
  end(): void;
}

/** Bytes that may wait for who reads standard error; what is more is not written. */
const waitingMax = 262_144;
/** Cells of a line where standard error is no terminal. */
const columnsDefault = 140;

/** `wanted`: the nick of the one to explain; null: the first that is welcomed. */
export function startExplaining(wanted: string | null): Explaining {
  const chosen = new Chosen();
  const narrator = new Narrator({
    write: (text) => {
      const isBehind = process.stderr.writableLength > waitingMax;
      if (!isBehind) process.stderr.write(text);
      return !isBehind;
    },
    columns: process.stderr.columns ?? columnsDefault,
  });
  const take = (observation: Observation) => narrator.take(observation);
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }) => take(data as Observation);
  // It alone keeps no process alive.
  channel.unref();
  setEnvironmentData(chosenKey, chosen.memory);
  const tell = boundedTell(take);
  const watch = new ServiceWatch(wanted, chosen, tell);
  const whom = wanted === null ? "the first connection that is welcomed" : wanted;
  process.stderr.write(`explain: waits for ${whom}\n`);
  return {
    service: (create) => watch.service(create),
    log: (create) => watch.log(create),
    observer: watchShard("shard 0", chosen, tell),
    shard: new URL("./explained-shard.ts", import.meta.url),
    end: () => narrator.end(),
  };
}
