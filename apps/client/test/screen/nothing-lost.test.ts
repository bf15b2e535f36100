// The server goes away and comes back, the client is killed and started again: what was typed is
// there, what was sent is stored once.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { endLogServers, LogServer } from "./log-server.ts";
import { endPeers, Peer, storedTexts } from "./peer.ts";
import { endScreens, newHome, ScreenClient } from "./screen-client.ts";

setDefaultTimeout(processTestMs);
afterAll(async () => {
  await endScreens();
  await endPeers();
  await endLogServers();
});

/** What a room holds, read by a client that was not there. */
async function roomTexts(port: number, room: string): Promise<string[]> {
  const reader = await Peer.in(room, port, "reader");
  const texts = await storedTexts(reader.client, room);
  await reader.client.close({ deadlineMs: 0 });
  return texts;
}

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`what is sent while the server is away (${signal}) waits, and is stored once`, async () => {
    const server = await LogServer.start();
    const client = await ScreenClient.start(server.address);
    const said = (at: number) => `말 ${at} 👍`;
    for (let at = 0; at < 5; at += 1) client.type(`${said(at)}\r`);
    if (signal === "SIGTERM") await client.shows(said(4));
    await server.stop(signal);
    await client.until(({ text }) => /reconnecting/.test(text));
    for (let at = 5; at < 10; at += 1) client.type(`${said(at)}\r`);
    client.type("half a thought");
    await client.until(({ text }) => / waiting\b/.test(text) && text.includes("half a thought"));
    await server.start();
    await client.until(({ text }) => /online/.test(text) && !/ (waiting|sending)\b/.test(text));
    expect(client.typed).toBe("half a thought");
    const texts = await roomTexts(server.port, "den");
    expect(texts).toEqual(Array.from({ length: 10 }, (_, at) => said(at)));
    expect(client.screen.overflows).toBe(0);
  });
}

test("killed at any moment, with the server there or not: drafts and what was sent come back", async () => {
  const server = await LogServer.start();
  const home = newHome();
  const said: string[] = [];
  let draft = "";
  let isUp = true;
  let seed = Date.now() % 2 ** 31;
  process.stdout.write(`seed of the kills: ${seed}\n`);
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let cycle = 0; cycle < 12; cycle += 1) {
    const client = new ScreenClient(server.address, { home });
    await client.until(({ lines }) => lines.at(-1) === `den> ${draft}`.trim());
    client.type("\x15");
    const count = 1 + random(6);
    for (let at = 0; at < count; at += 1) {
      const text = `cycle ${cycle} line ${at} 한글`;
      said.push(text);
      client.type(`${text}\r`);
    }
    draft = `draft of ${cycle} 초안`;
    client.type(draft);
    // What is seen in the line is on the disk; where the sends are by then is left to chance.
    await client.until(() => client.typed === draft);
    if (random(3) === 0) {
      if (isUp) await server.stop(random(2) === 0 ? "SIGKILL" : "SIGTERM");
      else await server.start();
      isUp = !isUp;
    }
    client.kill();
    await client.exited;
  }
  if (!isUp) await server.start();
  const last = await ScreenClient.start(server.address, { home });
  await last.until(({ text }) => !/ (waiting|sending)\b/.test(text) && last.typed === draft);
  expect(await roomTexts(server.port, "den")).toEqual(said);
});
