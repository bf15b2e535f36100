// A member behind MQTT 3.1.1 with quality of service 0.

import { ByteStream, textOf } from "./byte-stream.ts";
import type { Join } from "./member.ts";

const kinds = { connect: 0x10, connack: 0x20, publish: 0x30, subscribe: 0x82, suback: 0x90 };

export const joinMqtt: Join = async ({ port, room, nick }) => {
  const stream = await ByteStream.open(port);
  const next = async (wanted: number): Promise<Buffer> => {
    for (;;) {
      const [kind] = await stream.take(1);
      const body = await stream.take(await readLength(stream));
      if (kind === wanted) return body;
    }
  };
  const cleanSession = [4, 2, 0, 0];
  write(stream, kinds.connect, stringOf("MQTT"), cleanSession, stringOf(nick));
  await next(kinds.connack);
  write(stream, kinds.subscribe, [0, 1], stringOf(room), [0]);
  await next(kinds.suback);
  return {
    say: (text) => write(stream, kinds.publish, stringOf(room), Buffer.from(text)),
    async heard() {
      const body = await next(kinds.publish);
      return textOf(body.subarray(2 + body.readUInt16BE()));
    },
    close: () => stream.close(),
  };
};

/** With its length in two bytes before it. */
function stringOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}

function write(stream: ByteStream, kind: number, ...parts: (Uint8Array | number[])[]): void {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length: number[] = [];
  for (let rest = body.length; length.length === 0 || rest > 0; rest >>= 7) {
    length.push((rest & 127) | (rest > 127 ? 128 : 0));
  }
  stream.write(Buffer.from([kind, ...length]), body);
}

/** Seven bits a byte, the lowest first; the eighth says that there is more. */
async function readLength(stream: ByteStream): Promise<number> {
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = (await stream.take(1))[0] ?? 0;
    length |= (byte & 127) << shift;
    if (byte < 128) return length;
  }
}
