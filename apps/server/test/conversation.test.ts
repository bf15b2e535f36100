// A conversation through the real process, with each way to place the sockets.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import type { FramePeer, PeerMessage, ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { connect, endServers, greet, hello, start } from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

const lines = [
  "안녕하세요, 마루입니다",
  "👨‍👩‍👧‍👦 ZWJ",
  "한글 decomposed 가",
  "tab\tand\nline",
  '"\\"',
];

/** Three people in one room, and everything that they ought to hear. */
async function converse(server: ServerProcess): Promise<void> {
  const people = await Promise.all(["미나", "jun", "ИВАН"].map((nick) => greet(server, nick)));
  for (const peer of people) {
    expect(await peer.ask({ type: "join", id: 2, room: "로비" })).toMatchObject({ room: "로비" });
  }
  await Promise.all(
    people.map((peer) =>
      peer.send(...lines.map((text, at) => ({ type: "send", id: 10 + at, room: "로비", text }))),
    ),
  );
  const heard = await Promise.all(people.map((peer) => peer.take(15, "message")));
  expect(heard[0]?.map(({ seq }) => seq)).toEqual(Array.from({ length: 15 }, (_, at) => at + 1));
  for (const one of heard) expect(one).toEqual(heard[0] as PeerMessage[]);
  for (const nick of ["미나", "jun", "ИВАН"]) {
    const own = heard[0]?.filter(({ from }) => from === nick).map(({ text }) => text);
    expect(own).toEqual(lines);
  }
  for (const peer of people) expectSentFirst(peer);
  await returnAndCatchUp(server, people[0] as FramePeer);
}

/** Each line's acknowledgement has come before the line itself. */
function expectSentFirst({ received }: FramePeer): void {
  for (const [index, { type, seq }] of received.entries()) {
    if (type !== "sent") continue;
    const line = received.findIndex((other) => other.type === "message" && other.seq === seq);
    expect(line).toBeGreaterThan(index);
  }
}

/** The connection breaks; the session is resumed on another, and what was missed follows. */
async function returnAndCatchUp(server: ServerProcess, former: FramePeer): Promise<void> {
  const welcome = former.received.find(({ type }) => type === "welcome");
  const epoch = former.received.find(({ type }) => type === "joined")?.epoch;
  const latter = await connect(server);
  await latter.send({ ...hello("미나"), resume: welcome?.session });
  expect(await latter.next()).toMatchObject({ type: "welcome", nick: "미나" });
  expect(await former.next("close")).toMatchObject({ code: "replaced", reconnect: "never" });
  await former.closed();
  const joined = await latter.ask({ type: "join", id: 2, room: "로비", after: 12, epoch });
  expect(joined).toMatchObject({ recovered: true, head: 15 });
  expect((await latter.take(3, "message")).map(({ seq }) => seq)).toEqual([13, 14, 15]);
}

for (const workers of ["0", "1", "2", "auto"]) {
  test(`three people converse with --workers ${workers}`, async () => {
    const server = await start("--workers", workers);
    await converse(server);
    expect(await server.stop()).toBe(0);
  });
}
