/**
 * A peer for the fan-out bench: Socket.IO with its rooms, over WebSocket only. It parses every
 * event and encodes it again, once for all members; it checks nothing, numbers nothing and keeps nothing.
 */
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });

// As its documentation advises for memory: the first request of a connection is of no more use.
io.engine.on("connection", (connection: { request: unknown }) => {
  connection.request = null;
});

io.on("connection", (socket) => {
  socket.on("join", (room: string, joined: () => void) => {
    void socket.join(room);
    joined();
  });
  socket.on("message", (event: { room: string }) => {
    io.to(event.room).emit("message", event);
  });
});

http.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const address = http.address();
  const port = typeof address === "object" ? address?.port : undefined;
  process.stdout.write(`listening on 127.0.0.1:${port}\n`);
});
