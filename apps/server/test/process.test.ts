// The server as a process: what it prints, how it ends, and with which exit code.

import { Database } from "bun:sqlite";
import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { deadlineMsDefault, processTestMs, type ServerProcess, withDeadline } from "@maru/testkit";
import {
  connect,
  dataDir,
  endServers,
  greet,
  hello,
  recordsOf,
  root,
  runToEnd,
  start,
  startCommand,
} from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

test("one line on standard output says where it listens; the log is JSON lines on standard error", async () => {
  const server = await start("--workers", "0");
  await greet(server, "mina");
  expect(await server.stop()).toBe(0);
  const { stdout } = server.output();
  expect(stdout).toBe(`listening on 127.0.0.1:${server.port}\n`);
  const records = recordsOf(server);
  expect(records.map(({ message }) => message ?? null)).toEqual([
    "server.started",
    "server.stopping",
    "server.stopped",
  ]);
  expect(JSON.stringify(records)).not.toContain("mina");
});

test("an IPv6 address is shown in brackets", async () => {
  const server = await start("--workers", "0", "--host", "::1");
  expect(server.output().stdout).toBe(`listening on [::1]:${server.port}\n`);
  expect(await server.stop()).toBe(0);
});

for (const [signal, workers] of [
  ["SIGTERM", "0"],
  ["SIGINT", "0"],
  ["SIGTERM", "2"],
] as const) {
  test(`${signal} with ${workers} workers: what was said is acknowledged, all are told, and it exits 0`, async () => {
    const server = await start("--workers", workers);
    const [mina, jun] = [await greet(server, "mina"), await greet(server, "jun")];
    await mina.ask({ type: "join", id: 2, room: "a" });
    const stranger = await connect(server);
    await mina.send({ type: "send", id: 3, room: "a", text: "last" });
    await mina.next("sent");
    server.signal(signal);
    for (const peer of [mina, jun, stranger]) {
      const close = await peer.next("close");
      expect(close).toMatchObject({ code: "shutdown", reconnect: "backoff" });
      expect(close.afterMs).toBeLessThan(2_000);
      expect(await peer.closed()).toBe("closed");
    }
    expect(await server.exited).toBe(0);
  });
}

/** Signals it over and over, as who insists does, until it has ended. */
async function insist(server: ServerProcess, signal: NodeJS.Signals): Promise<number | null> {
  const again = setInterval(() => server.signal(signal), 50);
  const goesOn = () => "it goes on";
  return await withDeadline(server.exited, deadlineMsDefault, goesOn).finally(() =>
    clearInterval(again),
  );
}

test("who insists ends it at once, though a peer still holds on", async () => {
  const server = await start("--workers", "0", "--drain-ms", "60000");
  const mina = await greet(server, "mina", { lingers: true });
  server.signal("SIGTERM");
  expect(await mina.next("close")).toMatchObject({ code: "shutdown" });
  expect(await insist(server, "SIGTERM")).toBe(1);
});

test("a peer that holds on is waited for as long as is set, and then the exit is orderly", async () => {
  const server = await start("--workers", "0", "--drain-ms", "50");
  const mina = await greet(server, "mina", { lingers: true });
  server.signal("SIGTERM");
  await mina.next("close");
  expect(await server.exited).toBe(0);
});

test("a port that is taken is told in one sentence, and the exit code is 1", async () => {
  const server = await start("--workers", "0");
  for (const workers of ["0", "1"]) {
    const second = await runToEnd([
      "--port",
      `${server.port}`,
      "--workers",
      workers,
      "--data",
      dataDir(),
    ]);
    expect(second.code).toBe(1);
    expect(second.stdout).toBe("");
    expect(second.stderr).toStartWith(`can't serve on 127.0.0.1:${server.port}: `);
    expect(second.stderr).toContain("--port 0 picks a free port");
    expect(second.stderr.trim()).not.toContain("\n");
  }
  const http = await runToEnd([
    "--port",
    "0",
    "--data",
    dataDir(),
    "--http-port",
    `${server.port}`,
  ]);
  expect(http.code).toBe(1);
  expect(http.stderr).toContain(`can't serve on 127.0.0.1:${server.port}: `);
  expect(http.stderr).toContain("--http-port 0 picks a free port");
});

test("wrong usage, and a wrong configuration, end with exit code 2 and what is wrong", async () => {
  const wrong: [string[], Record<string, string>, string][] = [
    [["--prot", "1"], {}, "unknown option '--prot'"],
    [["start"], {}, "too many arguments"],
    [["--port"], {}, "argument missing"],
    [["--port", "65536"], {}, "--port 65536: must be at most 65535"],
    [[], { MARU_WORKERS: "many" }, "MARU_WORKERS=many: must be a whole number"],
    [["--durability", "tape"], {}, "--durability tape"],
    [["--config", "no-such-file.toml"], {}, "there is no such file"],
  ];
  const ends = await Promise.all(wrong.map(([args, env]) => runToEnd(args, env)));
  for (const [index, { code, stdout, stderr }] of ends.entries()) {
    expect(stderr).toContain(wrong[index]?.[2] as string);
    expect(stderr).toContain("--help lists the settings");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  }
});

