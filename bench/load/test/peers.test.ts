// Every server that is benched must deliver the right bytes to the right members, or its figures mean
// nothing: under load, as the generator counts, and once as a client of its own protocol sees it.

import { describe, expect, test } from "bun:test";
import type { RunningServer } from "../../harness/server.ts";
import type { NamedCandidate } from "../../servers/candidate.ts";
import { candidateOf, peerNames } from "../../servers/candidates.ts";
import { buildObstacle, buildPrograms } from "../../servers/programs.ts";
import { runGenerator } from "../generator.ts";
import type { Scenario } from "../scenario.ts";
import { joinBy } from "./members/join-by.ts";
import type { Member } from "./members/member.ts";

const scenario: Scenario = {
  rooms: 3,
  members: 4,
  talkers: 4,
  stalled: 0,
  textBytes: 64,
  pace: { inflight: 8 },
  warmupSeconds: 0,
  seconds: 0.3,
  drainSeconds: 2,
  sampleEvery: 1,
};

/** Two, three and four bytes in UTF-8, a surrogate pair, and what JSON escapes. */
const said = 'é 안녕하세요, 마루! 👋🏽 "\\" ✓';

async function serving(
  candidate: NamedCandidate,
  use: (server: RunningServer) => Promise<void>,
): Promise<void> {
  const server = await candidate.start({ connectionsMax: 0 });
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

const obstacle = buildObstacle();
const programs = obstacle === undefined ? buildPrograms() : undefined;
const names = ["maru:0", "maru:1", "maru:2:fsync", ...peerNames];

describe.skipIf(obstacle !== undefined)("the servers measured: ", () => {
  if (programs === undefined) return;
  for (const name of names) {
    const candidate = candidateOf(name, programs);
    const hint = candidate.absent();
    const title = hint === undefined ? name : `${name} (not here: ${hint})`;

    test.skipIf(hint !== undefined)(`${title} delivers everything`, async () => {
      await serving(candidate, async ({ port }) => {
        const target = { program: programs.load, dialect: candidate.dialect, port };
        const report = await runGenerator(target, scenario, () => {});
        expect(report).toMatchObject({ missing: 0, extra: 0, unacknowledged: 0, malformed: 0 });
        expect(report).toMatchObject({ disconnects: 0, errors: 0, closes: 0 });
        expect(report.messages).toBeGreaterThan(0);
        // The chapter's workers overtake each other.
        if (name !== "chapter") expect(report.misordered).toBe(0);
      });
    });

    test.skipIf(hint !== undefined)(`${title} brings the very text, to that room`, async () => {
      await serving(candidate, async ({ port }) => {
        const members: Member[] = [];
        const join = async (nick: string, room: string): Promise<Member> => {
          const member = await joinBy[candidate.dialect]({ port, nick, room });
          members.push(member);
          return member;
        };
        const ann = await join("ann", "r0");
        const ben = await join("ben", "r0");
        const cem = await join("cem", "r1");
        const dan = await join("dan", "r1");
        ann.say(said);
        expect(await ben.heard()).toBe(said);
        // The first thing in the other room is what is said there, and not what came before.
        cem.say("other room");
        expect(await dan.heard()).toBe("other room");
        for (const member of members) member.close();
      });
    });
  }
});
