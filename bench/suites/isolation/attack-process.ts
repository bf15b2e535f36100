// The process of those who attack: `attack-process.ts PORT NAME SECONDS`. Says `ready` when all is
// prepared, begins when it reads a line, and says at the end what it was told. Apart from the
// bystander, so that what an attack costs the attacker is not taken for delay.

import { addFaults } from "../../harness/outcome.ts";
import { sum } from "../../harness/statistics.ts";
import type { Message } from "../../harness/wire-client.ts";
import { allAttacks } from "./attacks.ts";
import { inTurn, Talker } from "./talker.ts";

const [port = 0, , seconds = 0] = process.argv.slice(2).map(Number);
const attack = allAttacks[process.argv[3] ?? ""];
if (attack === undefined) throw new Error(`there is no attack ${process.argv[3]}`);
/** As many as the server lets one session have unanswered. */
const window = 256;

/** What is refused for its rate is asked again, until it is taken. */
async function prepare(talker: Talker): Promise<void> {
  for (const command of attack?.prepare ?? []) {
    for (;;) {
      const { refused } = await talker.talk(inTurn([command]), 1);
      if (refused.rate_limited === undefined && refused.busy === undefined) break;
      await Bun.sleep(100);
    }
  }
}

const joins = (attack.crowded ?? []).map((room): Message => ({ type: "join", room }));
for (let index = 0; index < (attack.crowd ?? 0); index++) {
  await (await Talker.greet(port, `crowd-${index}`)).talk(inTurn(joins), 8);
}
const names = Array.from({ length: attack.sessions ?? 1 }, (_, index) =>
  index === 0 ? "mallory" : `mallory-${index}`,
);
const talkers = await Promise.all(names.map((name) => Talker.greet(port, name)));
for (const talker of talkers) await prepare(talker);
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));

const endMs = performance.now() + seconds * 1000;
const told = await Promise.all(
  talkers.map((talker) => {
    let index = -1;
    const next = () => {
      index += 1;
      return performance.now() < endMs ? attack.command(index) : null;
    };
    return talker.talk(next, window);
  }),
);
const all = {
  taken: sum(told.map(({ taken }) => taken)),
  refused: addFaults(...told.map(({ refused }) => refused)),
};
process.stdout.write(`${JSON.stringify(all)}\n`);
process.exit(0);
