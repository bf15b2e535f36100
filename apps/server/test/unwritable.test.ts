// What the server and the administrator's command print where it can't be written, and a log that
// can't be.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, openSync } from "node:fs";
import { outputFailedCode } from "@maru/core";
import { processTestMs } from "@maru/testkit";
import { dataDir, endServers, main, root, startCommand } from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterAll(endServers);

const full = "/dev/full";
const admin = "apps/server/src/admin.ts";

/** Not by `runServerProcess`, which reads the output that these can't write. */
async function ended(args: readonly string[], shell = 'exec "$0" "$@"') {
  const child = Bun.spawn(["sh", "-c", shell, process.execPath, ...args], {
    cwd: root,
    stdin: "ignore",
    stdout: existsSync(full) ? openSync(full, "w") : "ignore",
    stderr: "pipe",
  });
  const [code, said] = await Promise.all([child.exited, new Response(child.stderr).text()]);
  return { code, said };
}

const serve = [main, "--port", "0", "--http-port", "off", "--log-level", "error"];

test
  .skipIf(!existsSync(full))
  .each([
    [[main, "--help"]],
    [[main, "--version"]],
    [[...serve, "--durability", "memory"]],
    [[admin, "--help"]],
    [[admin, "--version"]],
    [[admin, "check", "--help"]],
  ])("%p says that it can't be printed, and ends with a code of its own", async (args) => {
  expect(await ended(args)).toEqual({
    code: outputFailedCode,
    said: "standard output can't be written: no space left on device\n",
  });
});

test.skipIf(!existsSync(full))("admin check says so, too", async () => {
  const data = dataDir();
  const server = await startCommand([process.execPath, ...serve, "--data", data]);
  expect(await ended([admin, "check", "--data", data])).toMatchObject({ code: outputFailedCode });
  await server.stop("SIGTERM");
});

test("a reader that left is no failure", async () => {
  const shell = 'exec 3<>"$FIFO" 4>"$FIFO" 3<&-; exec "$0" "$@" >&4 4>&-';
  const fifo = `${dataDir()}/fifo`;
  for (const args of [
    [main, "--help"],
    [admin, "--help"],
  ]) {
    const unread = `FIFO="${fifo}"; rm -f "$FIFO"; mkfifo "$FIFO"; ${shell}`;
    expect(await ended(args, unread)).toEqual({ code: 0, said: "" });
  }
});

test.skipIf(!existsSync(full))("a log that can't be written ends no server", async () => {
  const data = dataDir();
  const command = ["sh", "-c", `exec "$0" "$@" 2>${full}`, process.execPath, main];
  const server = await startCommand([
    ...command,
    ...["--port", "0", "--http-port", "off", "--log-level", "debug", "--data", data],
  ]);
  // It has logged its start by now, and logs its end.
  server.signal("SIGTERM");
  expect(await server.exited).toBe(0);
});
