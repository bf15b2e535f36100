// A service tested without a socket: what a test sees there is what a peer of the engine would get.

import { describe, expect, test } from "bun:test";
import { type ClientMessage, defineProtocol, type ServerMessage } from "@maru/protocol";
import { z } from "zod";
import type { CreateService, Group } from "../src/mod.ts";
import { FakePort, ServiceFixture } from "../src/testing/mod.ts";
import { SimulatedServer } from "./simulated-server.ts";

const board = defineProtocol({
  name: "board",
  version: 1,
  commands: { enter: { in: { board: z.string() }, reply: "entered", out: {} } },
  notices: { move: { x: z.int() } },
  events: { moved: { x: z.int() } },
});

const createBoard: CreateService<ClientMessage<typeof board>, ServerMessage<typeof board>> = (
  port,
) => {
  const everyone = port.createGroup();
  return {
    open() {},
    close() {},
    message(session, message) {
      if (message.type === "move") {
        port.publish(everyone, { type: "moved", x: message.x }, { except: session });
      }
      if (message.type !== "enter") return;
      port.join(everyone, session);
      port.reply(session, { type: "entered", re: message.id });
    },
  };
};

test("who moves is seen by the others", async () => {
  const fixture = new ServiceFixture({ protocol: board, service: createBoard });
  const [ann, bob] = [fixture.connect(), fixture.connect()];
  expect(await ann.ask("enter", { board: "a" })).toEqual({ type: "entered", re: 1 });
  await bob.ask("enter", { board: "a" });
  ann.notify("move", { x: 3 });
  expect(bob.events()).toEqual([{ type: "moved", x: 3 }]);
  expect([ann.events(), bob.events()]).toEqual([[], []]);
  bob.leave();
  await fixture.stop();
});

const talk = defineProtocol({
  name: "talk",
  version: 1,
  greeting: "hello",
  commands: {
    hello: { in: {}, reply: "welcome", out: {} },
    join: { in: { room: z.string() }, reply: "joined", out: {} },
    leave: { in: { room: z.string() }, reply: "left", out: {} },
    say: { in: { room: z.string(), text: z.string() }, reply: "said", out: {} },
    hold: { in: {}, reply: "held", out: {} },
    release: { in: {}, reply: "released", out: {} },
    go: { in: {}, reply: "gone", out: {} },
  },
  events: { heard: { text: z.string() }, left_us: { code: z.string() } },
});

/** Rooms; answers that come late; a session that the service ends, and what the others hear of it. */
const createTalk: CreateService<ClientMessage<typeof talk>, ServerMessage<typeof talk>> = (
  port,
) => {
  const rooms = new Map<string, Group>();
  const roomOf = (name: string): Group => {
    const room = rooms.get(name) ?? port.createGroup();
    rooms.set(name, room);
    return room;
  };
  const held: (() => void)[] = [];
  return {
    open() {},
    close: (_session, code) => port.publish(roomOf("all"), { type: "left_us", code }),
    message(session, message) {
      const { id: re } = message;
      switch (message.type) {
        case "hello":
          port.accept(session);
          return port.reply(session, { type: "welcome", re, heartbeatMs: 15_000 });
        case "join":
          port.reply(session, { type: "joined", re });
          return port.join(roomOf(message.room), session);
        case "leave":
          port.leave(roomOf(message.room), session);
          return port.reply(session, { type: "left", re });
        case "say":
          port.publish(roomOf(message.room), { type: "heard", text: message.text });
          return port.reply(session, { type: "said", re });
        case "hold":
          return void held.push(() => port.reply(session, { type: "held", re }));
        case "release":
          for (const answer of held.splice(0)) answer();
          return port.reply(session, { type: "released", re });
        case "go":
          port.publish(roomOf("all"), { type: "heard", text: "going" });
          port.reply(session, { type: "gone", re });
          return port.close(session, { code: "went", reason: "It went.", reconnect: "never" });
      }
    },
  };
};

