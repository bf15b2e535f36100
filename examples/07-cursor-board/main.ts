// 07 Cursor board: pointers of several people on one page, in their browsers.
// Teaches: one service for pages and programs alike: a WebSocket on its own port, a greeting that asks
// who comes, and notices, which need no answer. What is left is who may come in and who is told what.
// In place of: what the chapter builds by hand around epoll: frames, a table of clients, partial
// writes, slow readers, time-outs; and of the second server that a page needs beside it.

import { print, startServer, stopAtSignals } from "@maru/core";
import { boardService } from "./board-service.ts";
import page from "./page.html";

/** Tokens are names here; a real service asks the one that gave them out. */
const nameOf = async (token: string) => (/^[a-z]{1,32}$/.test(token) ? token : null);

const web = Bun.serve({ hostname: "127.0.0.1", port: 8081, routes: { "/": page } });
const server = await startServer({
  service: boardService(nameOf),
  listen: { port: 8080, webSocket: { origins: [web.url.origin, "http://localhost:8081"] } },
  limits: { rates: [{ types: ["move"], perSecond: 60, burst: 120 }] },
});
stopAtSignals(server);
print(`open ${web.url}?token=mina\n`);

// Exercise: a board that outlives its peers. Keep where each cursor was last, give it to a peer that
// enters, and forget a board when it was empty for an hour; then keep it through a restart.
