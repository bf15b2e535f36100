// The process of those who page deep and search without a pause: `reader-process.ts PORT READERS
// ENTRIES`. Says `reading` when all have begun, reads until its input ends, then says how much.
// Apart from those who talk, so that what it costs to read is not taken for delay.

import { SeededRandom } from "@maru/testkit";
import { WireClient } from "../../harness/wire-client.ts";
import { pageAnywhere, searches } from "./asks.ts";
import { roomName } from "./said.ts";

const [port = 0, readers = 0, entries = 0] = process.argv.slice(2).map(Number);
const kinds = Object.values(searches);
const read = { pages: 0, searches: 0 };
let isOver = false;

async function join(index: number): Promise<WireClient> {
  const client = await WireClient.greet(port, `reader-${index}`);
  await client.ask({ type: "join", room: roomName });
  return client;
}

async function readOn(client: WireClient, index: number): Promise<void> {
  const random = new SeededRandom(1_000 + index);
  for (let turn = index; !isOver; turn++) {
    const isPage = index % 2 === 0;
    const kind = isPage ? pageAnywhere : kinds[turn % kinds.length];
    if (kind === undefined) return;
    await client.ask(kind(entries, random).command);
    read[isPage ? "pages" : "searches"] += 1;
  }
}

const clients = await Promise.all(Array.from({ length: readers }, (_, index) => join(index)));
const beganMs = performance.now();
const reading = clients.map(readOn);
process.stdout.write("reading\n");
process.stdin.resume().once("end", () => {
  isOver = true;
});
await Promise.all(reading);
const seconds = (performance.now() - beganMs) / 1000;
process.stdout.write(`${JSON.stringify({ ...read, seconds })}\n`);
process.exit(0);
