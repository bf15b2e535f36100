// Pastes into the whole client: they go into the line, never out of it.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { endProcesses, startServer } from "../processes.ts";
import { endPeers, Peer, storedTexts } from "./peer.ts";
import { endScreens, ScreenClient } from "./screen-client.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
let bob: Peer;
let client: ScreenClient;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
  client = await ScreenClient.start(server.address);
  bob = await Peer.in("den", server.port);
});
afterAll(async () => {
  await endScreens();
  await endPeers();
  await endProcesses();
});

const lines = Array.from({ length: 500 }, (_, at) => `줄 ${at + 1} of it`);
const pasted = (text: string) => `\x1b[200~${text}\x1b[201~`;
const question = "Paste 500 lines";

test("a paste of 500 lines is asked about, and Escape drops it", async () => {
  client.type(pasted(lines.join("\r")));
  await client.shows(question);
  client.type("\x1b");
  await client.until(({ text }) => !text.includes(question));
  expect(client.typed).toBe("");
});

test("Enter puts it into the input; nothing is sent before another Enter sends all of it", async () => {
  client.type(pasted(lines.join("\r\n")));
  await client.shows(question);
  client.type("\r");
  await client.until(({ text }) => !text.includes(question) && text.includes("줄 500 of it"));
  expect(await storedTexts(bob.client, "den")).toEqual([]);
  client.type("!\r");
  await bob.until((heard) => heard.length > 0);
  expect(bob.heard.splice(0)).toEqual([`${lines.join("\n")}!`]);
});

test("Ctrl-J puts it in as one line, and letters do nothing", async () => {
  client.type(pasted(lines.slice(0, 20).join("\n")));
  await client.shows("Paste 20 lines");
  client.type("yjnd \n");
  await client.until(({ text }) => !text.includes("Paste 20 lines"));
  client.type("\r");
  await bob.until((heard) => heard.length > 0);
  expect(bob.heard.splice(0)).toEqual([lines.slice(0, 20).join(" ")]);
});

test("a small paste goes in at once, without what would obey or send", async () => {
  client.type(`<${pasted("one\rtwo\x03\x1b[2J\x04three\t!")}>`);
  await client.until(({ text }) => text.includes("three"));
  client.type("\r");
  await bob.until((heard) => heard.length > 0);
  expect(bob.heard.splice(0)).toHaveLength(1);
  expect(await storedTexts(bob.client, "den")).toHaveLength(3);
});

test("a paste whose end never comes is asked about, and the keyboard comes back", async () => {
  client.type("\x1b[200~half of a paste");
  await client.shows("its end did not come");
  client.type("\x1b");
  await client.until(({ text }) => !text.includes("its end did not come"));
  client.type("after\r");
  await bob.until((heard) => heard.length > 0);
  expect(bob.heard.splice(0)).toEqual(["after"]);
  expect(client.screen.overflows).toBe(0);
});
