// The whole client in a storm: of sizes, and of messages. No key is lost, and what is seen in the end
// is what a fresh draw shows.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { ownSequenceProblem } from "@maru/tui/terminal";
import { cellWidth } from "@maru/tui/text";
import { endProcesses, startServer } from "../processes.ts";
import { endPeers, Peer } from "./peer.ts";
import { endScreens, ScreenClient } from "./screen-client.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
});
afterAll(async () => {
  await endScreens();
  await endPeers();
  await endProcesses();
});

const seed = Date.now() % 2 ** 31;
afterAll(() => process.stdout.write(`seed of the storm: ${seed}\n`));

/** Numbers from 0 to 1, the same for the same seed. */
function randoms(from: number): () => number {
  let state = from;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A screen that a storm of sizes left, drawn anew by Ctrl-L. */
async function drawnAnew(client: ScreenClient): Promise<string[]> {
  const from = client.raw.length;
  client.type("\x0c");
  // Everything is written again, the row of the title among it.
  await client.wrote("\x1b[1;1H", from);
  await client.until(() => true);
  return client.lines;
}

test("200 sizes, while messages arrive and keys are typed: no key is lost, nothing stays behind", async () => {
  const client = await ScreenClient.start(server.address, { room: "sizes" });
  const bob = await Peer.in("sizes", server.port);
  const random = randoms(seed);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  let typed = "";
  const sent: Promise<unknown>[] = [];
  for (let at = 0; at < 200; at += 1) {
    const columns = at % 20 === 0 ? 1 : between(1, 250);
    client.resize(columns, at % 20 === 0 ? 1 : between(1, 80));
    const letter = ["가", "b", "👍", "각", "7"][at % 5] ?? "";
    typed += letter;
    client.type(letter);
    sent.push(bob.client.send("sizes", `message ${at} ${"말 ".repeat(between(0, 60))}`));
    if (at % 3 === 0) await turn();
    // Now and then the client is to draw the size that it has.
    if (at % 10 === 0) await sent.at(-1);
  }
  await Promise.all(sent);
  client.resize(100, 30);
  // A frame of another size may still be on its way: the last one fills the row of the title.
  await client.until(({ text, lines }) => {
    const isLast = cellWidth(lines[0] ?? "") === 100 && text.includes("message 199");
    return isLast && text.replaceAll(/\s/g, "").includes(typed);
  });
  const seen = client.lines;
  expect(await drawnAnew(client)).toEqual(seen);
  client.type("\r");
  await bob.until((heard) => heard.length > 0);
  expect(bob.heard).toEqual([typed]);
  expect(ownSequenceProblem(client.raw)).toBeNull();
});

test("a size that goes and comes back at once leaves no hole", async () => {
  const client = await ScreenClient.start(server.address, { room: "back", nick: "eve" });
  client.type("kept");
  await client.until(() => client.typed === "kept");
  for (let at = 0; at < 20; at += 1) {
    const { lines } = client;
    // What a terminal cuts away is gone, though the client may hear of neither size.
    client.resize(30, 5);
    client.resize(100, 24);
    await client.until((screen) => screen.lines.join("\n") === lines.join("\n"));
  }
});

test("10,000 messages as fast as they come: what is typed meanwhile arrives in order", async () => {
  const client = await ScreenClient.start(server.address, { room: "flood", nick: "fay" });
  const senders = await Promise.all(
    ["s1", "s2"].map((nick) => Peer.in("flood", server.port, nick)),
  );
  const [first] = senders;
  if (first === undefined) throw new Error("no sender");
  const letters = Array.from({ length: 300 }, (_, at) => ["가", "b", "👍", "é", "7"][at % 5] ?? "");
  const beganMs = performance.now();
  const sent: Promise<unknown>[] = [];
  let at = 0;
  for (const [index, letter] of letters.entries()) {
    for (; at < ((index + 1) * 10_000) / letters.length; at += 1) {
      const sender = senders[at % senders.length];
      if (sender !== undefined) sent.push(sender.client.send("flood", `message ${at} 안녕하세요`));
    }
    client.type(letter);
    await Promise.all(senders.map((sender) => sender.client.drained(64 * 1024)));
  }
  await Promise.all(sent);
  const tookMs = performance.now() - beganMs;
  client.type("\r");
  await first.until((heard) => heard.includes(letters.join("")));
  await first.client.send("flood", "that was all");
  await client.shows("that was all");
  process.stdout.write(`${Math.round(10_000_000 / tookMs)} messages/s were sent\n`);
  expect(client.problem).toBeNull();
  expect(client.screen.overflows).toBe(0);
});
