// What each worker of the server runs: a shard that speaks the chat protocol.

import { runShard } from "@maru/core/shard";
import { chatProtocol } from "@maru/protocol/chat";

runShard({ protocol: chatProtocol });
