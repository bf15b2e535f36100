import { expect, test } from "bun:test";
import { createMemoryLog } from "../src/log-memory/memory-log.ts";
import type { LogResult } from "../src/room-log.ts";
import { roomLogContract } from "./room-log-contract.ts";
import { keyOf } from "./stage.ts";

roomLogContract("the memory log", ({ bytesMax }, deliver) =>
  createMemoryLog<number>({ bytesMax, epoch: "epoch-1" })(deliver),
);

test("the memory log forgets a cid with its entry, and keeps one entry however large", () => {
  const results: LogResult<number>[] = [];
  const create = createMemoryLog<number>({ bytesMax: 1_000, epoch: "epoch-1" });
  const log = create((result) => results.push(result));
  const append = (cid: string) => {
    const draft = { type: "message" as const, room: "a", at: 0, from: "mina" };
    const text = "x".repeat(2_000);
    const request = { room: keyOf("a"), account: "mina", cid, draft: { ...draft, text } };
    log.submit({ kind: "append", ...request, tag: 0 });
    log.commit();
    return results.at(-1);
  };
  expect(append("1")).toMatchObject({ duplicate: false, entry: { seq: 1 } });
  expect(append("1")).toMatchObject({ duplicate: true, entry: { seq: 1 } });
  expect(append("2")).toMatchObject({ duplicate: false, entry: { seq: 2 } });
  expect(append("1")).toMatchObject({ duplicate: false, entry: { seq: 3 } });
});
