// Telling that the outbox has changed, for a program that keeps it on disk.

import { afterEach, expect, test } from "bun:test";
import { endMeetings, failure, meet } from "./meet.ts";

afterEach(endMeetings);

test("tells of what is said and of what is acknowledged, and not of what is only written", async () => {
  const { client, connection } = await meet();
  const said = client.unsentChanged();
  const sends = [client.send("lobby", "a"), client.send("lobby", "b")];
  await said;
  expect(client.unsent()).toMatchObject([{ text: "a" }, { text: "b" }]);
  let times = 0;
  const acknowledged = client.unsentChanged().then(() => {
    times += 1;
  });
  const first = await connection.expect("send");
  const second = await connection.expect("send");
  const pong = client.ping();
  const ping = await connection.expect("ping");
  connection.say({ type: "pong", re: ping.id });
  await pong;
  expect(times).toBe(0);
  const sent = { type: "sent", room: "lobby", at: 0, duplicate: false } as const;
  connection.say({ ...sent, re: first.id, seq: 1 });
  await acknowledged;
  expect(client.unsent()).toMatchObject([{ text: "b" }]);
  const last = client.unsentChanged();
  connection.say({ ...sent, re: second.id, seq: 2 });
  await Promise.all([last, ...sends]);
  expect(client.unsent()).toEqual([]);
});

test("tells of what is said without a connection, and of what is given up", async () => {
  const { client, connection } = await meet();
  connection.drop();
  await connection.closed;
  const abort = new AbortController();
  const said = client.unsentChanged();
  const sending = failure(client.send("lobby", "a", { signal: abort.signal }));
  await said;
  const givenUp = client.unsentChanged();
  abort.abort();
  await Promise.all([givenUp, sending]);
  expect(client.unsent()).toEqual([]);
});

test("rejects at the end, when what is left can still be read", async () => {
  const { client, connection, clock } = await meet();
  const sending = failure(client.send("lobby", "a"));
  await connection.expect("send");
  const changed = failure(client.unsentChanged());
  const closing = client.close({ deadlineMs: 100 });
  clock.advance(100);
  await closing;
  await sending;
  expect((await changed).code).toBe("closed");
  expect(client.unsent()).toMatchObject([{ text: "a" }]);
});
