// What is typed while the client starts, before it has the terminal: the terminal's own line discipline
// makes of Enter what Ctrl-J is later.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
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

test("a text and Enter are sent, as they are later", async () => {
  const bob = await Peer.in("early", server.port);
  const client = new ScreenClient(server.address, { room: "early" });
  client.type("typed at once\r");
  await bob.until((heard) => heard.length === 1);
  client.type("and Ctrl-J\nlater\r");
  await bob.until((heard) => heard.length === 2);
  expect(bob.heard).toEqual(["typed at once", "and Ctrl-J\nlater"]);
  client.type("/quit\r");
  expect(await client.exited).toBe(0);
});

test("several lines may have been pasted: they stay in the line, and are not sent", async () => {
  const client = new ScreenClient(server.address, { room: "lines", nick: "cat" });
  client.type("one\rtwo\r");
  await client.shows("lines> one");
  await client.shows("two");
  client.type("three");
  await client.shows("three");
  expect(client.screen.lines.join("\n")).not.toContain("◌");
});
