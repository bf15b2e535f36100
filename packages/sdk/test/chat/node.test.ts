// The SDK in Node: bundled by Bun, run by a real node against the fake server.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processTestMs } from "@maru/testkit";
import { entry } from "./fake-server.ts";
import { endMeetings, startServer } from "./meet.ts";

setDefaultTimeout(processTestMs);

afterEach(endMeetings);

const node = Bun.which("node");
if (node === null) process.stderr.write("skipped: there is no node on this machine\n");

test.skipIf(node === null)("runs in Node as it runs in Bun", async () => {
  const directory = await mkdtemp(join(tmpdir(), "maru-sdk-"));
  try {
    const built = await Bun.build({
      entrypoints: [join(import.meta.dir, "node-script.ts")],
      outdir: directory,
      target: "node",
      naming: "script.mjs",
    });
    expect(built.success).toBe(true);
    const server = startServer();
    const script = Bun.spawn(
      [node ?? "", join(directory, "script.mjs"), `maru://127.0.0.1:${server.port}/lobby`],
      { stdout: "pipe", stderr: "pipe" },
    );
    const connection = await server.accept();
    expect((await connection.welcome()).nick).toBe("node");
    await connection.joined({ head: 3 });
    const { text } = await connection.sent(4);
    connection.say(entry("lobby", 4, text));
    const printed = await new Response(script.stdout).text();
    expect(await new Response(script.stderr).text()).toBe("");
    expect(JSON.parse(printed)).toEqual({ head: 3, seq: 4, text: "안녕, 마루", from: "bob" });
    expect(await script.exited).toBe(0);
  } finally {
    await rm(directory, { recursive: true });
  }
});
