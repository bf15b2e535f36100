import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import type { FramePeer, PeerMessage } from "@maru/testkit";
import { type FloorClient, type FloorServer, startFloor } from "./floor/floor-server.ts";

const limits = { helloMs: 100, heartbeatMs: 150, heartbeatGraceMs: 50, sweepMs: 20 };

/** Two who go on talking while a third misbehaves; each talks often enough for its heartbeat. */
class Conversation {
  readonly #clients: readonly FloorClient[];
  #isOver = false;
  readonly #talking: Promise<void>[];

  constructor(clients: readonly FloorClient[]) {
    this.#clients = clients;
    this.#talking = clients.map((client) => this.#talk(client));
  }

  async #talk(client: FloorClient): Promise<void> {
    while (!this.#isOver) await client.ask("say", { room: "talk", text: "undisturbed" });
  }

  /** Ends it, and checks that both have heard everything. */
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#talking);
    const [said] = this.#clients.map(({ peer }) => peer);
    const total = this.#clients.reduce((sum, { peer }) => sum + peer.ofType("said").length, 0);
    expect(said).toBeDefined();
    for (const client of this.#clients) {
      const messages = await client.peer.until("message", total);
      expect(messages.map(({ n }) => n)).toEqual(Array.from({ length: total }, (_, at) => at + 1));
      expect(client.peer.ofType("close")).toEqual([]);
      await client.close();
    }
  }
}

const json = (message: object) => encodeFrame(JSON.stringify(message));
const header = (length: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
};

/** Sends a long frame byte by byte, until that is answered by a close. */
async function dribble(peer: FramePeer, pacer: FloorClient, bytes: number): Promise<PeerMessage> {
  const command = json({ type: "nothing", id: 9, of: "x".repeat(bytes) });
  let close: PeerMessage | null = null;
  const closing = peer.next("close").then((message) => {
    close = message;
    return message;
  });
  for (let at = 0; close === null && at < command.length; at += 1) {
    await peer.sendBytes(command.subarray(at, at + 1));
    // The time between two bytes is that of two answers to another peer.
    for (let twice = 0; twice < 2; twice += 1) await pacer.ask("nothing");
  }
  return closing;
}

/** What is done without a greeting, and the close that it gets. */
const strangers: readonly [what: string, does: (peer: FramePeer) => unknown, code: string][] = [
  ["silence", () => {}, "hello_timeout"],
  ["a byte and no more", (peer) => peer.sendBytes(Uint8Array.of(0)), "hello_timeout"],
  ["a frame that never ends", (peer) => peer.sendBytes(header(100)), "hello_timeout"],
  [
    "HTTP",
    (peer) => peer.sendBytes(Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n")),
    "frame_too_large",
  ],
  ["TLS", (peer) => peer.sendBytes(Uint8Array.of(22, 3, 1, 2, 0, 1)), "frame_too_large"],
  ["a length of 0", (peer) => peer.sendBytes(header(0)), "frame_too_large"],
  ["a length of 4 GiB", (peer) => peer.sendBytes(header(0xffff_ffff)), "frame_too_large"],
  [
    "a length one over what strangers may",
    (peer) => peer.sendBytes(header(4097)),
    "frame_too_large",
  ],
  [
    "bytes that are no UTF-8",
    (peer) => peer.sendBytes(encodeFrame(Uint8Array.of(0xff))),
    "malformed",
  ],
  ["text that is no JSON", (peer) => peer.sendText("hello"), "malformed"],
  ["deep JSON", (peer) => peer.sendText("[".repeat(4000)), "malformed"],
  [
    "deep JSON that is whole",
    (peer) => peer.sendText("[".repeat(2000) + "]".repeat(2000)),
    "malformed",
  ],
  ["a command", (peer) => peer.send({ type: "nothing", id: 1 }), "hello_required"],
  [
    "greetings that fail, as many as may",
    async (peer) => {
      for (const id of [1, 2, 3]) await peer.send({ type: "hello", id, name: "nobody" });
    },
    "hello_attempts",
  ],
];

/** The same of one that has greeted. */
const members: readonly [what: string, does: (peer: FramePeer) => unknown, code: string][] = [
  ["silence", () => {}, "heartbeat_timeout"],
  [
    "a length one over what members may",
    (peer) => peer.sendBytes(header(65_537)),
    "frame_too_large",
  ],
  ["garbage", (peer) => peer.sendBytes(Buffer.alloc(10_000, 0xa5)), "frame_too_large"],
  ["a command without an id", (peer) => peer.send({ type: "nothing" }), "malformed"],
  [
    "deep JSON in a field",
    (peer) => peer.sendText(`{"type":"nothing","of":${"[".repeat(30_000)}${"]".repeat(30_000)}}`),
    "malformed",
  ],
];

for (const workers of [0, 2]) {
  describe(`workers: ${workers}`, () => {
    let floor: FloorServer;
    let conversation: Conversation;
    beforeAll(async () => {
      floor = await startFloor({ workers, limits });
      const clients = [await floor.enter("ann"), await floor.enter("bob")];
      for (const client of clients) await client.ask("join", { room: "talk" });
      conversation = new Conversation(clients);
    });
    afterAll(async () => {
      await conversation.end();
      await floor.stop();
    });

    test.each(strangers)(
      "a stranger's %s gets its close while others talk on",
      async (_what, does, code) => {
        const peer = await floor.connect();
        await does(peer);
        expect(await peer.next("close")).toMatchObject({ code });
        expect(peer.received.at(-1)).toMatchObject({ code });
        expect(await peer.closed()).toBe("closed");
      },
    );

    test.each(members)(
      "a member's %s gets its close while others talk on",
      async (_what, does, code) => {
        const { peer } = await floor.enter("member");
        await does(peer);
        expect(await peer.next("close")).toMatchObject({ code });
        expect(await peer.closed()).toBe("closed");
      },
    );

    test("a byte every so often is neither a greeting nor a heartbeat", async () => {
      const stranger = await floor.connect();
      const { peer: member } = await floor.enter("member");
      const pacer = await floor.enter("pacer");
      const closes = await Promise.all([
        dribble(stranger, pacer, 4_000),
        dribble(member, pacer, 60_000),
      ]);
      await pacer.close();
      expect(closes.map(({ code }) => code)).toEqual(["hello_timeout", "heartbeat_timeout"]);
    });
  });
}
