import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processTestMs } from "./deadline.ts";
import { runServerProcess } from "./run-server-process.ts";

setDefaultTimeout(processTestMs);

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

test("a line that it logs later is awaited, and one that never comes is told", async () => {
  const server = await runServerProcess({
    ...program(`
      process.on("SIGUSR2", () => process.stderr.write("it has happened\\n"));
      process.stdout.write("listening on 127.0.0.1:1\\n");
      setInterval(() => {}, 1000);
    `),
    deadlineMs: 2_000,
  });
  server.signal("SIGUSR2");
  await server.said("it has happened");
  expect(server.address).toBe("127.0.0.1:1");
  const never = server.said("something else");
  await server.stop("SIGKILL");
  await expect(never).rejects.toThrow("something else");
});

test("its data is its own and goes with it, or is named and stays; no setting is inherited", async () => {
  const tells = program(`
    process.stdout.write("data " + process.env.MARU_DATA + " port " + process.env.MARU_PORT + "\\n");
    process.stdout.write("listening on h:1\\n");
    setInterval(() => {}, 1000);
  `);
  process.env.MARU_PORT = "7667";
  const named = mkdtempSync(join(tmpdir(), "maru-named-"));
  try {
    for (const data of [undefined, named]) {
      const server = await runServerProcess({ ...tells, ...(data !== undefined && { data }) });
      const [, told = "", port] = /data (.*) port (.*)/.exec(server.output().stdout) ?? [];
      expect([existsSync(told), port]).toEqual([true, "undefined"]);
      await server.stop("SIGKILL");
      expect([existsSync(told), data === undefined || data === told]).toEqual([
        data === told,
        true,
      ]);
    }
  } finally {
    delete process.env.MARU_PORT;
    rmSync(named, { recursive: true });
  }
});
