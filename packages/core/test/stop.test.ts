import { expect, setDefaultTimeout, test } from "bun:test";
import { FramePeer, processTestMs, runServerProcess } from "@maru/testkit";
import { startFloor } from "./floor/floor-server.ts";

setDefaultTimeout(processTestMs);

const program = new URL("./floor/floor-process.ts", import.meta.url).pathname;
const run = (workers: number) =>
  runServerProcess({ command: [process.execPath, program, String(workers)] });

for (const workers of [0, 2]) {
  test(`workers: ${workers}: each peer is told to go and when to come back, and all goes`, async () => {
    const floor = await startFloor({ workers });
    const stranger = await floor.connect();
    const clients = await Promise.all(Array.from({ length: 20 }, (_, n) => floor.enter(`c${n}`)));
    // Connected is not yet accepted: who still stands in the kernel's queue can't be told anything.
    while (floor.server.counters().connectionsOpen < 21) await clients[0]?.ask("nothing");
    await floor.server.stop({ reconnectWithinMs: 60_000 });
    const peers = [stranger, ...clients.map(({ peer }) => peer)];
    const closes = await Promise.all(peers.map((peer) => peer.next("close")));
    const delays = closes.map(({ afterMs }) => afterMs as number);
    expect(
      closes.every(({ code, reconnect }) => code === "shutdown" && reconnect === "backoff"),
    ).toBe(true);
    expect(delays.every((ms) => ms >= 0 && ms < 60_000)).toBe(true);
    expect(new Set(delays).size).toBeGreaterThan(10);
    for (const peer of peers) expect(await peer.closed()).toBe("closed");
    expect(floor.watch).toMatchObject({ stopped: true });
    await expect(floor.connect()).rejects.toThrow();
  });

  test(`workers: ${workers}: what was answered before the stop arrives before the farewell`, async () => {
    const floor = await startFloor({ workers, limits: { outboundBytes: 8_000_000 } });
    const client = await floor.enter("slow");
    client.peer.socket.pause();
    const observer = await floor.enter("observer");
    client.tell("flood", { count: 300, bytes: 10_000, andClose: false });
    while (floor.server.counters().bytesOut < 3_000_000) await observer.ask("nothing");
    const stopped = floor.server.stop();
    client.peer.socket.resume();
    const filler = await client.peer.until("filler", 300);
    expect(filler).toHaveLength(300);
    await client.peer.next("close");
    expect(client.peer.received.at(-1)?.type).toBe("close");
    await stopped;
  });

  test(`workers: ${workers}: who does not go is ended after drainMs`, async () => {
    const floor = await startFloor({ workers, limits: { drainMs: 50, sweepMs: 60_000 } });
    const client = await floor.enter("stays", { lingers: true });
    await floor.server.stop();
    expect(await client.peer.closed()).toBe("reset");
  });

  test(`workers: ${workers}: after the stop nothing keeps the process`, async () => {
    const server = await run(workers);
    const peer = await FramePeer.connect({ port: server.port });
    await peer.send({ type: "hello", id: 1, name: "a" });
    await peer.next("welcome");
    server.signal("SIGTERM");
    expect(await peer.next("close")).toMatchObject({ code: "shutdown" });
    expect(await server.exited).toBe(0);
    expect(server.output().stderr).toBe("");
  });

  test(`workers: ${workers}: a bug in a service on the main thread ends the process and is told`, async () => {
    const server = await run(workers);
    const peer = await FramePeer.connect({ port: server.port });
    await peer.send({ type: "hello", id: 1, name: "a" });
    await peer.next("welcome");
    await peer.send({ type: "fail", id: 2 });
    expect(await server.exited).not.toBe(0);
    expect(server.output().stderr).toContain("the floor gave way");
    await peer.closed();
  });
}
