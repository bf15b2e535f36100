// A disk that takes no more, under a real server process: the limit of a file's size stands for it, as
// the system gives it to one process and takes it back while that runs. Bun ignores the signal that comes
// with it, so what is left is a write that fails.

import { afterEach, expect, setDefaultTimeout, test } from "bun:test";
import type { FramePeer, PeerMessage, ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import {
  dataDir,
  endServers,
  greet,
  main,
  recordsOf,
  start,
  startCommand,
} from "./running-server.ts";

setDefaultTimeout(processTestMs);

afterEach(endServers);

const prlimit = Bun.which("prlimit");
/** Bytes that a file may have. */
const fileBytesMax = 1024 * 1024;
const text = "마루".repeat(1_000);

function startOnSmallDisk(data: string): Promise<ServerProcess> {
  const limit = [prlimit as string, `--fsize=${fileBytesMax}:unlimited`];
  const flags = ["--port", "0", "--workers", "0", "--send-rate", "0", "--data", data];
  return startCommand([...limit, process.execPath, main, ...flags]);
}

function liftLimit({ pid }: ServerProcess): void {
  const done = Bun.spawnSync([prlimit as string, "--pid", `${pid}`, "--fsize=unlimited"]);
  expect(done.exitCode).toBe(0);
}

/** Says one message after the other, until `isEnough` of the answers; the acknowledged, by cid. */
async function fill(peer: FramePeer, isEnough: (answers: readonly PeerMessage[]) => boolean) {
  const acknowledged = new Map<string, number>();
  const refusals: PeerMessage[] = [];
  for (let id = 100; !isEnough(refusals); id += 1) {
    const cid = `c${id}`;
    const answer = await peer.ask({
      type: "send",
      id,
      room: "lobby",
      text: `${cid} ${text}`,
      cid,
    });
    if (answer.type === "sent") acknowledged.set(cid, answer.seq as number);
    else refusals.push(answer);
  }
  return { acknowledged, refusals };
}

const waitOf = (refusal?: PeerMessage) => (refusal?.retryAfterMs as number | undefined) ?? 0;

/** Every message of the room, by cid. */
async function readAll(peer: FramePeer): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let after = 0, id = 1_000_000; ; id += 1) {
    const page = await peer.ask({ type: "history", id, room: "lobby", after, limit: 200 });
    if (page.type === "error" && page.code === "rate_limited") continue;
    expect(page).toMatchObject({ type: "page" });
    const entries = page.entries as { seq: number; text: string }[];
    for (const entry of entries) found.set(entry.text.split(" ")[0] as string, entry.seq);
    after = entries.at(-1)?.seq ?? after;
    if (page.more !== true) return found;
  }
}

test.skipIf(prlimit === null)(
  "a full disk: what can't be stored is refused, what was is read, and it goes on by itself",
  async () => {
    const data = dataDir();
    const server = await startOnSmallDisk(data);
    const [mina, jun] = [await greet(server, "mina"), await greet(server, "jun")];
    await mina.ask({ type: "join", id: 2, room: "lobby" });
    const joined = await jun.ask({ type: "join", id: 2, room: "lobby" });

    // Where the time to wait grows again, the disk has been tried again.
    const attempts = (refusals: readonly PeerMessage[]) =>
      refusals.filter((one, at) => waitOf(one) > waitOf(refusals[at - 1])).length;
    const { acknowledged, refusals } = await fill(mina, (answers) => attempts(answers) >= 3);
    expect(acknowledged.size).toBeGreaterThan(50);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: "storage_unavailable", retryable: true });
      expect(refusal.retryAfterMs).toBeWithin(0, 501);
      expect(Number.isInteger(refusal.retryAfterMs)).toBe(true);
    }

    expect(await readAll(jun)).toEqual(acknowledged);
    expect(await jun.ask({ type: "ping", id: 3 })).toMatchObject({ type: "pong" });
    expect(await jun.ask({ type: "join", id: 4, room: "lobby" })).toMatchObject({
      ...{ type: "joined", epoch: joined.epoch, head: acknowledged.size },
    });

    const last = { type: "send", room: "lobby", text: "stored at last", cid: "last" };
    liftLimit(server);
    let stored = await mina.ask({ ...last, id: 3 });
    for (let id = 4; stored.type === "error"; id += 1) stored = await mina.ask({ ...last, id });
    expect(stored).toMatchObject({ seq: acknowledged.size + 1, duplicate: false });

    // The writer's own states, in order. A task that failed on its thread before may be told after.
    const told = recordsOf(server).map(({ message }) => message);
    const writer = ["storage.unavailable", "storage.recovered"];
    expect(told.filter((event) => writer.includes(`${event}`))).toEqual(writer);
    // Seconds of failing attempts, by the writer and by every kind of task: each state is told once.
    const kinds = recordsOf(server).map(({ message, task = "" }) => `${message} ${task}`);
    expect(new Set(kinds).size).toBe(kinds.length);
    await server.stop("SIGKILL");
    const again = await start("--workers", "0", "--data", data);
    const reader = await greet(again, "reader");
    const { epoch } = await reader.ask({ type: "join", id: 2, room: "lobby" });
    expect(epoch).toBe(joined.epoch);
    const kept = await readAll(reader);
    expect(kept.get("stored")).toBe(acknowledged.size + 1);
    kept.delete("stored");
    expect(kept).toEqual(acknowledged);
  },
  30_000,
);
