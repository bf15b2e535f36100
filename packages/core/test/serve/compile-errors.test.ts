// What must not compile. Each function is only type-checked: to run them would start servers.

import { expect, test } from "bun:test";
import { serve, startServer } from "../../src/mod.ts";
import { BoardWatch, boardProtocol, createBoard } from "./board.ts";

type Board = Parameters<Parameters<typeof serve<typeof boardProtocol, { name: string }>>[1]>[0];

const greet = () => ({ data: { name: "a" }, reply: { name: "a" } });
const handlers = {
  enter: () => ({ names: [] }),
  leave() {},
  slow: () => ({ n: 1 }),
  fail: () => ({}),
  go() {},
};
const notices = { move() {}, break() {} };

const refused = {
  wrongField: () =>
    serve(boardProtocol, ({ rooms }: Board) => ({
      greet,
      commands: handlers,
      notices: {
        ...notices,
        move(peer, { board }) {
          // @ts-expect-error An event has the fields that the protocol gives it.
          rooms(board).publish("moved", { board, x: "1", y: 2, name: peer.data.name });
        },
      },
    })),
  missingHandler: () =>
    // @ts-expect-error `go` has no handler.
    serve(boardProtocol, (_: Board) => ({
      greet,
      commands: { ...handlers, go: undefined },
      notices,
    })),
  missingNotices: () =>
    // @ts-expect-error Notices have no handlers.
    serve(boardProtocol, (_: Board) => ({ greet, commands: handlers })),
  otherReply: () =>
    // @ts-expect-error `enter` is answered with names.
    serve(boardProtocol, (_: Board) => ({
      greet,
      commands: {
        ...handlers,
        enter: () => ({ n: 1 }),
      },
      notices,
    })),
  otherData: () =>
    // @ts-expect-error A peer's data is what the context says.
    serve(boardProtocol, (_: Board) => ({
      greet: () => ({ data: { nick: "a" }, reply: { name: "a" } }),
      commands: handlers,
      notices,
    })),
  unknownEvent: () =>
    serve(boardProtocol, ({ rooms }: Board) => ({
      greet,
      commands: {
        ...handlers,
        go(peer) {
          // @ts-expect-error No event has this type.
          peer.send("mooved", {});
          // @ts-expect-error A room is joined by peers.
          rooms("a").join(peer.id);
        },
      },
      notices,
    })),
  typoInARate: () =>
    startServer({
      service: createBoard(new BoardWatch()),
      // @ts-expect-error No message of a client has this type.
      limits: { rates: [{ types: ["moove"], perSecond: 1, burst: 1 }] },
    }),
  workersWithoutShard: () =>
    // @ts-expect-error Workers run a module.
    startServer({ service: createBoard(new BoardWatch()), workers: 2 }),
  readOnlyHandles: () =>
    serve(boardProtocol, ({ rooms, peers }: Board) => ({
      greet,
      commands: {
        ...handlers,
        go(peer) {
          // @ts-expect-error A peer is a handle.
          peer.isOpen = false;
          // @ts-expect-error So is a room.
          rooms("a").size = 7;
          // @ts-expect-error And who is here is not for handlers to change.
          peers.clear();
        },
      },
      notices,
    })),
};

test("what must not compile is named", () => {
  expect(Object.keys(refused)).toHaveLength(9);
});
