// The process of the crowd: `crowd.ts CLIENTS ROOMS`. Does what its input orders and reports what
// came of it, a line each. A process of its own, so that the server's CPU time is the server's alone.

import { latenciesOf } from "../../harness/latencies.ts";
import { readLines } from "../../harness/read-lines.ts";
import { CrowdClient, type CrowdTally, type Gathering } from "./crowd-client.ts";
import { type CrowdOrder, type CrowdReport, roomOf } from "./crowd-orders.ts";

/** How many come in at a time when nobody is in a hurry. */
const gatherAtOnce = 200;
/** After it, who is not back is reported as missing. */
const orderMsMax = 60_000;
/** For what should not come any more. */
const settleMs = 300;

const [count = 0, rooms = 1] = process.argv.slice(2).map(Number);
const clients = Array.from(
  { length: count },
  (_, index) => new CrowdClient(`c${index}`, roomOf(index % rooms)),
);

function gatheringAt(port: number): Gathering {
  const tally: CrowdTally = {
    unexpected: 0,
    unrecovered: 0,
    retries: 0,
    failures: {},
    welcomedMs: [],
    joinedMs: [],
    completedMs: [],
  };
  return { port, beganMs: performance.now(), tally };
}

async function gather(gathering: Gathering): Promise<void> {
  const left = clients.values();
  const some = async () => {
    for (const client of left) await client.come(gathering, []);
  };
  await Promise.all(Array.from({ length: gatherAtOnce }, some));
}

async function obey(order: CrowdOrder, gathering: Gathering): Promise<void> {
  if (order.do === "gather") return gather(gathering);
  if (order.do === "drop") {
    for (const client of clients) client.drop();
    return;
  }
  const missed = (index: number) => order.missed[index % rooms] ?? [];
  await Promise.all(clients.map((client, index) => client.come(gathering, missed(index))));
}

async function carryOut(order: CrowdOrder): Promise<CrowdReport> {
  const used = process.cpuUsage();
  const gathering = gatheringAt(order.do === "drop" ? 0 : order.port);
  await Promise.race([obey(order, gathering), Bun.sleep(orderMsMax)]);
  const { user, system } = process.cpuUsage(used);
  await Bun.sleep(settleMs);
  const { welcomedMs, joinedMs, completedMs, ...tally } = gathering.tally;
  return {
    ...tally,
    complete: clients.filter((client) => client.isComplete).length,
    missing: clients.reduce((sum, client) => sum + client.missing, 0),
    welcomed: latenciesOf(welcomedMs),
    joined: latenciesOf(joinedMs),
    completed: latenciesOf(completedMs),
    cpuSeconds: (user + system) / 1e6,
  };
}

for await (const line of readLines(Bun.stdin.stream())) {
  const report = await carryOut(JSON.parse(line) as CrowdOrder);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
process.exit(0);
