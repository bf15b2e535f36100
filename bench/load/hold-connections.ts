// Holds connections that say nothing but a ping, through the load generator's idle mode.
// Owns the generator's process from the first connection to the release.

import { flagWords, startHelper } from "../harness/children.ts";
import type { GeneratorTarget } from "./generator.ts";

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
  { program, dialect, port }: GeneratorTarget,
  { connections, rooms, first }: Crowd,
): Promise<Hold> {
  const flags = { dialect, port, idle: connections, rooms, first, seconds: holdSecondsMax };
  const generator = startHelper("the load generator", [program, ...flagWords(flags)]);
  const headcount = async () => JSON.parse(await generator.hear()) as Headcount;
  return {
    atFirst: await headcount(),
    async release() {
      await generator.endInput();
      return headcount();
    },
  };
}
