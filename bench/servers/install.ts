// `bun run bench install`: gets the peers that the system's package manager has, and says what is
// there in which version. Leaves alone what is there; a peer that cannot be had is only a line.

import { formatTable } from "../harness/format-table.ts";
import { daemons, readyMadeNames, readyMadeOf } from "./candidate.ts";
import { findDaemon } from "./daemons/find-daemon.ts";
import { installPackages } from "./install-packages.ts";
import { buildObstacle } from "./programs.ts";

const usage = `usage: bun run bench install

Installs the peers that are missing, with apt-get, as root or through sudo. None of their services
is started or enabled: the bench starts its own servers. The others come with the dependencies.
`;

/** 1 when one of the packages could not be had. */
export async function run(args: string[]): Promise<number> {
  if (args.length > 0) {
    process.stdout.write(usage);
    return args[0] === "--help" ? 0 : 2;
  }
  const missing = Object.values(daemons).filter((daemon) => findDaemon(daemon) === undefined);
  if (missing.length > 0) installPackages(missing.map((daemon) => daemon.package));
  process.stdout.write(`${tableOfPeers()}\n`);
  return missing.every((daemon) => findDaemon(daemon) !== undefined) ? 0 : 1;
}

function tableOfPeers(): string {
  const obstacle = buildObstacle();
  const compiled = ["coalescing, chapter", obstacle ?? "compiled on first use"];
  const rows = readyMadeNames.map((name) => {
    const hint = readyMadeOf(name)?.absent();
    return [name, hint === undefined ? (readyMadeOf(name)?.version() ?? "") : `absent: ${hint}`];
  });
  return formatTable([["peer", "version"], compiled, ...rows]);
}
