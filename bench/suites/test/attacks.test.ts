// That each attack is one: what it prepares and what it asks is understood by a real server.

import { expect, test } from "bun:test";
import { createScratchDir } from "../../harness/places.ts";
import { startMaru } from "../../harness/server.ts";
import type { Message } from "../../harness/wire-client.ts";
import { allAttacks } from "../isolation/attacks.ts";
import { inTurn, Talker } from "../isolation/talker.ts";

/** Refusals that are the attack itself, or that a rate answers. */
const expected: Readonly<Record<string, readonly string[]>> = {
  "refused types": ["unknown_type"],
  "refused names": ["invalid_message"],
  "refused texts": ["invalid_message"],
};

/** A server without rates: what is refused here is refused for what it is. */
const withoutRates = { "send-rate": "0", "command-rate": "0", "work-rate-us": "0" } as const;

test.each(Object.keys(allAttacks))(
  "%s is understood, its preparation too",
  async (name) => {
    const attack = allAttacks[name];
    const data = createScratchDir();
    const server = await startMaru({
      ...withoutRates,
      durability: "memory",
      workers: "0",
      data: data.path,
    });
    try {
      const talker = await Talker.greet(server.port, "mallory");
      expect((await talker.talk(inTurn(attack?.prepare ?? []), 64)).refused).toEqual({});
      const asked = Array.from({ length: 20 }, (_, index) => attack?.command(index) as Message);
      const { taken, refused } = await talker.talk(inTurn(asked), 64);
      const codes = Object.keys(refused).filter((code) => code !== "rate_limited");
      expect(codes).toEqual([...(expected[name] ?? [])]);
      if (expected[name] === undefined) expect(taken).toBeGreaterThan(0);
      talker.close();
    } finally {
      await server.stop();
      data.remove();
    }
  },
  60_000,
);
