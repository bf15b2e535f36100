// 03 Broadcast: rooms, in which each hears what the others say.
// Teaches: a room is told once. The engine encodes the event once and hands the same bytes to every
// member but the one who said it, and no member's full socket delays another's.
// In place of: the chapter's array of sockets under a mutex, over which the thread that read a line
// loops with a blocking write; one full socket holds the lock, and with it all threads.

import { createProgram, wholeNumberWithin } from "@maru/command-line";
import { print, refuse, type ServiceContext, serve, startServer, stopAtSignals } from "@maru/core";
import { talk } from "./protocol.ts";

const { port } = createProgram("bun examples/03-broadcast/server.ts", print)
  .option("--port <PORT>", "0 picks a free one", wholeNumberWithin(0, 65_535), 8080)
  .parse()
  .opts<{ port: number }>();

const service = serve(talk, ({ rooms }: ServiceContext<typeof talk, { name: string }>) => ({
  greet: ({ name }) => ({ data: { name }, reply: {} }),
  commands: {
    join(peer, { room: asked }) {
      const room = rooms(asked);
      if (room.has(peer)) throw refuse("already_joined", "You are in that room.");
      const names = [...room.members].map(({ data }) => data.name);
      room.publish("came", { room: asked, name: peer.data.name });
      room.join(peer);
      return { names };
    },
    say(peer, { room: asked, text }) {
      const room = rooms(asked);
      if (!room.has(peer)) throw refuse("not_joined", "Join that room first.");
      room.publish("said", { room: asked, name: peer.data.name, text }, { except: peer });
      return { by: room.size - 1 };
    },
  },
  closed(peer) {
    for (const room of peer.rooms) {
      room.publish("left", { room: room.name, name: peer.data.name });
    }
  },
}));

const server = await startServer({ service, listen: { port } });
stopAtSignals(server);
print(`listening on ${server.hostname}:${server.port}\n`);

// Exercise: a member's terminal is suspended with Ctrl-Z, and the others go on talking. Where do the
// lines wait that it doesn't read, how many may that be, and what does the server do then? Make it
// visible, and prove that the others don't notice. 04-backpressure does.
