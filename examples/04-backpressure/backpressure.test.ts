import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { FramePeer, processTestMs, runServerProcess } from "@maru/testkit";

setDefaultTimeout(processTestMs);

const path = (file: string) => new URL(file, import.meta.url).pathname;
const server = await runServerProcess({
  command: [process.execPath, path("./server.ts"), "--port", "0"],
});
afterAll(async () => {
  expect(await server.stop("SIGTERM")).toBe(0);
});

const runClient = (...args: readonly string[]) =>
  Bun.spawn([process.execPath, path("./client.ts"), ...args, "--port", String(server.port)], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });

async function follow(): Promise<FramePeer> {
  const peer = await FramePeer.connect({ port: server.port });
  expect(await peer.ask({ type: "follow", id: 1 })).toMatchObject({ type: "following" });
  return peer;
}

test("a reader that is suspended is cut and told; one that reads gets every drop", async () => {
  const reader = await follow();
  const stalled = await follow();
  stalled.socket.pause();
  const text = "x".repeat(60_000);
  let cut: unknown = 0;
  let poured = 0;
  // In step with the one that reads: it is never behind, however loaded the machine is.
  for (let id = 2; cut === 0 && id < 2_000; id += 1) {
    void reader.send({ type: "pour", id, text, isLast: false });
    poured += 1;
    const [drop, figures] = await reader.take(2);
    const both = [drop, figures].sort((one, other) =>
      String(one?.type).localeCompare(String(other?.type)),
    );
    expect(both).toMatchObject([
      { type: "drop", n: poured },
      { type: "poured", n: poured },
    ]);
    cut = both[1]?.cut;
  }
  expect(cut).toBe(1);
  await server.said("is gone: slow_consumer\n");
  stalled.socket.resume();
  await stalled.closed();
  const read = stalled.ofType("drop").map(({ n }) => n);
  expect(read).toEqual(Array.from({ length: read.length }, (_, index) => index + 1));
  expect(read.length).toBeLessThan(poured);
  expect(stalled.received.at(-1)).toMatchObject({ type: "close", code: "slow_consumer" });
  reader.socket.end();
  await reader.closed();
});

test("the two sides as programs", async () => {
  const follower = runClient("follow");
  const output = follower.stdout.pipeThrough(new TextDecoderStream()).getReader();
  expect(await output.read()).toMatchObject({ value: "following\n" });
  const peer = await FramePeer.connect({ port: server.port });
  for (let id = 1; id <= 3; id += 1) {
    await peer.ask({ type: "pour", id, text: "x", isLast: id === 3 });
  }
  expect(await output.read()).toMatchObject({ value: "read 3, none missing\n" });
  expect(await follower.exited).toBe(0);
  const pourer = runClient("pour", "--drops", "1");
  expect(JSON.parse(await pourer.stdout.text())).toMatchObject({ followers: 0, cut: 1 });
  expect(await pourer.exited).toBe(0);
});
