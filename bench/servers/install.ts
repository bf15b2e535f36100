// `bun run bench install`: gets the peers that the system's package manager has, without letting their
// services run, neither now nor at the next start of the machine, and says what is there in which
// version. Leaves alone what is there; takes back what it changed for the time of the installation.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Task } from "../harness/command-line.ts";
import { createScratchDir } from "../harness/places.ts";
import { formatTable } from "../harness/table.ts";
import { readyMadeNames, readyMadeOf } from "./candidates.ts";
import { daemons, findDaemon } from "./daemons.ts";
import { buildObstacle } from "./programs.ts";

export const install: Task = {
  name: "install",
  about: "not a benchmark: gets the servers to compare with, and says which are there",
  answers: `Installs the peers that are missing, with apt-get, as root or through sudo. None of their services
is started or enabled: the bench starts its own servers. The others come with the dependencies.
Ends with 1 when one of the packages could not be had.`,
  options: {},
  async run() {
    const missing = Object.values(daemons).filter((daemon) => findDaemon(daemon) === undefined);
    if (missing.length > 0) installPackages(missing.map((daemon) => daemon.package));
    process.stdout.write(`${tableOfPeers()}\n`);
    return missing.every((daemon) => findDaemon(daemon) !== undefined) ? 0 : 1;
  },
};

function tableOfPeers(): string {
  const obstacle = buildObstacle();
  const compiled = ["coalescing, chapter", obstacle ?? "compiled on first use"];
  const rows = readyMadeNames.map((name) => {
    const hint = readyMadeOf(name)?.absent();
    return [name, hint === undefined ? (readyMadeOf(name)?.version() ?? "") : `absent: ${hint}`];
  });
  return formatTable([["peer", "version"], compiled, ...rows]);
}

/** Debian's maintainer scripts ask this program before they start a service; 101 forbids it. */
const policyPath = "/usr/sbin/policy-rc.d";
const policy =
  "#!/bin/sh\n# Maru's bench installs its peers: may be deleted when it doesn't.\nexit 101\n";
const outputTailChars = 1_000;

/** Each on its own, so that one that can't be had costs only itself; says so on standard error. */
function installPackages(packages: readonly string[]): void {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const asRoot = commandForRoot();
  if (Bun.which("apt-get") === null || asRoot === undefined) {
    say(`to be installed as root: ${packages.join(" ")}`);
    return;
  }
  const root = (...command: readonly string[]) => runQuietly([...asRoot, ...command]);
  const apt = (...args: readonly string[]) =>
    root("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", ...args);
  forbidServices(root);
  try {
    apt("update"); // should it fail, the lists that are there may still do
    for (const name of packages) {
      say(`installing ${name} …`);
      const failure = apt("install", "--yes", "--no-install-recommends", name);
      if (failure !== undefined) say(`${name} could not be installed: ${failure}`);
      // The service is called like its package.
      else if (Bun.which("systemctl") !== null) root("systemctl", "--quiet", "disable", name);
    }
  } finally {
    if (isOurs()) root("rm", "--force", policyPath);
  }
}

type Run = (...command: readonly string[]) => string | undefined;

/** A policy that is there already is the machine's own, and stays. */
function forbidServices(root: Run): void {
  if (existsSync(policyPath)) return;
  const dir = createScratchDir();
  const draft = join(dir.path, "policy-rc.d");
  writeFileSync(draft, policy);
  const failure = root("install", "--mode", "755", draft, policyPath);
  dir.remove();
  if (failure !== undefined) throw new Error(`services could not be forbidden: ${failure}`);
}

/** Also true of one that an interrupted installation left. */
function isOurs(): boolean {
  return existsSync(policyPath) && readFileSync(policyPath, "utf8") === policy;
}

/** What goes before a command; undefined where one can't become root. */
function commandForRoot(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  if (Bun.which("sudo") === null) return undefined;
  if (process.stdin.isTTY) return ["sudo"];
  const asksNothing = Bun.spawnSync(["sudo", "-n", "true"]).exitCode === 0;
  return asksNothing ? ["sudo", "-n"] : undefined;
}

/** The end of what it said when it failed, or undefined. sudo may ask on the terminal. */
function runQuietly(command: readonly string[]): string | undefined {
  const result = Bun.spawnSync([...command], { stdin: "inherit", stdout: "pipe", stderr: "pipe" });
  if (result.exitCode === 0) return undefined;
  return `${result.stdout}${result.stderr}`.trim().slice(-outputTailChars);
}
