// A shard dies while people talk: its clients come back and miss nothing, the others notice nothing.
// The real server in this process (two workers), the real client library, real sockets.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { type ChatClient, connectChat } from "@maru/sdk/chat";
import { LogWatch, processTestMs } from "@maru/testkit";
import { startChatServer } from "../src/compose.ts";
import { ServerConfig } from "../src/config/server-config.ts";
import { dataDir, endServers } from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

const clientCount = 12;
const perClient = 150;
const total = clientCount * perClient;

interface Observer {
  readonly client: ChatClient;
  readonly texts: string[];
  readonly seqs: number[];
  connects: number;
  resets: number;
  /** Resolves when `total` messages have been seen. */
  readonly done: Promise<void>;
}

/** Joins and reads everything until all messages have come. */
async function observe(port: number, index: number): Promise<Observer> {
  const client = await connectChat({ port, nick: `w${index}`, reconnect: { minMs: 1, maxMs: 50 } });
  const seen = { client, texts: [] as string[], seqs: [] as number[], connects: 0, resets: 0 };
  const read = async () => {
    for await (const event of client.events()) {
      if (event.type === "state" && event.state.phase === "online") result.connects += 1;
      if (event.type === "reset") result.resets += 1;
      if (event.type !== "message") continue;
      result.texts.push(event.text);
      result.seqs.push(event.seq);
      if (result.texts.length === total) return;
    }
  };
  const result: Observer = Object.assign(seen, { done: Promise.resolve() });
  await client.join("floor");
  return Object.assign(result, { done: read() });
}

test("nothing is lost, doubled or reordered when a shard is killed under load", async () => {
  const log = new LogWatch();
  const config = ServerConfig.parse({ port: 0, workers: 2, sendRate: 0, data: dataDir() });
  const server = await startChatServer(config, "maru/test", log.log, (why) => {
    throw new Error(why);
  });
  try {
    const observers = await Promise.all(
      Array.from({ length: clientCount }, (_, index) => observe(server.port, index)),
    );
    const talk = async ({ client }: Observer, index: number) => {
      for (let n = 0; n < perClient; n += 1) {
        if (index === 0 && n === 50) await server.killShard(0);
        await client.send("floor", `${index}:${n}`);
      }
    };
    await Promise.all(observers.map(talk));
    await Promise.all(observers.map(({ done }) => done));
    const expected = Array.from({ length: total }, (_, seq) => seq + 1);
    const [first] = observers as [Observer];
    for (const { seqs, texts, resets } of observers) {
      expect(seqs).toEqual(expected);
      expect(texts).toEqual(first.texts);
      expect(resets).toBe(0);
    }
    expect(new Set(first.texts).size).toBe(total);
    for (let index = 0; index < clientCount; index += 1) {
      const own = first.texts.filter((text) => text.startsWith(`${index}:`));
      expect(own).toEqual(Array.from({ length: perClient }, (_, n) => `${index}:${n}`));
    }
    expect(await log.until("shard.lost")).toHaveLength(1);
    expect(await log.until("shard.respawned")).toHaveLength(1);
    // Each was connected once, and those of the lost shard once more.
    expect(observers.every(({ connects }) => connects === 1 || connects === 2)).toBe(true);
    await Promise.all(observers.map(({ client }) => client.close()));
  } finally {
    await server.stop();
  }
}, 30_000);
