// Holds connections that say nothing but a ping, through the C load generator's idle mode.
// Owns the generator's process from the first connection to the release.

import { adoptChild } from "../harness/children.ts";
import { readLines } from "../harness/read-lines.ts";
import type { Candidate } from "../servers/candidate.ts";

/** Longer than any reading takes; after it the generator lets go by itself. */
const holdSecondsMax = 120;

export interface Crowd {
  readonly connections: number;
  /** 0 = greeted only. */
  readonly rooms: number;
  /** Number of the first one: two crowds on one server must not share nicks. */
  readonly first: number;
}

/** What the generator says of its crowd; see load/c/idle.c. */
export interface Headcount {
  readonly event: "held" | "late" | "released";
  readonly held: number;
  /** Told so by the server before they were in. */
  readonly refused: number;
  /** Ended without a word before they were in. */
  readonly failed: number;
  readonly disconnects: number;
  /** The server's code for the first refusal. */
  readonly refusal: string;
}

export interface Hold {
  readonly atFirst: Headcount;
  /** Lets all go; resolves to how many were still held. */
  release(): Promise<Headcount>;
}

/** Resolves when every connection of the crowd is in, refused or failed. */
export async function holdConnections(
  load: string,
  dialect: Candidate["dialect"],
  port: number,
  crowd: Crowd,
): Promise<Hold> {
  const flags = {
    dialect,
    port,
    idle: crowd.connections,
    rooms: crowd.rooms,
    first: crowd.first,
    seconds: holdSecondsMax,
  };
  const child = adoptChild(
    Bun.spawn(
      [load, ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, `${value}`])],
      {
        stdin: "pipe",
        stdout: "pipe",
        stderr: "inherit",
      },
    ),
  );
  const lines = readLines(child.stdout);
  return {
    atFirst: await nextHeadcount(lines),
    async release() {
      await child.stdin.end();
      return nextHeadcount(lines);
    },
  };
}

async function nextHeadcount(lines: AsyncGenerator<string>): Promise<Headcount> {
  const { value, done } = await lines.next();
  if (done === true) throw new Error("the load generator ended without a word");
  return JSON.parse(value) as Headcount;
}
