import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  BytePeer,
  FramePeer,
  processTestMs,
  runServerProcess,
  type ServerProcess,
  withDeadline,
} from "@maru/testkit";

setDefaultTimeout(processTestMs);

const program = new URL("./main.ts", import.meta.url).pathname;

/** Runs the example as a reader would, and ends it as one would. */
async function withEcho(
  flags: readonly string[],
  use: (server: ServerProcess) => Promise<void>,
): Promise<void> {
  const server = await runServerProcess({
    command: [process.execPath, program, "--port", "0", ...flags],
  });
  try {
    await use(server);
  } finally {
    expect(await server.stop("SIGTERM")).toBe(0);
  }
}

/** Sends bytes, then FIN, and returns all that comes back. */
async function pipe(port: number, chunks: readonly Uint8Array[]): Promise<Buffer> {
  const echoed: Uint8Array[] = [];
  const peer = await BytePeer.connect(
    { port },
    { received: (chunk) => echoed.push(chunk), ended() {} },
  );
  for (const chunk of chunks) await peer.send(chunk);
  peer.end();
  await withDeadline(peer.closed, 10_000, () => "the echo did not end");
  return Buffer.concat(echoed);
}

test("signals that come together are one orderly stop, from the root too", async () => {
  const server = await runServerProcess({
    command: [process.execPath, "run", "echo", "--port", "0"],
    cwd: new URL("../..", import.meta.url).pathname,
    isJob: true,
  });
  const peer = await FramePeer.connect({ port: server.port });
  await peer.send({ type: "say", id: 1, text: "here" });
  await peer.next("said");
  for (let time = 0; time < 3; time += 1) server.signal("SIGINT");
  expect(await peer.next("close")).toMatchObject({ code: "shutdown" });
  expect(await server.exited).toBe(0);
});

for (const workers of ["0", "2"]) {
  describe(`workers: ${workers}`, () => {
    test("what is said comes back, as often as it is said, on many connections at once", async () => {
      await withEcho(["--workers", workers], async ({ port }) => {
        const talk = async (number: number) => {
          const peer = await FramePeer.connect({ port });
          for (let id = 1; id <= 100; id += 1) {
            const text = `${number} says 안녕 for the ${id}. time`;
            await peer.send({ type: "say", id, text });
            expect(await peer.next()).toEqual({ type: "said", re: id, text });
          }
          peer.socket.end();
          expect(await peer.closed()).toBe("closed");
        };
        await Promise.all(Array.from({ length: 10 }, (_, number) => talk(number)));
      });
    });

    test("all said at once, and then FIN: all of it comes back, and is printed", async () => {
      await withEcho(["--workers", workers], async (server) => {
        const peer = await FramePeer.connect({ port: server.port });
        for (let id = 1; id <= 500; id += 1)
          void peer.send({ type: "say", id, text: `line ${id}` });
        peer.socket.end();
        expect(await peer.closed()).toBe("closed");
        expect(peer.ofType("said").map(({ re }) => re)).toEqual(
          Array.from({ length: 500 }, (_, index) => index + 1),
        );
        expect(peer.ofType("close")).toEqual([]);
      });
    });

    test("a mistake is answered and the connection lives", async () => {
      await withEcho(["--workers", workers], async ({ port }) => {
        const peer = await FramePeer.connect({ port });
        await peer.send({ type: "say", id: 1 });
        expect(await peer.next()).toMatchObject({ type: "error", re: 1, field: "text" });
        await peer.send({ type: "say", id: 2, text: "right" });
        expect(await peer.next("said")).toMatchObject({ re: 2, text: "right" });
        peer.socket.end();
        await peer.closed();
      });
    });

    test("raw bytes come back byte for byte, half-closed or not", async () => {
      await withEcho(["--workers", workers, "--raw"], async ({ port }) => {
        const line = Buffer.from("한 줄\r\n");
        expect(await pipe(port, [line])).toEqual(line);
        const much = Buffer.alloc(3_000_000, "0123456789abcdef");
        expect((await pipe(port, [much])).equals(much)).toBe(true);
        const pieces = Array.from({ length: 300 }, (_, index) => Buffer.from(`${index} `));
        expect(await pipe(port, pieces)).toEqual(Buffer.concat(pieces));
      });
    });
  });
}
