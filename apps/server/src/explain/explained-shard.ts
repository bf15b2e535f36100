// What each worker of an explained server runs: a shard that speaks the chat protocol, observed.

import { getEnvironmentData } from "node:worker_threads";
import { runShard } from "@maru/core/shard";
import { chatProtocol } from "@maru/protocol/chat";
import { Chosen } from "./chosen.ts";
import { boundedTell } from "./observation.ts";
import { channelName, chosenKey } from "./shard-channel.ts";
import { watchShard } from "./shard-watch.ts";

const channel = new BroadcastChannel(channelName);
// The worker ends when its port to the main thread is closed.
channel.unref();
const chosen = new Chosen(getEnvironmentData(chosenKey) as unknown as SharedArrayBuffer);
const tell = boundedTell((observation) => channel.postMessage(observation));

runShard({
  protocol: chatProtocol,
  observer: (shard) => watchShard(`shard ${shard}`, chosen, tell),
});
