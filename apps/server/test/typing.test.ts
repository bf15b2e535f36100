// Typing notices through the real process, and a client that was opened before the process was there.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { type ChatClientEvent, openChat } from "@maru/sdk/chat";
import { processTestMs } from "@maru/testkit";
import { endServers, greet, start } from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

for (const workers of ["0", "2"]) {
  test(`a notice reaches the room and nothing keeps it, with --workers ${workers}`, async () => {
    const server = await start("--workers", workers);
    const [mina, jun] = [await greet(server, "mina"), await greet(server, "jun")];
    for (const peer of [mina, jun]) await peer.ask({ type: "join", id: 2, room: "방" });
    expect(await mina.ask({ type: "typing", id: 3, room: "방" })).toEqual({
      type: "noted",
      re: 3,
    });
    expect(await jun.next("typing")).toEqual({ type: "typing", room: "방", from: "mina" });
    await mina.ask({ type: "typing", id: 4, room: "방", stopped: true });
    expect(await jun.next("typing")).toMatchObject({ from: "mina", stopped: true });
    expect(await mina.ask({ type: "typing", id: 5, room: "x" })).toMatchObject({
      code: "not_joined",
    });
    expect(await mina.ask({ type: "send", id: 6, room: "방", text: "done" })).toMatchObject({
      seq: 1,
    });
    const page = await jun.ask({ type: "history", id: 7, room: "방", limit: 9 });
    expect(page).toMatchObject({ head: 1, entries: [{ type: "message", text: "done" }] });
  });
}

test("a client that was opened while the server was down says everything once, in its order", async () => {
  const former = await start();
  const { port } = former;
  await former.stop();
  const reconnect = { minMs: 1, maxMs: 20 };
  await using client = openChat({ port, nick: "mina", retryFirst: true, reconnect });
  const joining = client.join("lobby");
  const sends = ["a", "b", "c"].map((text) => client.send("lobby", text));
  const heard: ChatClientEvent[] = [];
  let starting: Promise<unknown> | null = null;
  for await (const event of client.events()) {
    if (event.type === "state" && event.state.phase === "waiting") {
      starting ??= start("--port", `${port}`);
    }
    heard.push(event);
    if (event.type === "message" && event.text === "c") break;
  }
  await starting;
  expect((await joining).head).toBe(0);
  expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  const texts = heard.flatMap((event) => (event.type === "message" ? [event.text] : []));
  expect(texts).toEqual(["a", "b", "c"]);
  expect(heard.at(0)).toMatchObject({ type: "state", state: { phase: "connecting" } });
  const { entries } = await client.history("lobby");
  expect(entries.map((entry) => entry.type === "message" && entry.text)).toEqual(["a", "b", "c"]);
});
