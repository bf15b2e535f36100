// Metrics and health, as an operator's tools ask for them.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { endServers, greet, recordsOf, start } from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

/** The port that the log names, once it does. */
async function httpPortOf(server: ServerProcess): Promise<number> {
  for (;;) {
    const record = recordsOf(server).find(({ message }) => message === "http.started");
    if (record !== undefined) return Number(record.port);
    await new Promise(setImmediate);
  }
}

async function get(port: number, path: string) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

test("with --http-port 0 the log tells the port; health, metrics and a stranger's path are answered", async () => {
  const server = await start("--http-port", "0", "--workers", "1");
  const port = await httpPortOf(server);
  expect(port).toBeGreaterThan(0);
  const mina = await greet(server, "mina");
  await mina.ask({ type: "send", id: 2, room: "@mina+jun", text: "hi" });
  expect(await get(port, "/healthz")).toMatchObject({ status: 200, text: "ok\n" });
  expect(await get(port, "/readyz")).toMatchObject({ status: 200, text: "ready\n" });
  const metrics = await get(port, "/metrics");
  expect(metrics.status).toBe(200);
  expect(metrics.headers.get("content-type")).toStartWith("text/plain");
  expect(metrics.text).toContain("\nmaru_connections_open 1\n");
  expect(metrics.text).toContain("\nmaru_frames_in_total 2\n");
  expect(metrics.text).toMatch(/^maru_log_tasks_total\{kind="index"\} [1-9]/m);
  expect(metrics.text).toContain("\nmaru_rooms_stored 1\n");
  expect(metrics.text).toMatch(/^maru_rooms_stored_share [0-9.]+e-7$/m);
  expect(metrics.text).toContain("process_resident_memory_bytes");
  expect(await get(port, "/")).toMatchObject({ status: 404 });
});

test("a server that drains lives, and is not ready for more", async () => {
  const server = await start("--http-port", "0", "--workers", "0", "--drain-ms", "60000");
  const port = await httpPortOf(server);
  const mina = await greet(server, "mina", { lingers: true });
  server.signal("SIGTERM");
  await mina.next("close");
  expect(await get(port, "/readyz")).toMatchObject({ status: 503, text: "draining\n" });
  expect(await get(port, "/healthz")).toMatchObject({ status: 200 });
  mina.socket.end();
  expect(await server.exited).toBe(0);
});

test("without --http-port nothing listens but the chat", async () => {
  const server = await start("--workers", "0");
  await greet(server, "mina");
  expect(recordsOf(server).some(({ message }) => message === "http.started")).toBe(false);
});
