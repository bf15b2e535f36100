// An observer that writes down, as short words, what one floor's shard lets it see.

import type { ShardObserver } from "../../src/mod.ts";

export function createSeen(tell: (word: string) => void): ShardObserver {
  const typesOf = (frames: Uint8Array) =>
    [...new TextDecoder().decode(frames).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
  return {
    opened: ({ address }) => tell(`opened from ${address}`),
    read: (_connection, bytes) => tell(`read ${bytes.length}: ${typesOf(bytes)}`),
    batch: ({ commands, isPosted }) => tell(`batch of ${commands.length}, posted: ${isPosted}`),
    answered: (_id, answers, bytes) => tell(`send ${typesOf(bytes)}, answers ${answers}`),
    published: (_group, messages, bytes) => tell(`publish ${messages}: ${typesOf(bytes)}`),
    joined: () => tell("join"),
    left: () => tell("leave"),
    closing: (_id, frame) => tell(`close ${typesOf(frame)}`),
    wrote: ({ queue, inflight }, bytes, taken) =>
      tell(`wrote ${typesOf(bytes)}, all: ${taken === bytes.length}, ${queue.bytes}, ${inflight}`),
    flushed: () => tell("flushed"),
    closed: () => tell("closed"),
  };
}
