// Reactions under a message are bounded, and no single account may use them up: in every log.

import { afterAll, expect, test } from "bun:test";
import type { LogTag } from "../../src/hub/effects.ts";
import { createMemoryLog } from "../../src/log-memory/memory-log.ts";
import { createSqliteLog } from "../../src/log-sqlite/mod.ts";
import { ChatFixture, type Visitor } from "../chat-fixture.ts";
import { dataDirectory, removeDirectories } from "./driven-log.ts";
import { sqliteOptions } from "./sqlite-options.ts";

afterAll(removeDirectories);

const logs = [
  ["in memory", createMemoryLog<LogTag>({ memoryLogBytes: 1_000_000, epoch: "e" })],
  ["in SQLite", createSqliteLog<LogTag>(sqliteOptions(dataDirectory()))],
] as const;

for (const [name, log] of logs) {
  test(`no account uses up a message's reactions for the others: ${name}`, async () => {
    const fixture = new ChatFixture({ log });
    const jun = fixture.guest("jun");
    jun.ask("join", { room: "lobby" });
    jun.ask("send", { room: "lobby", text: "react!" });
    const react = (by: Visitor, kind: number, remove?: true) => {
      const emoji = String.fromCodePoint(0x1f600 + kind);
      return by.ask("react", { room: "lobby", target: 1, emoji, ...(remove && { remove }) });
    };
    const full = { code: "too_many_reactions" };
    for (let kind = 0; kind < 8; kind += 1) react(jun, kind);
    expect(react(jun, 8)).toMatchObject(full);
    expect(react(jun, 7, true)).toMatchObject({ type: "sent" });
    expect(react(jun, 8)).toMatchObject({ type: "sent" });
    expect(react(jun, 9)).toMatchObject(full);
    for (let n = 1; n <= 3; n += 1) {
      const other = fixture.guest(`other${n}`);
      other.ask("join", { room: "lobby" });
      for (let kind = n * 10; kind < n * 10 + 8; kind += 1) {
        expect(react(other, kind)).toMatchObject({ type: "sent" });
      }
      expect(react(other, n * 10 + 8)).toMatchObject(full);
      expect(react(other, 0)).toMatchObject({ type: "sent" });
    }
    const last = fixture.guest("last");
    last.ask("join", { room: "lobby" });
    expect(react(last, 60)).toMatchObject(full);
    // What stands there is open to all, however many they are.
    for (const kind of [0, 1, 2, 3, 4, 5, 6, 8, 10, 20, 30]) {
      expect(react(last, kind)).toMatchObject({ type: "sent" });
    }
    expect(react(jun, 10)).toMatchObject({ type: "sent" });
    await fixture.service.stop();
  });
}
