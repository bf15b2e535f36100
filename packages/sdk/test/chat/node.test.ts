// The chat's client in Node: bundled by Bun, run by a real node against the fake server.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { processTestMs } from "@maru/testkit";
import { node, withNode } from "../bundle-for-node.ts";
import { entry } from "./fake-server.ts";
import { endMeetings, startServer } from "./meet.ts";

setDefaultTimeout(processTestMs);

afterEach(endMeetings);

test.skipIf(node === null)("runs in Node as it runs in Bun", async () => {
  const server = startServer();
  const script = join(import.meta.dir, "node-script.ts");
  await withNode(script, [`maru://127.0.0.1:${server.port}/lobby`], async (running) => {
    const connection = await server.accept();
    expect((await connection.welcome()).nick).toBe("node");
    await connection.joined({ head: 3 });
    const { text } = await connection.sent(4);
    connection.say(entry("lobby", 4, text));
    const printed = await new Response(running.stdout).text();
    expect(await new Response(running.stderr).text()).toBe("");
    expect(JSON.parse(printed)).toEqual({ head: 3, seq: 4, text: "안녕, 마루", from: "bob" });
    expect(await running.exited).toBe(0);
  });
});
