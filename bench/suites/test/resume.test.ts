// A small crowd, dropped and back: every client must have all that it missed, and be counted right.

import { describe, expect, test } from "bun:test";
import { measureResume } from "../resume/measure-resume.ts";

const small = {
  clients: 12,
  rooms: 3,
  messages: 7,
  rounds: 1,
  durability: "os",
  workers: "0",
};

describe("a crowd that comes back", () => {
  test.each([false, true])("has all that it missed (server restarted: %p)", async (restart) => {
    const { returned, logReads } = await measureResume({ ...small, restart }, 0);
    expect(returned).toMatchObject({ complete: 12, missing: 0, unexpected: 0, unrecovered: 0 });
    expect(returned.completed.count).toBe(12);
    expect(logReads).toBe(restart ? small.rooms : 0);
  });
});
