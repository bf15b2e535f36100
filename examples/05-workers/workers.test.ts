import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { FramePeer, processTestMs, runServerProcess, type ServerProcess } from "@maru/testkit";

setDefaultTimeout(processTestMs);

const program = new URL("./server.ts", import.meta.url).pathname;

async function withServer(
  workers: string,
  use: (server: ServerProcess) => Promise<void>,
): Promise<void> {
  const server = await runServerProcess({
    command: [process.execPath, program, "--port", "0", "--workers", workers],
  });
  try {
    await use(server);
  } finally {
    expect(await server.stop("SIGTERM")).toBe(0);
  }
}

describe.each(["0", "2"])("workers: %s", (workers) => {
  test("counts for many peers; who asks for something quick is answered first", async () => {
    await withServer(workers, async ({ port }) => {
      const ask = async () => {
        const peer = await FramePeer.connect({ port });
        await peer.send(
          { type: "primes", id: 1, below: 1_000_000 },
          { type: "primes", id: 2, below: 0 },
          { type: "ping", id: 3 },
        );
        expect(await peer.take(3)).toEqual([
          { type: "pong", re: 3 },
          { type: "counted", re: 1, primes: 78_498 },
          { type: "counted", re: 2, primes: 0 },
        ]);
      };
      await Promise.all(Array.from({ length: 5 }, ask));
    });
  });

  test("a peer that asks for too much at once is refused what is beyond its share", async () => {
    await withServer(workers, async ({ port }) => {
      const greedy = await FramePeer.connect({ port });
      const modest = await FramePeer.connect({ port });
      await greedy.send(
        ...Array.from({ length: 20 }, (_, index) => ({
          type: "primes",
          id: index + 1,
          below: 3_000_000,
        })),
      );
      expect(await modest.ask({ type: "primes", id: 1, below: 10 })).toMatchObject({ primes: 4 });
      const answers = await greedy.take(20);
      const counted = answers.filter(({ type }) => type === "counted");
      expect(counted.length).toBeGreaterThanOrEqual(4);
      expect(counted.every(({ primes }) => primes === 216_816)).toBe(true);
      const refused = answers.filter(({ code }) => code === "busy");
      expect(refused[0]).toMatchObject({ type: "error", retryAfterMs: 1_000 });
      expect(counted.length + refused.length).toBe(20);
    });
  });
});
