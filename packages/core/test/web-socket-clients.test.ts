// The WebSockets of others, each through the same two stays with the floor: as those who have written
// them understand the standard, not as we do.

import { afterAll, beforeAll, expect, test } from "bun:test";
import { processTestMs } from "@maru/testkit";
import { type FloorServer, startFloor } from "./floor/floor-server.ts";

let floor: FloorServer;
beforeAll(async () => {
  floor = await startFloor({ listen: { webSocket: { origins: [] } } });
});
afterAll(() => floor.stop());

/** Of each length form, and of each width of UTF-8. */
const texts = ["hi", "안녕 🙂 é ".repeat(20), "나".repeat(20_000)];

interface Stay {
  readonly protocol: string;
  readonly heard: readonly string[];
  readonly close: { readonly code: number; readonly reason: string };
}

/** What everybody must see: once ended by the service, once by itself. */
function check(stays: readonly Stay[], closes: readonly Stay["close"][]): void {
  expect(stays.map(({ heard }) => heard)).toEqual([texts, texts]);
  expect(stays.map(({ protocol }) => protocol)).toEqual(["floor.v1", "floor.v1"]);
  expect(stays.map(({ close }) => close)).toEqual([...closes]);
}

const endedByService = { code: 4000, reason: "flooded: That was it." };

async function runClient(command: string, program: string): Promise<Stay[]> {
  const path = new URL(`./web-socket/${program}`, import.meta.url).pathname;
  const args = JSON.stringify([floor.server.port, ...texts]);
  const client = Bun.spawn([command, path, args], { stdout: "pipe", stderr: "pipe" });
  const [out, error] = await Promise.all([
    new Response(client.stdout).text(),
    new Response(client.stderr).text(),
  ]);
  if ((await client.exited) !== 0) throw new Error(error);
  const stays = JSON.parse(out) as (Stay & { pong: string })[];
  expect(stays.map(({ pong }) => pong)).toEqual(["here?", "here?"]);
  return stays;
}

const node = Bun.which("node");
test.skipIf(node === null)(
  "ws in Node",
  async () => {
    // What the server echoes of a close is the code alone.
    check(await runClient("node", "ws-client.mjs"), [endedByService, { code: 1000, reason: "" }]);
  },
  processTestMs,
);

/** The system's own stands first: a package of the system is for that alone. */
const python = ["/usr/bin/python3", "python3"].find(
  (command) =>
    Bun.which(command) !== null && Bun.spawnSync([command, "-c", "import websockets"]).success,
);
if (python === undefined)
  process.stderr.write("python3-websockets is not installed, and not tried\n");
test.skipIf(python === undefined)(
  "python3-websockets",
  async () => {
    const stays = await runClient(python ?? "", "websockets_client.py");
    check(stays, [endedByService, { code: 1000, reason: "" }]);
  },
  processTestMs,
);

async function stayInBun(isToBeEnded: boolean): Promise<Stay> {
  const socket = new WebSocket(`ws://127.0.0.1:${floor.server.port}/ws`, "floor.v1");
  const heard: string[] = [];
  const say = (message: object) => socket.send(JSON.stringify(message));
  const closed = new Promise<Stay["close"]>((resolve) => {
    socket.addEventListener("close", ({ code, reason }) => resolve({ code, reason }));
  });
  socket.addEventListener("open", () => say({ type: "hello", id: 1, name: "bun" }));
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data)) as { type: string; text: string };
    if (message.type === "welcome") say({ type: "join", id: 2, room: "bun" });
    if (message.type === "joined") {
      for (const [at, text] of texts.entries()) say({ type: "say", id: 3 + at, room: "bun", text });
    }
    if (message.type !== "message") return;
    heard.push(message.text);
    if (heard.length < texts.length) return;
    if (isToBeEnded) say({ type: "flood", id: 9, count: 3, bytes: 100, andClose: true });
    else socket.close(1000, "enough");
  });
  const close = await closed;
  return { heard, protocol: socket.protocol, close };
}

test("Bun's own WebSocket", async () => {
  const stays = [await stayInBun(true), await stayInBun(false)];
  check(stays, [endedByService, { code: 1000, reason: "" }]);
});
