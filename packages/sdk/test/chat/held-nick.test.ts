// A nick that one's own lost connection holds: taken back by its session, or waited for.

import { afterEach, expect, test } from "bun:test";
import { VirtualClock } from "@maru/testkit";
import { type ChatClient, type ChatClientOptions, openChat } from "../../src/chat/mod.ts";
import type { FakeServer } from "./fake-server.ts";
import { endMeetings, nextPhase, startServer } from "./meet.ts";

const clients: ChatClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close({ deadlineMs: 0 })));
  await endMeetings();
});

async function start(options: ChatClientOptions) {
  const server = startServer();
  const clock = new VirtualClock();
  const fixed = { port: server.port, clock, random: () => 0.5, nick: "ann" };
  const client = openChat({ ...fixed, ...options });
  clients.push(client);
  return { server, clock, client, events: client.events() };
}

async function refuse(server: FakeServer) {
  const connection = await server.accept();
  const hello = await connection.expect("hello");
  const error = { code: "nick_taken", message: "In use.", retryable: true, field: "nick" };
  connection.say({ type: "error", re: hello.id, ...error });
  return hello;
}

test("the first hello shows the session that is given, the next ones the newest", async () => {
  const heard: string[] = [];
  const onWelcome = ({ session }: { session: string }) => heard.push(session);
  const { server, events, clock } = await start({ resume: "earlier", onWelcome });
  const connection = await server.accept();
  expect(await connection.welcome()).toMatchObject({ nick: "ann", resume: "earlier" });
  await nextPhase(events, "online");
  connection.drop();
  await nextPhase(events, "waiting");
  clock.advance(125);
  expect(await (await server.accept()).welcome()).toMatchObject({ resume: "token-1" });
  await nextPhase(events, "online");
  expect(heard).toEqual(["token-1", "token-1"]);
});

test("a nick in use is asked for again until it is free, and the person is told why", async () => {
  const { server, events, clock } = await start({ nickWaitMs: 60_000, resume: "unknown" });
  for (const left of [60, 58, 56]) {
    expect(await refuse(server)).toMatchObject({ resume: "unknown" });
    const waiting = await nextPhase(events, "waiting");
    if (waiting.phase !== "waiting") throw new Error("not waiting");
    expect(waiting.reason.code).toBe("nick_taken");
    expect(waiting.reason.message).toBe(
      `The nick "ann" is still in use, perhaps by your own lost connection: asked for again, for another ${left} seconds.`,
    );
    expect(waiting.untilMs - clock.nowMs()).toBe(2_000);
    clock.advance(2_000);
  }
  await (await server.accept()).welcome();
  expect(await nextPhase(events, "online")).toMatchObject({ nick: "ann" });
});

test("at the end of that time it is another's", async () => {
  const { server, events, clock, client } = await start({ nickWaitMs: 3_000 });
  await refuse(server);
  await nextPhase(events, "waiting");
  clock.advance(2_000);
  await refuse(server);
  const last = await nextPhase(events, "waiting");
  expect(last.phase === "waiting" && last.untilMs - clock.nowMs()).toBe(1_000);
  clock.advance(1_000);
  await refuse(server);
  expect(await client.closed()).toMatchObject({ code: "nick_taken", message: "In use." });
});

test.each([
  ["unless it is asked for", {}],
  ["where nothing is tried again", { nickWaitMs: 60_000, reconnect: false } as const],
])("a nick in use is the end %s", async (_, options) => {
  const { server, client } = await start(options);
  await refuse(server);
  expect(await client.closed()).toMatchObject({ code: "nick_taken" });
});
