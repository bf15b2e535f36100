// Members behind a WebSocket: the plain one with the room as its path, and Socket.IO.

import { textOf } from "./byte-stream.ts";
import type { Join } from "./member.ts";

export const joinWebSocket: Join = async ({ port, room }) => {
  const { send, next, close } = await open(`ws://127.0.0.1:${port}/${room}`);
  await next();
  return { say: send, heard: next, close };
};

export const joinSocketIo: Join = async ({ port, room }) => {
  const url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
  const { send, next, close } = await open(url);
  const begins = async (kind: string): Promise<string> => {
    for (;;) {
      const packet = await next();
      if (packet === "2") send("3");
      if (packet.startsWith(kind)) return packet.slice(kind.length);
    }
  };
  await begins("0");
  send("40");
  await begins("40");
  send(`420${JSON.stringify(["join", room])}`);
  await begins("430");
  return {
    say: (text) => send(`42${JSON.stringify(["message", { room, text }])}`),
    async heard() {
      const [, event] = JSON.parse(await begins("42")) as [string, { text: string }];
      return event.text;
    },
    close,
  };
};

interface Frames {
  send(text: string): void;
  /** The payload of the next data frame, be it text or bytes. */
  next(): Promise<string>;
  close(): void;
}

async function open(url: string): Promise<Frames> {
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  const unread: string[] = [];
  let wake = () => {};
  let hasEnded = false;
  socket.addEventListener("message", ({ data }) => {
    unread.push(typeof data === "string" ? data : textOf(new Uint8Array(data)));
    wake();
  });
  const opened = Promise.withResolvers<void>();
  socket.addEventListener("open", () => opened.resolve());
  socket.addEventListener("close", () => {
    hasEnded = true;
    opened.reject(new Error("no WebSocket"));
    wake();
  });
  await opened.promise;
  return {
    send: (text) => socket.send(text),
    async next() {
      for (;;) {
        const payload = unread.shift();
        if (payload !== undefined) return payload;
        if (hasEnded) throw new Error("the connection has ended");
        const more = Promise.withResolvers<void>();
        wake = more.resolve;
        await more.promise;
      }
    },
    close: () => socket.close(),
  };
}
