import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { FramePeer, processTestMs, runServerProcess, type ServerProcess } from "@maru/testkit";

setDefaultTimeout(processTestMs);

const program = new URL("./server.ts", import.meta.url).pathname;
let server: ServerProcess | null = null;
afterEach(async () => {
  await server?.stop("SIGKILL");
});

async function start(...flags: readonly string[]) {
  const started = await runServerProcess({
    command: [process.execPath, program, "--port", "0", ...flags],
  });
  server = started;
  const connect = () => FramePeer.connect({ port: started.port });
  return { started, client: await connect(), worker: await connect(), connect };
}

/** Sends jobs and returns when all of them are accepted. */
async function submit(client: FramePeer, ...texts: readonly string[]): Promise<void> {
  const commands = texts.map((text, index) => ({ type: "submit", id: index + 1, text }));
  void client.send(...commands);
  await client.ask({ type: "ping", id: 99 });
}

test("at SIGTERM what was accepted is finished and answered, and what is new is refused", async () => {
  const { started, client, worker, connect } = await start();
  const idle = await connect();
  await submit(client, "a", "b");
  expect(await worker.ask({ type: "take", id: 1 })).toEqual({
    type: "job",
    re: 1,
    n: 1,
    text: "a",
  });
  started.signal("SIGTERM");
  await started.said("finishing 2\n");
  expect(await client.ask({ type: "submit", id: 3, text: "c" })).toMatchObject({
    code: "stopping",
    retryAfterMs: 1_000,
  });
  await worker.ask({ type: "finish", id: 2, n: 1, result: "A" });
  expect(await client.next()).toEqual({ type: "done", re: 1, result: "A" });
  expect(await worker.ask({ type: "take", id: 3 })).toMatchObject({ n: 2, text: "b" });
  void idle.send({ type: "take", id: 1 }, { type: "ping", id: 2 });
  await idle.next("pong");
  void worker.send({ type: "finish", id: 4, n: 2, result: "B" });
  expect(await client.next()).toEqual({ type: "done", re: 2, result: "B" });
  expect(await idle.next()).toMatchObject({ re: 1, code: "stopping" });
  for (const peer of [client, worker, idle]) {
    expect(await peer.next("close")).toMatchObject({ code: "shutdown" });
  }
  expect(await started.exited).toBe(0);
});

test("a worker that is lost gives its job back, first in line; a stranger can't finish it", async () => {
  const { client, worker, connect } = await start();
  const other = await connect();
  await submit(client, "a", "b");
  expect(await worker.ask({ type: "take", id: 1 })).toMatchObject({ n: 1 });
  expect(await other.ask({ type: "finish", id: 1, n: 1, result: "x" })).toMatchObject({
    code: "not_yours",
  });
  expect(await other.ask({ type: "take", id: 2 })).toMatchObject({ n: 2 });
  void other.send({ type: "take", id: 3 });
  worker.socket.reset();
  expect(await other.next()).toEqual({ type: "job", re: 3, n: 1, text: "a" });
  await other.ask({ type: "finish", id: 4, n: 1, result: "A" });
  expect(await client.next()).toEqual({ type: "done", re: 1, result: "A" });
});

test("refuses one job more than may be unfinished, and stops at once when there is none", async () => {
  const { started, client, worker } = await start("--waiting-max", "2");
  await submit(client, "a", "b");
  expect(await client.ask({ type: "submit", id: 3, text: "c" })).toMatchObject({ code: "busy" });
  for (const n of [1, 2]) {
    await worker.ask({ type: "take", id: n * 2 });
    await worker.ask({ type: "finish", id: n * 2 + 1, n, result: "" });
  }
  expect(await client.take(2, "done")).toHaveLength(2);
  expect(await started.stop("SIGTERM")).toBe(0);
});
