// The terminal of 03-broadcast: each line that is typed is said in the room, what others say is printed.

import { createInterface } from "node:readline";
import { createProgram, wholeNumberWithin } from "@maru/command-line";
import { print } from "@maru/core";
import { connect } from "@maru/sdk";
import { talk } from "./protocol.ts";

const program = createProgram("bun examples/03-broadcast/client.ts", print)
  .argument("<NAME>", "who you are")
  .argument("<ROOM>", "where you talk")
  .option("--port <PORT>", "where the server is", wholeNumberWithin(1, 65_535), 8080)
  .parse();
const [name, room] = program.args as [string, string];
const { port } = program.opts<{ port: number }>();

const client = await connect(talk, { port, greeting: { name } });
const fail = (error: Error) => process.stderr.write(`${error.message}\n`);

async function listen(): Promise<void> {
  for await (const event of client.events()) {
    if (event.type === "$state" && event.state.phase === "online") {
      // Now, and after each reconnect: a new connection is in no room.
      client.call("join", { room }).then(({ names }) => {
        print(`in ${room} with ${names.join(", ") || "no one else"}\n`);
      }, fail);
    }
    if (event.type === "came") print(`${event.name} came\n`);
    if (event.type === "said") print(`${event.name}: ${event.text}\n`);
    if (event.type === "left") print(`${event.name} left\n`);
  }
}

void listen();
for await (const text of createInterface({ input: process.stdin })) {
  await client.call("say", { room, text }).catch(fail);
}
await client.close();
