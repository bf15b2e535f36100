/**
 * A peer for the fan-out bench: Bun's own WebSocket server with its native `publish`.
 * The path is the room; whatever a client sends goes, unread, to all in the room. It checks
 * nothing, numbers nothing and keeps nothing, which is what makes it hard to beat.
 */
const roomOfPath = (url: string): string => new URL(url).pathname;

const server = Bun.serve<{ room: string }>({
  hostname: "127.0.0.1",
  port: Number(process.argv[2] ?? 0),
  fetch(request, self) {
    const upgraded = self.upgrade(request, { data: { room: roomOfPath(request.url) } });
    return upgraded ? undefined : new Response("WebSocket only", { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      socket.subscribe(socket.data.room);
      socket.send("joined"); // tells the generator that what is said from now on reaches it
    },
    message(socket, message) {
      server.publish(socket.data.room, message);
    },
  },
});

process.stdout.write(`listening on 127.0.0.1:${server.port}\n`);
