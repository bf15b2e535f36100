// A real server on a port of its own, in memory, on a virtual clock, and
// the people who talk there. For pictures: each run shows the same to the last cell.

import { createChatService } from "@maru/chat";
import { createMemoryLog } from "@maru/chat/log-memory";
import { unlimitedConfig } from "@maru/chat/unlimited-config";
import { startServer } from "@maru/core";
import { chatProtocol } from "@maru/protocol/chat";
import { type ChatClient, connectChat } from "@maru/sdk/chat";
import { VirtualClock } from "@maru/testkit";

const megabyte = 1024 * 1024;
/** Long enough that nothing of it happens while a picture is made. */
const neverMs = 600_000;
const noTimes = { heartbeatMs: neverMs, presenceMs: neverMs, presenceCountMs: neverMs };

/** Local time, so that the same hour is drawn in every zone. */
const startMs = new Date(2026, 10, 22, 18, 40).getTime();

export interface ChatFixture {
  readonly port: number;
  readonly clock: VirtualClock;
  /** A client that is in these rooms; the same client for the same nick. */
  enter(nick: string, ...rooms: string[]): Promise<ChatClient>;
  end(): Promise<void>;
}

export async function openChatFixture(): Promise<ChatFixture> {
  const clock = new VirtualClock(startMs);
  const server = await startServer({
    protocol: chatProtocol,
    service: createChatService({
      config: { ...unlimitedConfig("maru"), ...noTimes },
      log: createMemoryLog({ memoryLogBytes: megabyte, epoch: "picture" }),
      now: clock.nowMs,
    }),
  });
  const people = new Map<string, ChatClient>();
  return {
    port: server.port,
    clock,
    async enter(nick, ...rooms) {
      const known = people.get(nick);
      const client = known ?? (await connectChat({ port: server.port, nick, eventsBuffered: 0 }));
      people.set(nick, client);
      for (const room of rooms) await client.join(room);
      return client;
    },
    async end() {
      await Promise.all([...people.values()].map((client) => client.close({ deadlineMs: 0 })));
      await server.stop();
    },
  };
}
