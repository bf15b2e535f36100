import { expect, test } from "bun:test";
import { cappedConnections, connectionsFor } from "./open-files.ts";

test("what can't be had is told from one connection too many on, with both numbers and what to do", () => {
  for (const filesMax of [64, 1_024, 20_000, 1_000_000]) {
    const possible = connectionsFor("auto", filesMax);
    expect(cappedConnections(possible, filesMax)).toBeNull();
    const told = cappedConnections(possible + 1, filesMax) ?? "";
    expect(told).toContain(`--max-connections ${possible + 1} `);
    expect(told).toContain(`allows ${possible} connections`);
    expect(told).toContain("raise it");
  }
});

test("who leaves it to the server is told nothing", () => {
  for (const wanted of ["auto", 0] as const) expect(cappedConnections(wanted, 64)).toBeNull();
});
