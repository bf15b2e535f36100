// The two sides of 04-backpressure's feed: `follow` reads (suspend it with Ctrl-Z), `pour` writes until
// a reader is cut, and shows what the server counts meanwhile.

import { createProgram, wholeNumberWithin } from "@maru/command-line";
import { print } from "@maru/core";
import { connect } from "@maru/sdk";
import { feed } from "./protocol.ts";

const program = createProgram("bun examples/04-backpressure/client.ts", print)
  .argument("<SIDE>", "follow or pour")
  .option("--port <PORT>", "where the server is", wholeNumberWithin(1, 65_535), 8080)
  .option("--drops <N>", "how many to pour at most", wholeNumberWithin(1, 100_000), 1_000)
  .parse();
const { port, drops } = program.opts<{ port: number; drops: number }>();
const client = await connect(feed, { port, reconnect: false });

async function follow(): Promise<void> {
  await client.call("follow", {});
  print("following\n");
  let [count, last] = [0, 0];
  for await (const event of client.events()) {
    if (event.type === "$state" && event.state.phase === "closed") {
      print(`cut: ${event.state.reason.code}\n`);
    }
    if (event.type !== "drop") continue;
    if (count > 0 && event.n !== last + 1) throw new Error(`drop ${last + 1} is missing`);
    last = event.n;
    count += 1;
    if (event.isLast) break;
  }
  print(`read ${count}, none missing\n`);
}

async function pour(): Promise<void> {
  for (let count = 1, isLast = false; !isLast; count += 1) {
    isLast = count === drops;
    const figures = await client.call("pour", { text: "x".repeat(60_000), isLast });
    if (count % 20 === 0 || isLast || figures.cut > 0) print(`${JSON.stringify(figures)}\n`);
    if (figures.cut > 0) break;
  }
}

await (program.args[0] === "pour" ? pour() : follow());
await client.close();
