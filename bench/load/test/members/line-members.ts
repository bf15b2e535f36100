// Members behind protocols of lines: IRC, and core NATS.

import { ByteStream, textOf } from "./byte-stream.ts";
import type { Join } from "./member.ts";

export const joinIrc: Join = async ({ port, room, nick }) => {
  const stream = await ByteStream.open(port);
  /** The parameters of the next such command or numeric reply, the prefix left out. */
  const next = async (wanted: string): Promise<string> => {
    for (;;) {
      const line = await stream.line();
      const [, command, parameters = ""] = /^(?::\S+ )?(\S+) ?(.*)$/.exec(line) ?? [];
      if (command === "PING") stream.write(`PONG ${parameters}\r\n`);
      if (command === wanted) return parameters;
    }
  };
  stream.write(`NICK ${nick}\r\nUSER ${nick} 0 * :${nick}\r\n`);
  await next("376");
  stream.write(`JOIN #${room}\r\n`);
  await next("366");
  return {
    say: (text) => stream.write(`PRIVMSG #${room} :${text}\r\n`),
    heard: async () => (await next("PRIVMSG")).replace(/^\S+ :/, ""),
    close: () => stream.close(),
  };
};

export const joinNats: Join = async ({ port, room }) => {
  const stream = await ByteStream.open(port);
  const next = async (wanted: string): Promise<string> => {
    for (;;) {
      const line = await stream.line();
      if (line === "PING") stream.write("PONG\r\n");
      if (line.startsWith(wanted)) return line;
    }
  };
  stream.write(`CONNECT {"verbose":false}\r\nSUB ${room} 1\r\nPING\r\n`);
  await next("PONG");
  return {
    say: (text) => stream.write(`PUB ${room} ${Buffer.byteLength(text)}\r\n${text}\r\n`),
    async heard() {
      const bytes = Number((await next("MSG ")).split(" ").at(-1));
      return textOf((await stream.take(bytes + 2)).subarray(0, bytes));
    },
    close: () => stream.close(),
  };
};
