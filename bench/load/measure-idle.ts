// One idle measurement: a fresh server, its memory before and after the crowd, and one guest more.
// Ends the server and lets the crowd go, whatever happens.

import { readFileSync } from "node:fs";
import { type MemoryUsage, memoryUsage } from "../harness/usage.ts";
import type { Candidate } from "../servers/candidate.ts";
import { type Headcount, holdConnections } from "./hold-connections.ts";

/**
 * The allocators and the collector of a JavaScript server give memory back seconds after a storm,
 * within ten here; the same wait for every server.
 */
export const settleSecondsDefault = 12;

export interface IdleCrowd {
  readonly connections: number;
  /** 0: greeted only, where the protocol knows that; the WebSocket peers always have a room. */
  readonly rooms: number;
  /** Between the last change and each reading of memory. */
  readonly settleSeconds: number;
}

export interface IdleMeasurement {
  readonly candidate: string;
  readonly connections: number;
  readonly rooms: number;
  readonly before: MemoryUsage;
  readonly after: MemoryUsage;
  readonly crowd: Headcount;
  /** What one connection beyond the crowd was told. */
  readonly oneMore: Headcount;
  readonly released: Headcount;
  /** Resident bytes that the crowd added, by connection held. */
  readonly bytesPerConnection: number;
}

export async function measureIdle(
  candidate: Candidate,
  load: string,
  { connections, rooms, settleSeconds }: IdleCrowd,
): Promise<IdleMeasurement> {
  const server = await candidate.start({ connectionsMax: connections });
  const hold = (crowd: { connections: number; first: number }) =>
    holdConnections(
      { program: load, dialect: candidate.dialect, port: server.port },
      { ...crowd, rooms },
    );
  try {
    await Bun.sleep(settleSeconds * 1000);
    const before = memoryUsage(server.pid);
    const crowd = await hold({ connections, first: 0 });
    const readBeside = async () => {
      await Bun.sleep(settleSeconds * 1000);
      const after = memoryUsage(server.pid);
      const oneMore = await hold({ connections: 1, first: connections });
      await oneMore.release();
      return { after, oneMore: oneMore.atFirst };
    };
    const beside = await readBeside().catch(async (error: unknown) => {
      await crowd.release();
      throw error;
    });
    const released = await crowd.release();
    const added = beside.after.residentBytes - before.residentBytes;
    return {
      candidate: candidate.name,
      connections,
      rooms,
      before,
      ...beside,
      crowd: crowd.atFirst,
      released,
      bytesPerConnection: added / crowd.atFirst.held,
    };
  } finally {
    await server.stop();
  }
}

type Heads = Pick<IdleMeasurement, "connections"> & {
  readonly crowd: Pick<Headcount, "held">;
  readonly released: Pick<Headcount, "held">;
};

/** Whether all were held from the beginning to the end. */
export function isWhole({ connections, crowd, released }: Heads): boolean {
  return crowd.held === connections && released.held === connections;
}

/** Throws where one was not: the memory of the others says nothing. */
export function requireWhole(measurement: IdleMeasurement): void {
  if (isWhole(measurement)) return;
  const { candidate, connections, crowd, released } = measurement;
  const held = `${crowd.held} at first and ${released.held} at the end of ${connections}`;
  throw new Error(`${candidate} held ${held}`);
}

/** Files that a process needs besides its connections. */
const filesSpare = 200;

/** Throws when the limit on open files is too low on this machine. */
export function requireOpenFiles(connections: number): void {
  // The hard limit, which Bun and the C programs raise themselves to.
  const limits = readFileSync("/proc/self/limits", "utf8");
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1] ?? "0";
  const filesMax = hard === "unlimited" ? Number.POSITIVE_INFINITY : Number(hard);
  if (connections + filesSpare <= filesMax) return;
  throw new RangeError(`${connections} connections need a larger ulimit -n than ${filesMax}`);
}
