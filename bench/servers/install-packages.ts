// Installs Debian packages without letting their services run, neither now nor at the next start
// of the machine. Needs root or sudo, and takes back what it changed for the time of the installation.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createScratchDir } from "../harness/scratch-dir.ts";

/** Debian's maintainer scripts ask this program before they start a service; 101 forbids it. */
const policyPath = "/usr/sbin/policy-rc.d";
const policy =
  "#!/bin/sh\n# Maru's bench installs its peers: may be deleted when it doesn't.\nexit 101\n";
const outputTailChars = 1_000;

/** Each on its own, so that one that can't be had costs only itself; says so on standard error. */
export function installPackages(packages: readonly string[]): void {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const asRoot = commandForRoot();
  if (Bun.which("apt-get") === null || asRoot === undefined) {
    say(`to be installed by somebody who can: ${packages.join(" ")}`);
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
