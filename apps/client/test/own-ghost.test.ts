// Clients that are started again while the server still believes in their lost connection, and
// clients that are started twice on purpose: real processes, behind a network that falls silent.

import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import {
  noFaults,
  processTestMs,
  SeededRandom,
  type ServerProcess,
  startFaultProxy,
} from "@maru/testkit";
import {
  endProcesses,
  type RunningClient,
  runClient,
  startClient,
  startServer,
} from "./processes.ts";
import { endScreens, ScreenClient } from "./screen/screen-client.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
let proxy: ReturnType<typeof startFaultProxy>;
let address: string;
let count = 0;
let nick: string;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await Promise.all([endProcesses(), endScreens()]);
  await server.stop();
});
/** Each test has another proxy, and so another place where clients keep their sessions. */
function startProxy(): void {
  const target = { hostname: "127.0.0.1", port: server.port };
  proxy = startFaultProxy({ target, random: new SeededRandom(1) });
  address = `127.0.0.1:${proxy.port}`;
  count += 1;
  nick = `ann${count}`;
}
afterEach(() => proxy.stop());

/** The clients that are connected now are lost, and neither end hears of it; later ones get through. */
function fallSilent(): void {
  for (const connection of proxy.connections) {
    for (const direction of ["upstream", "downstream"] as const) {
      connection.setFaults(direction, { ...noFaults, blackhole: true });
    }
  }
}

const programs: Record<string, { args: () => string[]; isThere: (c: RunningClient) => unknown }> = {
  tail: {
    args: () => ["tail", "--room", "den", "--nick", nick],
    isThere: (client) => client.said("joined den"),
  },
  "the chat in lines": {
    args: () => ["--plain", "--nick", nick, `maru://${address}/den`],
    isThere: (client) => client.printed("you are in den"),
  },
};

async function kill(client: RunningClient): Promise<void> {
  client.process.kill("SIGKILL");
  await client.finished();
}

test.each(Object.keys(programs))(
  "%s is back at once under its nick, and so is a send",
  async (name) => {
    startProxy();
    const program = programs[name];
    if (program === undefined) throw new Error(name);
    const first = startClient(address, ...program.args());
    await program.isThere(first);
    fallSilent();
    await kill(first);
    const again = startClient(address, ...program.args());
    await program.isThere(again);
    fallSilent();
    await kill(again);
    const sent = await runClient(address, ["send", "--room", "den", "--nick", nick, "I am back"]);
    expect([sent.code, sent.err]).toEqual([0, ""]);
  },
);

test("the full screen is back at once under its nick", async () => {
  startProxy();
  const first = await ScreenClient.start(address, { nick });
  fallSilent();
  first.kill("SIGKILL");
  await first.exited;
  const again = await ScreenClient.start(address, { nick, home: first.home });
  const second = new ScreenClient(address, { nick, home: first.home });
  expect(await second.exited).toBe(4);
  expect(second.raw).toContain(`process ${again.process.pid}`);
  again.type("hello\r");
  await again.shows("hello");
});

test("where its session is known no longer, the nick is waited for, in words", async () => {
  startProxy();
  const first = startClient(address, "tail", "--room", "den", "--nick", nick);
  await first.said("joined den");
  await kill(first);
  const holder = startClient(server.address, "tail", "--room", "den", "--nick", nick);
  await holder.said("joined den");
  const waiting = startClient(address, "send", "--room", "den", "--nick", nick, "at last");
  await waiting.said("is still in use, perhaps by your own lost connection");
  await kill(holder);
  const { code, err } = await waiting.finished();
  expect([code, err.match(/still in use/g)?.length]).toEqual([0, 1]);
});

test("an end that does not reach the server leaves the session to be taken back", async () => {
  startProxy();
  const first = startClient(address, "tail", "--room", "den", "--nick", nick);
  await first.said("joined den");
  fallSilent();
  first.process.kill("SIGTERM");
  expect((await first.finished()).code).toBe(143);
  const sent = await runClient(address, ["send", "--room", "den", "--nick", nick, "again"]);
  expect([sent.code, sent.err]).toEqual([0, ""]);
});

test("two of one person don't take the nick from each other, and the second is told who has it", async () => {
  startProxy();
  const first = startClient(address, "tail", "--room", "den", "--nick", nick);
  await first.said("joined den");
  for (let times = 0; times < 2; times += 1) {
    const second = await runClient(address, ["send", "--room", "den", "--nick", nick, "no"]);
    expect(second.code).toBe(4);
    expect(second.err).toContain(`process ${first.process.pid}`);
  }
  const sent = await runClient(address, ["send", "--room", "den", "the first still hears"]);
  expect(sent.code).toBe(0);
  await first.printed("the first still hears");
});

test("a nick that is another's is refused at once", async () => {
  startProxy();
  const holder = startClient(server.address, "tail", "--room", "den", "--nick", nick);
  await holder.said("joined den");
  const refused = await runClient(address, ["send", "--room", "den", "--nick", nick, "no"]);
  expect([refused.code, refused.err]).toEqual([
    4,
    "maru: The nick, or one that looks like it, is in use. (nick_taken) Choose another with --nick.\n",
  ]);
});