test("--help shows every setting, and --version the version; both exit 0", async () => {
  const { settings } = await import("../src/config/server-config.ts");
  const [help, version] = await Promise.all([runToEnd(["--help"]), runToEnd(["--version"])]);
  expect([help.code, version.code]).toEqual([0, 0]);
  for (const { flag, env, section } of settings) {
    expect(help.stdout).toContain(`--${flag} <`);
    expect(help.stdout).toContain(env);
    expect(help.stdout).toContain(`${section}:`);
  }
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("settings come from the environment too", async () => {
  const command = [process.execPath, "apps/server/src/main.ts", "--workers", "0"];
  const env = { MARU_PORT: "0", MARU_SEND_RATE: "123", MARU_DATA: dataDir() };
  const server = await startCommand(command, env);
  const peer = await connect(server);
  await peer.send(hello("mina"));
  expect(await peer.next("welcome")).toMatchObject({ limits: { sendRate: 123 } });
});

const fromTheRoot = (data: string, ...flags: string[]) => [
  ...[process.execPath, "run", "server", "--port", "0", "--workers", "1", "--data", data],
  ...flags,
];

test("from the root, `bun run server` takes arguments, and a signal reaches the server", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const server = await startCommand(fromTheRoot(dataDir()));
    const mina = await greet(server, "mina");
    server.signal(signal);
    expect(await mina.next("close")).toMatchObject({ code: "shutdown" });
    expect(await withDeadline(server.exited, deadlineMsDefault, () => "it goes on")).toBe(0);
    expect(server.output().stdout).toBe(`listening on 127.0.0.1:${server.port}\n`);
  }
});

for (const times of [1, 2, 5]) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    test(`${signal} to the whole job of \`bun run server\`, ${times} at once, is one orderly stop`, async () => {
      const data = dataDir();
      const server = await startCommand(fromTheRoot(data), {}, true);
      const mina = await greet(server, "mina");
      for (let time = 0; time < times; time += 1) server.signal(signal);
      expect(await mina.next("close")).toMatchObject({ code: "shutdown", reconnect: "backoff" });
      expect(await withDeadline(server.exited, deadlineMsDefault, () => "it goes on")).toBe(0);
      expect(recordsOf(server).at(-1)).toMatchObject({ message: "server.stopped" });
      expect(readdirSync(data)).not.toContain("maru.db-wal");
    });
  }
}

test("who insists from a terminal ends `bun run server` at once", async () => {
  const server = await startCommand(fromTheRoot(dataDir(), "--drain-ms", "60000"), {}, true);
  const mina = await greet(server, "mina", { lingers: true });
  server.signal("SIGINT");
  expect(await mina.next("close")).toMatchObject({ code: "shutdown" });
  expect(await insist(server, "SIGINT")).not.toBe(0);
  expect(server.output().stderr).not.toContain("server.stopped");
});

async function admin(...args: string[]) {
  const child = Bun.spawn([process.execPath, "apps/server/src/admin.ts", ...args], {
    cwd: root,
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = [await child.stdout.text(), await child.stderr.text()];
  return { stdout, stderr, code: await child.exited };
}

test("admin check says whether a server's data is whole, while it runs and after", async () => {
  const data = dataDir();
  const server = await start("--data", data);
  const peer = await greet(server, "mina");
  await peer.ask({ type: "join", id: 2, room: "lobby" });
  await peer.ask({ type: "send", id: 3, room: "lobby", text: "kept" });
  const whole = { stdout: `${data}/maru.db: whole (1 entries, 1 rooms, schema 3)\n`, code: 0 };
  expect(await admin("check", "--data", data)).toMatchObject(whole);
  await server.stop("SIGKILL");
  expect(await admin("check", "--data", data)).toMatchObject(whole);
  const db = new Database(`${data}/maru.db`);
  db.run("UPDATE entry SET body = 'kepd'");
  db.close();
  const damaged = await admin("check", "--data", data);
  expect(damaged).toMatchObject({ stdout: "", code: 1 });
  expect(damaged.stderr).toContain("maru.db: it is damaged");
  expect(await admin("check", "--data", `${data}/nowhere`)).toMatchObject({ code: 1 });
});

test("admin without a command, or with one that isn't there, ends with exit code 2", async () => {
  for (const args of [[], ["backup"], ["check", "more"]]) {
    const { code, stderr } = await admin(...args);
    expect({ args, code }).toEqual({ args, code: 2 });
    expect(stderr).not.toBe("");
  }
});

test("a host that is none of this machine's is told by its flag", async () => {
  for (const host of ["nobody.invalid", "192.0.2.1"]) {
    const end = await runToEnd(["--port", "0", "--durability", "memory", "--host", host]);
    expect([end.code, end.stderr.trim().split("\n").length]).toEqual([1, 1]);
    expect(end.stderr).toContain("--host names no address of this machine");
  }
});

test("connections that the limit of open files doesn't allow are told, with both numbers", async () => {
  const args = ["--durability", "memory", "--workers", "0", "--max-connections"];
  const capped = await start(...args, "99999999");
  expect(await capped.stop()).toBe(0);
  const { maxConnections } = recordsOf(capped).find(
    ({ message }) => message === "server.started",
  ) as { maxConnections: number };
  const [{ warning } = {}, ...more] = recordsOf(capped).filter(
    ({ message }) => message === "server.connections-capped",
  );
  expect(warning).toContain("--max-connections 99999999 can't be had");
  expect(warning).toContain(`allows ${maxConnections} connections`);
  expect(more).toEqual([]);
  const asked = await start(...args, `${maxConnections}`);
  expect(await asked.stop()).toBe(0);
  expect(asked.output().stderr).not.toContain("connections-capped");
});

test("who serves other machines is warned once, on standard error", async () => {
  const args = ["--port", "0", "--durability", "memory", "--host", "0.0.0.0"];
  const server = await start(...args);
  expect(await server.stop()).toBe(0);
  expect(server.output().stderr.match(/no TLS and no accounts/g)).toHaveLength(1);
});
