// Two real clients in a conversation while one of them takes another nick, goes, and is written to.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { endProcesses, type RunningClient, startClient, startServer } from "./processes.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await endProcesses();
  await server.stop();
});

async function come(nick: string): Promise<RunningClient> {
  const client = startClient(server.address, "--plain", "--nick", nick, `${server.address}/den`);
  await client.printed("you are in den");
  return client;
}

function type(client: RunningClient, line: string): void {
  client.process.stdin.write(`${line}\n`);
  client.process.stdin.flush();
}

test("what is written to a nick that was given up, or has no holder, is told to its author", async () => {
  const [mina, jun] = [await come("mina"), await come("jun")];
  type(jun, "/msg mina one");
  await mina.printed("one");
  type(mina, "/nick mona");
  await jun.printed('"mina" is "mona" now: the conversation goes on in @mona.');
  await mina.printed('you were "mina" here, and are "mona" now: the conversation goes on in @jun.');
  type(jun, "/join @mina");
  type(jun, "to nobody");
  await jun.printed('not sent: "mina" is "mona" now');
  await jun.printed("(to nobody)");
  type(jun, "/join @mona");
  type(jun, "two");
  await mina.printed("two");
  mina.process.kill("SIGKILL");
  await jun.printed('"mona" has left');
  type(jun, "three");
  await jun.printed('"mona" is not here now: it is kept for when they come back');
  const again = await come("mona");
  type(again, "/join @jun");
  type(again, "/last");
  await again.printed("three");
  jun.process.kill("SIGTERM");
  const { out } = await jun.finished();
  expect(out.toString().match(/it is kept for when/g)).toHaveLength(1);
});
