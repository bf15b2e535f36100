/**
 * A peer for the fan-out bench: the `ws` package with the broadcast loop of its README, a loop per
 * room. The path is the room; whatever a client sends goes, unread, to all in it. On Node
 * this is the package; Bun puts a `ws` of its own in its place.
 */
import { type WebSocket, WebSocketServer } from "ws";

const rooms = new Map<string, Set<WebSocket>>();

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2] ?? 0) });

server.on("connection", (socket, request) => {
  const path = request.url ?? "/";
  const room = rooms.get(path) ?? new Set();
  rooms.set(path, room.add(socket));
  socket.on("error", () => socket.terminate());
  socket.on("close", () => room.delete(socket));
  socket.on("message", (message, isBinary) => {
    for (const member of room) {
      if (member.readyState === member.OPEN) member.send(message, { binary: isBinary });
    }
  });
  socket.send("joined"); // tells the generator that what is said from now on reaches it
});

server.on("listening", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  process.stdout.write(`listening on 127.0.0.1:${port}\n`);
});
