import { afterEach, describe, expect, test } from "bun:test";
import { FramePeer, LogWatch, type PeerMessage, WireClient } from "@maru/testkit";
import { type Server, startServer } from "../../src/mod.ts";
import { BoardWatch, createBoard } from "./board.ts";

/** Says what a test wants, in the board's protocol or not. */
class BoardClient extends WireClient {
  override tell(type: string, fields: object = {}): number {
    return super.tell(type, { ...fields });
  }

  override ask(type: string, fields: object = {}): Promise<PeerMessage> {
    return super.ask(type, { ...fields });
  }

  override notify(type: string, fields: object = {}): Promise<void> {
    return this.peer.send({ type, ...fields });
  }
}

let server: Server | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function start(workers: number) {
  const watch = new BoardWatch();
  const logged = new LogWatch();
  server = await startServer({
    service: createBoard(watch),
    workers,
    shard: new URL("./board-shard.ts", import.meta.url),
    limits: { heartbeatMs: 20_000, rates: [{ types: ["slow"], perSecond: 0.001, burst: 1 }] },
    log: logged.log,
  });
  const { port } = server;
  const connect = async () => new BoardClient(await FramePeer.connect({ port }));
  const enter = async (name: string) => {
    const client = await connect();
    expect(await client.ask("hello", { token: `token-${name}` })).toMatchObject({
      type: "welcome",
      name,
      heartbeatMs: 20_000,
    });
    return client;
  };
  return { watch, logged, connect, enter };
}

describe.each([0, 2])("a service of handlers, workers: %d", (workers) => {
  test("greets, joins, publishes to all but one, and tells who is gone", async () => {
    const { watch, enter } = await start(workers);
    const mina = await enter("mina");
    const jun = await enter("jun");
    expect(await mina.ask("enter", { board: "a" })).toMatchObject({ type: "entered", names: [] });
    expect(await jun.ask("enter", { board: "a" })).toMatchObject({ names: ["mina"] });
    jun.notify("move", { board: "a", x: 3, y: 4 });
    const moved = { type: "moved", board: "a", x: 3, y: 4, name: "jun" };
    expect(await mina.peer.next("moved")).toEqual(moved);
    // A notice has no answer, and what jun said does not come back: the pong is the next it gets.
    expect(await jun.ask("ping")).toMatchObject({ type: "pong" });
    expect(await mina.ask("leave", { board: "a" })).toMatchObject({ type: "left" });
    await mina.ask("enter", { board: "a" });
    await jun.close();
    expect(await mina.peer.next("gone")).toEqual({ type: "gone", board: "a", name: "jun" });
    expect(watch.seen.slice(0, 2)).toEqual(["mina from 127.0.0.1", "jun from 127.0.0.1"]);
    expect(watch.seen[2]).toMatch(/^jun: \w+, 1 left$/);
  });

  test("a greeting that is refused, or fails, may be tried again, and only once succeeds", async () => {
    const { connect, logged } = await start(workers);
    const client = await connect();
    expect(await client.ask("hello", { token: "stolen" })).toMatchObject({
      type: "error",
      code: "unauthorized",
      message: "That token is none of ours.",
      retryable: false,
    });
    expect(await client.ask("hello", { token: "crash" })).toMatchObject({ code: "internal_error" });
    expect(await client.ask("hello", { token: "token-a" })).toMatchObject({ type: "welcome" });
    expect(await client.ask("hello", { token: "token-b" })).toMatchObject({
      code: "already_greeted",
    });
    expect(logged.ofEvent("service.handler-failed").map(({ fields }) => fields.type)).toEqual([
      "hello",
    ]);
  });

  test("what a handler throws answers that one command, and costs no other peer anything", async () => {
    const { enter, logged } = await start(workers);
    const mina = await enter("mina");
    const jun = await enter("jun");
    for (const how of ["throw", "reject", "too-large", "text"]) {
      expect(await mina.ask("fail", { how })).toMatchObject({
        type: "error",
        code: "internal_error",
        retryable: false,
      });
      expect(await jun.ask("ping")).toMatchObject({ type: "pong" });
    }
    expect(await mina.ask("fail", { how: "refuse" })).toMatchObject({
      code: "busy",
      message: "Come back later.",
      retryable: true,
      retryAfterMs: 20,
      field: "how",
    });
    mina.notify("break");
    expect(await mina.ask("ping")).toMatchObject({ type: "pong" });
    const failures = logged.ofEvent("service.handler-failed");
    expect(failures.map(({ fields }) => fields.type)).toEqual([
      ...("fail".repeat(4).match(/fail/g) ?? []),
      "break",
    ]);
    expect(String(failures[0]?.fields.error)).toContain("thrown on purpose");
    expect(String(failures[2]?.fields.error)).toContain("larger than a frame may be: 65536");
  });

  test("a later reply comes when it is there, behind those of later commands; to a peer that is gone it is dropped", async () => {
    const { enter, watch } = await start(workers);
    const mina = await enter("mina");
    mina.tell("slow");
    expect(await mina.ask("ping")).toMatchObject({ type: "pong" });
    watch.asleep[0]?.(7);
    expect(await mina.peer.next("slept")).toMatchObject({ n: 7, re: 2 });
    const jun = await enter("jun");
    jun.tell("slow");
    await jun.ask("ping");
    expect(await jun.ask("slow")).toMatchObject({ code: "rate_limited" });
    await jun.close();
    await mina.ask("ping");
    watch.asleep[1]?.(8);
    expect(await mina.ask("ping")).toMatchObject({ type: "pong" });
  });

  test("a peer is closed behind its reply, with the reason given", async () => {
    const { enter } = await start(workers);
    const mina = await enter("mina");
    mina.tell("go");
    expect(await mina.peer.next("close")).toMatchObject({ code: "told_to", reconnect: "never" });
  });
});
