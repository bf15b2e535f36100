// The client of any protocol in Node: bundled by Bun, run by a real node.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { processTestMs } from "@maru/testkit";
import { endBoards, startBoard, welcome } from "./board.ts";
import { node, withNode } from "./bundle-for-node.ts";

setDefaultTimeout(processTestMs);

afterEach(endBoards);

test.skipIf(node === null)("runs in Node as it runs in Bun", async () => {
  const server = startBoard();
  const script = join(import.meta.dir, "node-script.ts");
  await withNode(script, [`tcp://127.0.0.1:${server.port}`], async (running) => {
    const peer = await welcome(server);
    expect(peer.received[0]).toMatchObject({ token: "node" });
    await peer.send({ type: "entered", re: (await peer.next("enter")).id, cursors: [] });
    await peer.next("move");
    await peer.send({ type: "moved", board: "a", x: 1, y: 2, name: "안녕" });
    const printed = await new Response(running.stdout).text();
    expect(await new Response(running.stderr).text()).toBe("");
    expect(JSON.parse(printed)).toEqual({ cursors: [], isTold: true, name: "안녕" });
    expect(await running.exited).toBe(0);
  });
});
