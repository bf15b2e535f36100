// A board of cursors, as a service is written with `serve`; and how it is made to fail.

import { defineProtocol } from "@maru/protocol";
import * as z from "zod";
import { refuse, type ServiceContext, serve } from "../../src/mod.ts";

const name = z.string().max(32);
const place = { board: z.string().max(32), x: z.int(), y: z.int() };

export const boardProtocol = defineProtocol({
  name: "board",
  version: 1,
  greeting: "hello",
  commands: {
    hello: { in: { token: z.string() }, reply: "welcome", out: { name } },
    enter: { in: { board: name }, reply: "entered", out: { names: z.array(name) } },
    leave: { in: { board: name }, reply: "left", out: {} },
    slow: { in: {}, reply: "slept", out: { n: z.int() } },
    fail: {
      in: { how: z.enum(["throw", "reject", "refuse", "too-large", "text"]) },
      reply: "failed",
      out: { text: z.string().optional() },
    },
    go: { in: {}, reply: "went", out: {} },
  },
  notices: { move: place, break: {} },
  events: { moved: { ...place, name }, gone: { board: name, name }, shut: {} },
});
export type Board = typeof boardProtocol;
export interface User {
  readonly name: string;
}

/** What the service has seen, in order; and the slow commands, which a test ends. */
export class BoardWatch {
  readonly seen: string[] = [];
  readonly asleep: ((n: number) => void)[] = [];
}

export const createBoard = (watch: BoardWatch) =>
  serve(boardProtocol, ({ rooms, peers }: ServiceContext<Board, User>) => ({
    async greet({ token }) {
      if (token === "crash") throw new Error("no tokens today");
      if (!token.startsWith("token-")) throw refuse("unauthorized", "That token is none of ours.");
      const own = token.slice("token-".length);
      return { data: { name: own }, reply: { name: own } };
    },
    opened({ data, address }) {
      watch.seen.push(`${data.name} from ${address}`);
    },
    commands: {
      enter(peer, { board }) {
        const room = rooms(board);
        const names = [...room.members].map(({ data }) => data.name);
        room.join(peer);
        return { names };
      },
      leave(peer, { board }) {
        rooms(board).leave(peer);
      },
      slow: () =>
        new Promise((resolve) => {
          watch.asleep.push((n) => resolve({ n }));
        }),
      fail(_peer, { how }) {
        if (how === "throw") throw new Error("thrown on purpose");
        if (how === "reject") return Promise.reject(new Error("rejected on purpose"));
        if (how === "refuse") {
          throw refuse("busy", "Come back later.", { retryAfterMs: 20, field: "how" });
        }
        if (how === "text") throw "a text";
        return { text: "x".repeat(100_000) };
      },
      go(peer) {
        peer.close({ code: "told_to", reason: "It asked for it.", reconnect: "never" });
        return {};
      },
    },
    notices: {
      move(peer, { board, x, y }) {
        const { name } = peer.data;
        rooms(board).publish("moved", { board, x, y, name }, { except: peer });
      },
      break() {
        throw new Error("a notice on purpose");
      },
    },
    closed(peer, code) {
      watch.seen.push(`${peer.data.name}: ${code}, ${peers.size} left`);
      for (const room of peer.rooms) {
        room.publish("gone", { board: room.name, name: peer.data.name });
      }
    },
    stopping() {
      watch.seen.push(`stopping with ${peers.size}`);
    },
    stopped() {
      watch.seen.push("stopped");
    },
  }));
