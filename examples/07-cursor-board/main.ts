// 07, a board of cursors: `bun examples/07-cursor-board/main.ts`, then open the page in several windows. What a textbook builds
// by hand around epoll (frames, a table of clients, partial writes, slow readers, time-outs) is the
// engine's here; what is left is who may come in and who is told what.
//
// Exercise: a board that outlives its peers. Keep where each cursor was last, give it to who enters, and
// forget a board when it was empty for an hour; then keep it through a restart (06 has a log).

import { print, startServer, stopAtSignals } from "@maru/core";
import { boardService } from "./board-service.ts";
import page from "./page.html";

/** Tokens are names here; a real service asks whoever gave them out. */
const nameOf = async (token: string) => (/^[a-z]{1,32}$/.test(token) ? token : null);

const web = Bun.serve({ hostname: "127.0.0.1", port: 8081, routes: { "/": page } });
const server = await startServer({
  service: boardService(nameOf),
  listen: { port: 8080, webSocket: { origins: [web.url.origin, "http://localhost:8081"] } },
  limits: { rates: [{ types: ["move"], perSecond: 60, burst: 120 }] },
});
stopAtSignals(server);
print(`open ${web.url}?token=mina\n`);
