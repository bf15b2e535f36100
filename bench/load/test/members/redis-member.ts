// A member behind Redis' RESP3, on one connection for both directions.

import { ByteStream, textOf } from "./byte-stream.ts";
import type { Join } from "./member.ts";

type Value = string | readonly Value[];

export const joinRedis: Join = async ({ port, room }) => {
  const stream = await ByteStream.open(port);
  const send = (...words: readonly string[]) =>
    stream.write(
      `*${words.length}\r\n`,
      ...words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`),
    );
  /** What the next push of that kind carries. */
  const next = async (kind: string): Promise<Value | undefined> => {
    for (;;) {
      const value = await read(stream);
      if (Array.isArray(value) && value[0] === kind) return value[2];
    }
  };
  send("HELLO", "3");
  send("SUBSCRIBE", room);
  await next("subscribe");
  return {
    say: (text) => send("PUBLISH", room, text),
    heard: async () => String(await next("message")),
    close: () => stream.close(),
  };
};

/** Numbers stay text, and maps become lists: nothing here needs more. */
async function read(stream: ByteStream): Promise<Value> {
  const line = await stream.line();
  const [kind, rest] = [line[0] ?? "", line.slice(1)];
  if (kind === "$") return textOf((await stream.take(Number(rest) + 2)).subarray(0, Number(rest)));
  if (!"*>%".includes(kind)) return rest;
  const values: Value[] = [];
  const count = Number(rest) * (kind === "%" ? 2 : 1);
  while (values.length < count) values.push(await read(stream));
  return values;
}
