// The process of those who lose their connection: `client-process.ts CLIENTS ROOMS`. Does what its
// input tells it and reports what came of it, a line each. A process of its own, so that the server's
// CPU time is the server's alone.

import { readLines } from "../../harness/children.ts";
import { latenciesOf } from "../../harness/statistics.ts";
import {
  type ClientsReport,
  type ClientsTask,
  Gathering,
  ReturningClient,
  roomOf,
} from "./returning-client.ts";

/** How many come in at a time when there is no hurry. */
const gatherAtOnce = 200;
/** After it, who is not back is reported as missing. */
const taskMsMax = 60_000;
/** For what should not come any more. */
const settleMs = 300;

const [count = 0, rooms = 1] = process.argv.slice(2).map(Number);
const clients = Array.from(
  { length: count },
  (_, index) => new ReturningClient(`c${index}`, roomOf(index % rooms)),
);

async function gather(gathering: Gathering): Promise<void> {
  const left = clients.values();
  const some = async () => {
    for (const client of left) await client.come(gathering, []);
  };
  await Promise.all(Array.from({ length: gatherAtOnce }, some));
}

async function begin(task: ClientsTask, gathering: Gathering): Promise<void> {
  if (task.do === "gather") return gather(gathering);
  if (task.do === "drop") {
    for (const client of clients) client.drop();
    return;
  }
  const missed = (index: number) => task.missed[index % rooms] ?? [];
  await Promise.all(clients.map((client, index) => client.come(gathering, missed(index))));
}

async function carryOut(task: ClientsTask): Promise<ClientsReport> {
  const used = process.cpuUsage();
  const gathering = new Gathering(task.do === "drop" ? 0 : task.port);
  await Promise.race([begin(task, gathering), Bun.sleep(taskMsMax)]);
  const { user, system } = process.cpuUsage(used);
  await Bun.sleep(settleMs);
  const { unexpected, unrecovered, retries, failures } = gathering;
  return {
    ...{ unexpected, unrecovered, retries, failures },
    complete: clients.filter((client) => client.isComplete).length,
    missing: clients.reduce((sum, client) => sum + client.missing, 0),
    welcomed: latenciesOf(gathering.welcomedMs),
    joined: latenciesOf(gathering.joinedMs),
    completed: latenciesOf(gathering.completedMs),
    cpuSeconds: (user + system) / 1e6,
  };
}

for await (const line of readLines(Bun.stdin.stream())) {
  const report = await carryOut(JSON.parse(line) as ClientsTask);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
process.exit(0);
