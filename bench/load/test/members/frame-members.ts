// Members behind length frames: Maru's own protocol, and the bare one of the C references.

import { ByteStream, textOf } from "./byte-stream.ts";
import type { Join, Member } from "./member.ts";

/** The first frame names the room, and is answered. */
export const joinFrames: Join = async ({ port, room }) => {
  const stream = await ByteStream.open(port);
  write(stream, room.slice(1));
  await read(stream);
  return member(
    stream,
    (text) => text,
    () => read(stream),
  );
};

export const joinMaru: Join = async ({ port, room, nick }) => {
  const stream = await ByteStream.open(port);
  let id = 0;
  const command = (fields: object) => JSON.stringify({ ...fields, id: ++id });
  const next = async (type: string): Promise<{ readonly text?: unknown }> => {
    for (;;) {
      const message = JSON.parse(await read(stream)) as { type: string; text?: unknown };
      if (message.type === type) return message;
    }
  };
  write(stream, command({ type: "hello", versions: [1], client: "bench", nick }));
  await next("welcome");
  write(stream, command({ type: "join", room }));
  await next("joined");
  return member(
    stream,
    (text) => command({ type: "send", room, text }),
    async () => String((await next("message")).text),
  );
};

function member(
  stream: ByteStream,
  encode: (text: string) => string,
  heard: () => Promise<string>,
): Member {
  return { say: (text) => write(stream, encode(text)), heard, close: () => stream.close() };
}

function write(stream: ByteStream, payload: string): void {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(Buffer.byteLength(payload));
  stream.write(header, payload);
}

async function read(stream: ByteStream): Promise<string> {
  return textOf(await stream.take((await stream.take(4)).readUInt32BE()));
}
