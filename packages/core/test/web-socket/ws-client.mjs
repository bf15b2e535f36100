// The `ws` package under Node as a client of the floor, through one stay that the service ends and one
// that ends itself; prints what it saw as JSON. Bun has a `ws` of its own, so this runs in Node alone.

import { WebSocket } from "ws";

const [port, ...texts] = JSON.parse(process.argv[2]);

async function stay(isToBeEnded) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ["floor.v1"]);
  const seen = { protocol: "", heard: [], pong: "", close: null };
  const closed = new Promise((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  const say = (message) => socket.send(JSON.stringify(message));
  socket.on("open", () => say({ type: "hello", id: 1, name: "ws" }));
  socket.on("pong", (payload) => {
    seen.pong = payload.toString();
    if (isToBeEnded) say({ type: "flood", id: 9, count: 3, bytes: 100, andClose: true });
    else socket.close(1000, "enough");
  });
  socket.on("message", (data) => {
    const message = JSON.parse(data.toString());
    if (message.type === "welcome") say({ type: "join", id: 2, room: "ws" });
    if (message.type === "joined") {
      for (const [at, text] of texts.entries()) say({ type: "say", id: 3 + at, room: "ws", text });
    }
    if (message.type !== "message") return;
    seen.heard.push(message.text);
    if (seen.heard.length === texts.length) socket.ping("here?");
  });
  seen.close = await closed;
  return { ...seen, protocol: socket.protocol };
}

process.stdout.write(JSON.stringify([await stay(true), await stay(false)]));