/** What the same service says to the same clients, over the engine and here. */
describe("a peer gets here what it gets of the engine", () => {
  type Step = readonly [who: 0 | 1 | 2, type: string, fields: object];
  const stories: readonly [what: string, steps: readonly Step[]][] = [
    [
      "rooms",
      [
        [0, "join", { room: "a" }],
        [1, "join", { room: "a" }],
        [0, "say", { room: "a", text: "hello" }],
        [1, "leave", { room: "a" }],
        [0, "say", { room: "a", text: "alone" }],
        [2, "say", { room: "a", text: "from outside" }],
      ],
    ],
    [
      "answers that come late, and an end",
      [
        [0, "hold", {}],
        [0, "join", { room: "all" }],
        [1, "join", { room: "all" }],
        [2, "release", {}],
        [0, "go", {}],
        [1, "say", { room: "all", text: "still here" }],
      ],
    ],
  ];

  test.each(stories)("%s", (_what, steps) => {
    const server = new SimulatedServer({ protocol: talk, service: createTalk });
    const fixture = new ServiceFixture({ protocol: talk, service: createTalk });
    const peers = [0, 1, 2].map(() => server.connect());
    const clients = [0, 1, 2].map(() => fixture.connect());
    const hellos = [0, 1, 2].map((who): Step => [who as 0, "hello", {}]);
    for (const [who, type, fields] of [...hellos, ...steps]) {
      peers[who]?.ask(type, fields);
      server.settle();
      clients[who]?.tell(type as "hold", fields);
    }
    for (const [place, client] of clients.entries()) {
      const ofEngine = peers[place]?.messages.filter(({ type }) => type !== "close");
      expect<unknown>(client.messages).toEqual(ofEngine);
      expect(client.closed?.code).toBe(peers[place]?.ofType("close")[0]?.code as string);
    }
  });
});

describe("what a test would not see otherwise", () => {
  test("an answer that comes later is awaited", async () => {
    const fixture = new ServiceFixture({
      protocol: board,
      service: (port) => ({
        open() {},
        close() {},
        async message(session, message) {
          await Promise.resolve();
          if (message.type === "enter") port.reply(session, { type: "entered", re: message.id });
        },
      }),
    });
    expect(await fixture.connect().ask("enter", { board: "a" })).toMatchObject({ re: 1 });
  });

  test("one that never comes fails, and says what came", async () => {
    const service = () => ({ open() {}, close() {}, message() {} });
    const fixture = new ServiceFixture({ protocol: board, service, deadlineMs: 1 });
    const asked = fixture.connect().ask("enter", { board: "a" });
    await expect(asked).rejects.toThrow('no answer to "enter" (id 1); 0 came, the last none');
  });

  test("what the server would refuse is the test's mistake", () => {
    const fixture = new ServiceFixture({ protocol: board, service: createBoard });
    const client = fixture.connect();
    expect(() => client.notify("move", { x: 0.5 })).toThrow("x: this field must be a whole number");
    client.leave();
    expect(() => client.notify("move", { x: 1 })).toThrow("who has left");
    const talking = new ServiceFixture({ protocol: talk, service: createTalk });
    expect(() => talking.connect().tell("hold", {})).toThrow("the greeting comes first");
  });

  test("what is larger than a frame, or fits no schema, is the service's", () => {
    const port = new FakePort({ protocol: board, limits: { frameBytes: 40, helloFrameBytes: 40 } });
    const session = port.openSession();
    const sum = (x: number) => ({ type: "moved", x }) as const;
    port.send(session, sum(1));
    expect(() => port.send(session, sum(0.5))).toThrow();
    const long = { type: "error", re: 1, code: "x".repeat(40), message: "", retryable: false };
    expect(() => port.send(session, long as never)).toThrow("fit a frame");
  });

  test("a service is given a copy of what was sent, as across threads", () => {
    const given: unknown[] = [];
    const protocol = defineProtocol({
      name: "copies",
      version: 1,
      notices: { put: { list: z.array(z.int()) } },
    });
    const fixture = new ServiceFixture({
      protocol,
      service: () => ({
        open() {},
        close() {},
        message: (_session, message) => void given.push(message),
      }),
    });
    const list = [1, 2];
    fixture.connect().notify("put", { list });
    list.push(3);
    expect(given).toEqual([{ type: "put", list: [1, 2] }]);
  });

  test("stopping comes before any session's end, and stop behind all", async () => {
    const steps: string[] = [];
    const fixture = new ServiceFixture({
      protocol: talk,
      service: (port) => ({
        ...createTalk(port),
        close: (_session, code) => void steps.push(`close ${code}`),
        stopping: (deadlineMs) => void steps.push(`stopping ${deadlineMs}`),
        stop: () => void steps.push("stop"),
      }),
    });
    fixture.connect().tell("hello", {});
    fixture.connect();
    await fixture.stop(7);
    expect(steps).toEqual(["stopping 7", "close shutdown", "stop"]);
  });
});
