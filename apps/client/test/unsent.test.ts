// What waits in the outbox, against the real server: it counts once, in order, whichever client sends it and
// however often it is refused for now.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { connectChat } from "@maru/sdk/chat";
import { processTestMs } from "@maru/testkit";
import { endProcesses, startServer } from "./processes.ts";

setDefaultTimeout(processTestMs);

afterAll(endProcesses);

test("a client that is destroyed leaves what it said to the next, and each is stored once", async () => {
  const server = await startServer();
  const first = await connectChat({ port: server.port, nick: "ann" });
  await first.join("den");
  const { seq } = await first.send("den", "zero");
  const put = [
    first.send("den", "one"),
    first.edit("den", seq, "null"),
    ...["two", "three"].map((text) => first.send("den", text)),
    first.topic("den", "numbers"),
  ];
  for (const promise of put) promise.catch(() => {});
  const unsent = first.unsent();
  expect(unsent.map(({ type }) => type)).toEqual(["send", "edit", "send", "send", "topic"]);
  // Some of it is on the wire by now, or stored, and some is not: whichever, nothing counts twice.
  await first.close({ deadlineMs: 0 });

  const second = await connectChat({ port: server.port, nick: "ann", eventsBuffered: 0 });
  void second.join("den");
  const taken = await Promise.all(second.resend(JSON.parse(JSON.stringify(unsent))));
  const again = await Promise.all(second.resend(unsent));
  expect(again.map(({ seq: place }) => place)).toEqual(taken.map(({ seq: place }) => place));
  expect(again.every(({ duplicate }) => duplicate)).toBe(true);
  const { entries } = await second.history("den");
  expect(entries.map(({ type }) => type)).toEqual([
    "message",
    "message",
    "edit",
    "message",
    "message",
    "topic",
  ]);
  expect(entries.flatMap((entry) => (entry.type === "message" ? [entry.text] : []))).toEqual([
    "null",
    "one",
    "two",
    "three",
  ]);
  await second.close();
  await server.stop();
});

test("edits beyond the server's rate wait and go again, and the last one stands", async () => {
  const server = await startServer(0, "--command-rate", "50", "--command-burst", "5");
  const client = await connectChat({ port: server.port, nick: "ann", eventsBuffered: 0 });
  await client.join("den");
  const { seq } = await client.send("den", "0");
  const edits = Array.from({ length: 30 }, (_, n) => client.edit("den", seq, String(n + 1)));
  const seqs = (await Promise.all(edits)).map((sent) => sent.seq);
  expect(seqs).toEqual(Array.from({ length: 30 }, (_, n) => seq + n + 1));
  const { entries } = await client.history("den", { before: seq + 1 });
  expect(entries).toMatchObject([{ type: "message", text: "30" }]);
  await client.close();
  await server.stop();
});
