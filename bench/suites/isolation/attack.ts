// The process of those who attack: `attack.ts PORT NAME SECONDS`. Says `ready` when all is prepared,
// begins when it reads a line, and says at the end what it was told. Apart from the bystander, so that
// what an attack costs the attacker is not taken for delay.

import { allAttacks } from "./options.ts";
import { type Command, inTurn, Talker, type Told } from "./talker.ts";

const [port = 0, , seconds = 0] = process.argv.slice(2).map(Number);
const attack = allAttacks[process.argv[3] as keyof typeof allAttacks];
if (attack === undefined) throw new Error(`there is no attack ${process.argv[3]}`);

/** As many as the server lets one session have unanswered. */
const window = 256;

async function greeted(nick: string): Promise<Talker> {
  const talker = await Talker.connect(port);
  await talker.talk(inTurn([{ type: "hello", versions: [1], client: "bench", nick }]), 1);
  return talker;
}

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

async function sit(): Promise<void> {
  const joins = (attack?.crowded ?? []).map((room): Command => ({ type: "join", room }));
  for (let index = 0; index < (attack?.crowd ?? 0); index++) {
    await (await greeted(`crowd-${index}`)).talk(inTurn(joins), 8);
  }
}

await sit();
const names = Array.from({ length: attack.sessions ?? 1 }, (_, index) =>
  index === 0 ? "mallory" : `mallory-${index}`,
);
const talkers = await Promise.all(names.map(greeted));
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
process.stdout.write(`${JSON.stringify(sumOf(told))}\n`);
process.exit(0);

function sumOf(all: readonly Told[]): Told {
  const refused: Record<string, number> = {};
  for (const each of all) {
    for (const [code, count] of Object.entries(each.refused)) {
      refused[code] = (refused[code] ?? 0) + count;
    }
  }
  return { taken: all.reduce((sum, { taken }) => sum + taken, 0), refused };
}
