// One message through the chat alone: hub, memory log, effects; no socket and no thread.

import { createChatService } from "@maru/chat";
import { createMemoryLog } from "@maru/chat/log-memory";
import type { Group, ServicePort, Session } from "@maru/core";
import type { ChatServerMessage } from "@maru/protocol/chat";
import { bench, group } from "mitata";

/** Messages of one tick. */
const perTick = 64;

/** A port that takes everything and says nothing. */
function silentPort(): ServicePort<ChatServerMessage> {
  const nothing = () => {};
  return {
    accept: nothing,
    reply: nothing,
    send: nothing,
    publish: nothing,
    createGroup: () => ({}) as Group,
    join: nothing,
    leave: nothing,
    close: nothing,
  };
}

function createChat() {
  let tokens = 0;
  const chat = createChatService({
    config: {
      server: "bench",
      heartbeatMs: 30_000,
      limits: {
        frameBytes: 65_536,
        textBytes: 8_192,
        inflight: 256,
        sendRate: 0,
        sendBurst: 1,
        roomsPerSession: 200,
        historyPage: 200,
      },
      roomsMax: 1_000,
      presenceNamesMax: 100,
      presenceCountMs: 1_000,
      replayEntriesMax: 1_000,
      replayBytesMax: 262_144,
      readBurstBytes: 524_288,
      readRateBytes: 8_388_608,
      createToken: () => {
        tokens += 1;
        return `token${tokens}`;
      },
    },
    log: createMemoryLog({ bytesMax: 67_108_864, epoch: "bench" }),
  })(silentPort());
  const session = { id: 1 } as Session;
  chat.open(session);
  chat.message(session, { type: "hello", id: 1, versions: [1], client: "bench", nick: "mina" });
  chat.message(session, { type: "join", id: 2, room: "lobby" });
  chat.endTick?.();
  return { chat, session };
}

export function hub(): void {
  group("hub", () => {
    const { chat, session } = createChat();
    const send = { type: "send", id: 3, room: "lobby", text: "x".repeat(64) } as const;
    bench(`a tick of ${perTick} messages`, () => {
      for (let message = 0; message < perTick; message += 1) chat.message(session, send);
      chat.endTick?.();
    });
    let cid = 0;
    bench(`a tick of ${perTick} messages, each with a cid`, () => {
      for (let message = 0; message < perTick; message += 1) {
        cid += 1;
        chat.message(session, { ...send, cid: `c${cid}` });
      }
      chat.endTick?.();
    });
  });
}
