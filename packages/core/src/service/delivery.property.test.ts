import { expect, test } from "bun:test";
import { type PeerMessage, SeededRandom } from "@maru/testkit";
import fc from "fast-check";
import { DrivenService, drivenProtocol, type Expected } from "../../test/driven-service.ts";
import type { SimulatedPeer } from "../../test/simulated-peer.ts";
import { SimulatedServer } from "../../test/simulated-server.ts";

const shards = 3;
const groups = 3;

const kinds = fc.oneof(
  { weight: 6, arbitrary: fc.constant("publish") },
  { weight: 4, arbitrary: fc.constant("publish-except") },
  { weight: 4, arbitrary: fc.constant("send") },
  { weight: 3, arbitrary: fc.constant("join") },
  { weight: 2, arbitrary: fc.constant("leave") },
  { weight: 2, arbitrary: fc.constant("connect") },
  { weight: 1, arbitrary: fc.constant("close") },
  { weight: 1, arbitrary: fc.constant("crash") },
);
/** One move, and how many steps of whatever else may happen follow it. */
const move = fc.record({
  kind: kinds,
  who: fc.nat({ max: 20 }),
  group: fc.nat({ max: groups - 1 }),
  kibibytes: fc.oneof(
    { weight: 30, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 200 }) },
  ),
  steps: fc.nat({ max: 6 }),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

/** Of those who connect, every second one is a page where the port has them. */
function play(moves: readonly Move[], seed: number, hasPages: boolean): DrivenService {
  const random = new SeededRandom(seed);
  let made: DrivenService | null = null;
  const server = new SimulatedServer({
    protocol: drivenProtocol,
    shards,
    service: (port) => {
      made = new DrivenService(port, groups);
      return made;
    },
    // The largest text that a move says fits a frame.
    limits: { frameBytes: 256 * 1024, outboundBytes: 64 * 1024 * 1024 },
    hasPages,
  });
  const driven = made as unknown as DrivenService;
  const connect = (shard: number) => {
    driven.connect(server, shard, hasPages && driven.peers.length % 2 === 1);
  };
  for (let count = 0; count < 4; count += 1) connect(count % shards);
  for (const { kind, who, group, kibibytes, steps } of moves) {
    if (kind === "connect") connect(who % shards);
    else if (kind === "crash") {
      driven.crashed(who % shards);
      server.crash(who % shards);
    } else driven.move(kind, who, group, "나".repeat(kibibytes * 340));
    for (const { peer } of driven.peers) {
      peer.socket.takes((offered) => (random.chance(0.8) ? offered : random.below(offered + 1)));
    }
    for (let step = 0; step < steps; step += 1) {
      const possible = server.possibleSteps();
      if (possible.length > 0) random.pick(possible)();
    }
  }
  server.settle((count) => random.below(count));
  for (const { peer, end } of driven.peers) {
    if (end !== "crashed" && !peer.socket.isShut) peer.socket.drain();
  }
  server.settle();
  return driven;
}

const numbers = (messages: readonly PeerMessage[]) => messages.map(({ n }) => n as number);

/** What is sent to one session comes before what is published after it. */
function checkOwnBeforePublished(messages: readonly PeerMessage[], own: readonly number[]): void {
  let ownSeen = 0;
  for (const { type, n } of messages) {
    if (type === "own") ownSeen += 1;
    if (type === "pub") {
      const sentBefore = own.filter((number) => number < (n as number)).length;
      expect(ownSeen).toBeGreaterThanOrEqual(sentBefore);
    }
  }
}

function check({ peer, own, pubs, end }: Expected): void {
  const { messages, restBytes } = peer.heard;
  const gotOwn = numbers(messages.filter(({ type }) => type === "own"));
  const gotOf = (group: number) =>
    numbers(messages.filter((message) => message.type === "pub" && message.group === group));
  if (end === "crashed") {
    // What it got before its shard died is the beginning of what it should have got.
    expect(gotOwn).toEqual(own.slice(0, gotOwn.length));
    for (const [group, expected] of pubs.entries()) {
      expect(gotOf(group)).toEqual(expected.slice(0, gotOf(group).length));
    }
    return;
  }
  expect(restBytes).toBe(0);
  expect(gotOwn).toEqual(own);
  for (const [group, expected] of pubs.entries()) expect(gotOf(group)).toEqual(expected);
  expect(messages.at(-1)?.type === "close").toBe(end === "closed");
  expect(peer.socket.isShut).toBe(end === "closed");
  checkOwnBeforePublished(messages, own);
  if (peer.isPage) checkPage(peer, end);
}

/** The close frame is the last, and there only where the connection was closed. */
function checkPage(peer: SimulatedPeer, end: Expected["end"]): void {
  const { decoder } = peer.heardByPage;
  expect(decoder.close?.code ?? null).toBe(end === "closed" ? 4000 : null);
  expect(decoder.late).toBe(0);
}

test.each([
  ["every peer", false],
  ["every peer, pages among them,", true],
])(
  "%s gets what is its own, once and in order, however threads and sockets interleave",
  (_name, hasPages) => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80 }), fc.nat(), (moves, seed) => {
        for (const expected of play(moves, seed, hasPages).peers) check(expected);
      }),
      { numRuns: hasPages ? 200 : 400 },
    );
  },
);
