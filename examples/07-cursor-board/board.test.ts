import { afterEach, expect, test } from "bun:test";
import { type Server, startServer } from "@maru/core";
import { connect } from "@maru/sdk";
import { boardProtocol } from "./board-protocol.ts";
import { boardService } from "./board-service.ts";

let server: Server | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function start() {
  server = await startServer({
    service: boardService(async (token) => (token === "stolen" ? null : token)),
    listen: { webSocket: { origins: [] } },
  });
  const { port } = server;
  const url = `ws://127.0.0.1:${port}/ws`;
  const come = (token: string, where: { port: number } | { url: string } = { port }) =>
    connect(boardProtocol, { ...where, greeting: { token }, reconnect: false });
  return { come, url };
}

/** The next event of the protocol itself. */
async function next(client: Awaited<ReturnType<Awaited<ReturnType<typeof start>>["come"]>>) {
  for await (const event of client.events()) if (!event.type.startsWith("$")) return event;
  throw new Error("no more events");
}

test("who moves is seen by the others on the board, over TCP and WebSocket, and who goes is told", async () => {
  const { come, url } = await start();
  const mina = await come("mina");
  const jun = await come("jun", { url });
  await mina.call("enter", { board: "a" });
  expect(await jun.call("enter", { board: "a" })).toMatchObject({ names: ["mina", "jun"] });
  jun.notify("move", { board: "a", x: 0.25, y: 0.5 });
  const moved = { type: "moved", board: "a", x: 0.25, y: 0.5, name: "jun" };
  expect(await next(mina)).toEqual(moved as never);
  await jun.close();
  expect(await next(mina)).toEqual({ type: "gone", board: "a", name: "jun" });
  await mina.close();
});

test("a token that is none, and a ninth board, are refused by code", async () => {
  const { come } = await start();
  await expect(come("stolen")).rejects.toMatchObject({ code: "unauthorized" });
  const mina = await come("mina");
  for (let n = 1; n <= 8; n += 1) await mina.call("enter", { board: `b${n}` });
  await mina.call("enter", { board: "b1" });
  await expect(mina.call("enter", { board: "b9" })).rejects.toMatchObject({
    code: "too_many_boards",
  });
  await mina.close();
});

test("a board that one is not on takes no move", async () => {
  const { come } = await start();
  const [mina, jun] = [await come("mina"), await come("jun")];
  await mina.call("enter", { board: "a" });
  jun.notify("move", { board: "a", x: 0, y: 0 });
  await jun.call("enter", { board: "a" });
  jun.notify("move", { board: "a", x: 1, y: 1 });
  expect(await next(mina)).toMatchObject({ type: "moved", x: 1 });
  await Promise.all([mina.close(), jun.close()]);
});
