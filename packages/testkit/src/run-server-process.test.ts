import { expect, test } from "bun:test";
import { runServerProcess } from "./run-server-process.ts";

const program = (source: string) => ({ command: [process.execPath, "-e", source] });

test("waits for the line with the port, and ends the process by its own id", async () => {
  const server = await runServerProcess(
    program(`
      process.on("SIGTERM", () => process.exit(3));
      process.stderr.write("a log line\\n");
      process.stdout.write("listening on 127.0.0.1:7667\\n");
      setInterval(() => {}, 1000);
    `),
  );
  expect(server.hostname).toBe("127.0.0.1");
  expect(server.port).toBe(7667);
  expect(await server.stop()).toBe(3);
  expect(server.output().stderr).toContain("a log line");
});

test("a process that ends before it listens rejects with what it said", async () => {
  const starting = runServerProcess(program(`throw new Error("no such port")`));
  await expect(starting).rejects.toThrow("no such port");
});

test("a process that never listens is ended and rejects", async () => {
  const starting = runServerProcess({
    ...program("setInterval(() => {}, 1000)"),
    deadlineMs: 300,
  });
  await expect(starting).rejects.toThrow("not listening");
});

test("an end by a signal has no exit code", async () => {
  const server = await runServerProcess(
    program(`process.stderr.write("listening on h:1\\n"); setInterval(() => {}, 1000)`),
  );
  expect(await server.stop("SIGKILL")).toBeNull();
});
