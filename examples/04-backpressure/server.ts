// 04 Backpressure: one reader stops, and the others don't notice.
// Teaches: what a socket doesn't take waits for that one reader, up to `outboundBytes`; one byte more
// and it is cut at the end of a frame and told why. Memory has a bound, and no writer ever waits.
// In place of: the chapter's blocking write, which parks the thread, and the EPOLLOUT loop around a
// list without a bound, which a single suspended terminal fills until the process is killed.

import { createProgram, wholeNumberWithin } from "@maru/command-line";
import {
  print,
  type Server,
  type ServiceContext,
  serve,
  startServer,
  stopAtSignals,
} from "@maru/core";
import { feed } from "./protocol.ts";

const { port } = createProgram("bun examples/04-backpressure/server.ts", print)
  .option("--port <PORT>", "0 picks a free one", wholeNumberWithin(0, 65_535), 8080)
  .parse()
  .opts<{ port: number }>();

const service = serve(feed, ({ rooms }: ServiceContext<typeof feed>) => {
  let n = 0;
  return {
    commands: {
      follow: (peer) => rooms("followers").join(peer),
      pour(_peer, { text, isLast }) {
        n += 1;
        const followers = rooms("followers");
        followers.publish("drop", { n, text, isLast });
        const { deliveries, writesShort, slowConsumers } = server.counters();
        return { n, followers: followers.size, deliveries, writesShort, cut: slowConsumers };
      },
    },
    closed: (peer, code) => print(`peer ${peer.id} is gone: ${code}\n`),
  };
});

const outboundBytes = 262_144; // the default is 1 MiB; what the kernel keeps comes on top
const server: Server = await startServer({ service, listen: { port }, limits: { outboundBytes } });
stopAtSignals(server);
print(`listening on ${server.hostname}:${server.port}\n`);

// Exercise: let `pour` compute something that takes a second before it publishes. Now all notice, the
// readers that keep up too: they share one thread with the computation. Give the sockets threads of
// their own, and the computation another. 05-workers does.
