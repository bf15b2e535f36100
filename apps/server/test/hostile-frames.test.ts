// Five thousand mutated frames against the live process: each peer gets typed answers or a close that
// tells why, the process lives, and an honest client beside them is served all the while.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import { announceSeed, type PeerMessage, processTestMs, SeededRandom } from "@maru/testkit";
import { connect, endServers, greet, hello, start } from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

const connections = 100;
const framesEach = 50;

const honest = [
  { type: "join", id: 2, room: "로비", after: 0 },
  { type: "send", id: 3, room: "로비", text: "안녕 👨‍👩‍👧‍👦", cid: "c", replyTo: 1 },
  { type: "history", id: 4, room: "로비", before: 5, limit: 3 },
  { type: "nick", id: 5, nick: "누구" },
  { type: "topic", id: 6, room: "로비", topic: "마루" },
  { type: "who", id: 7, room: "로비", after: "a" },
  { type: "rooms", id: 8 },
  { type: "leave", id: 9, room: "로비" },
  { type: "send", id: 10, room: "@a+b", text: "psst" },
  { type: "ping", id: 11 },
];

const oddities = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  "",
  "\u0000",
  "\ud800",
  "x".repeat(9_000),
  "@",
  "@a+b+c",
  "__proto__",
  [],
  [[[[]]]],
  {},
  { id: 1 },
];

/** A frame that is nearly right: other values, other keys, or other bytes. */
function mutated(random: SeededRandom): Uint8Array {
  const message: Record<string, unknown> = { ...random.pick(honest) };
  const kind = random.below(5);
  if (kind === 0) message[random.pick(Object.keys(message))] = random.pick(oddities);
  if (kind === 1) message[random.pick(["__proto__", "constructor", "extra", "resume"])] = 1;
  if (kind === 2) delete message[random.pick(Object.keys(message))];
  const payload = Buffer.from(JSON.stringify(message));
  if (kind === 3) payload[random.below(payload.length)] = random.below(256);
  const frame = encodeFrame(payload);
  // Rarely a broken length: it ends the connection, and what follows is never read.
  if (kind === 4 && random.chance(0.1)) frame[random.below(4)] = random.below(256);
  return frame;
}

const isTyped = ({ type, code }: PeerMessage) =>
  (type !== "error" && type !== "close") || (typeof code === "string" && /^[a-z_]+$/.test(code));

test("mutated frames are answered by codes, and the process lives", async () => {
  const random = new SeededRandom(announceSeed("mutated frames"));
  const server = await start("--workers", "1", "--send-rate", "0", "--command-rate", "0");
  const observer = await greet(server, "observer");
  let answers = 0;
  for (let peer = 0; peer < connections; peer += 1) {
    const hostile = await connect(server);
    if (random.chance(0.8)) await hostile.send(hello(`peer-${peer}`));
    const frames = Array.from({ length: framesEach }, () => mutated(random));
    await hostile.sendBytes(Buffer.concat(frames));
    hostile.socket.end();
    await hostile.closed();
    expect(hostile.received.filter((message) => !isTyped(message))).toEqual([]);
    expect(JSON.stringify(hostile.received)).not.toMatch(/ZodError|invalid_type|at .*\.ts:/);
    answers += hostile.received.length;
    if (peer % 10 === 0) {
      expect(await observer.ask({ type: "ping", id: 2 + peer })).toMatchObject({ type: "pong" });
    }
  }
  expect(answers).toBeGreaterThan(connections);
  expect(await server.stop()).toBe(0);
  expect(server.output().stderr).not.toContain('"level":"ERROR"');
});
