// A reader who lags: nothing is dropped, memory stays bounded, and replies still get through.

import { afterEach, expect, test } from "bun:test";
import type { ChatClient } from "../../src/chat/mod.ts";
import { entry } from "./fake-server.ts";
import { endMeetings, meet, nextOf } from "./meet.ts";

afterEach(endMeetings);

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function joined(eventsBuffered: number) {
  const met = await meet({ eventsBuffered });
  const joining = met.client.join("lobby");
  await met.connection.joined();
  await joining;
  return met;
}

async function readSeqs(client: ChatClient, count: number): Promise<number[]> {
  const events = client.events();
  const seqs: number[] = [];
  while (seqs.length < count) seqs.push((await nextOf(events, "message")).seq);
  await events.return?.();
  return seqs;
}

test("stops reading when unread events reach the bound, and loses none", async () => {
  const { client, connection } = await joined(16);
  const seqs = Array.from({ length: 500 }, (_, index) => index + 1);
  connection.sayAll(seqs.map((seq) => entry("lobby", seq, "x".repeat(1000))));
  for (let turns = 0; turns < 20; turns += 1) await turn();
  expect(await readSeqs(client, 500)).toEqual(seqs);
});

test("a reader may await a command between two events though more events are before its reply", async () => {
  const { client, connection } = await joined(4);
  const events = client.events();
  connection.sayAll([1, 2, 3, 4, 5, 6].map((seq) => entry("lobby", seq)));
  expect((await nextOf(events, "message")).seq).toBe(1);
  const answering = client.send("lobby", "answer");
  const send = await connection.expect("send");
  connection.sayAll([7, 8, 9, 10].map((seq) => entry("lobby", seq)));
  connection.say({ type: "sent", re: send.id, room: "lobby", seq: 11, at: 0, duplicate: false });
  expect((await answering).seq).toBe(11);
  expect((await nextOf(events, "message")).seq).toBe(2);
});

test("does not take a server for dead while it does not read itself", async () => {
  const { client, connection, clock } = await joined(2);
  connection.sayAll([1, 2, 3, 4].map((seq) => entry("lobby", seq)));
  await turn();
  await turn();
  clock.advance(1_000_000);
  expect(client.state.phase).toBe("online");
  expect(await readSeqs(client, 4)).toEqual([1, 2, 3, 4]);
});

test("keeps no events for a client that will never read them", async () => {
  const { client, connection } = await joined(0);
  connection.sayAll([1, 2, 3].map((seq) => entry("lobby", seq)));
  const pong = client.ping();
  const ping = await connection.expect("ping");
  connection.say({ type: "pong", re: ping.id });
  await pong;
  await client.close();
  const events = client.events();
  expect((await events.next()).done).toBe(true);
});

test("there is one reader at a time, and the next goes on where it stopped", async () => {
  const { client, connection } = await joined(16);
  connection.sayAll([1, 2].map((seq) => entry("lobby", seq)));
  const first = client.events();
  expect(() => client.events()).toThrow("one stream of events");
  expect((await nextOf(first, "message")).seq).toBe(1);
  await first.return?.();
  expect((await nextOf(client.events(), "message")).seq).toBe(2);
});
