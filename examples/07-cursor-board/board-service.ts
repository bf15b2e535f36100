// The board: who may come in, what each peer does to the others, and no more.

import { refuse, type ServiceContext, serve } from "@maru/core";
import { boardProtocol } from "./board-protocol.ts";

interface User {
  readonly name: string;
}

/** Boards that one peer may be on at a time. */
const boardsMax = 8;

/** `nameOf` knows tokens: null refuses one. */
export const boardService = (nameOf: (token: string) => Promise<string | null>) =>
  serve(boardProtocol, ({ rooms }: ServiceContext<typeof boardProtocol, User>) => ({
    async greet({ token }) {
      const name = await nameOf(token);
      if (name === null) throw refuse("unauthorized", "That token is none of ours.");
      return { data: { name }, reply: { name } };
    },
    commands: {
      enter(peer, { board }) {
        const room = rooms(board);
        if (!room.has(peer) && peer.rooms.size >= boardsMax) {
          throw refuse("too_many_boards", `You are on ${boardsMax} boards already.`);
        }
        room.join(peer);
        return { names: [...room.members].map(({ data }) => data.name) };
      },
    },
    notices: {
      move(peer, { board, x, y }) {
        const room = rooms(board);
        const { name } = peer.data;
        if (room.has(peer)) room.publish("moved", { board, x, y, name }, { except: peer });
      },
    },
    closed(peer) {
      const { name } = peer.data;
      for (const room of peer.rooms) room.publish("gone", { board: room.name, name });
    },
  }));
