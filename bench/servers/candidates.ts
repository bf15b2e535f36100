// The servers that can be measured, by name: how each is started, whether it is there at all, and
// which of a command line's can be measured here. Starts nothing, installs nothing.

import { compilerVersion } from "../harness/compile-c.ts";
import { rootDir } from "../harness/places.ts";
import { startServer } from "../harness/server.ts";
import type { Candidate, NamedCandidate } from "./candidate.ts";
import { daemonOf, daemons } from "./daemons.ts";
import { readMaru, startGenerous } from "./maru.ts";
import type { Programs } from "./programs.ts";
import { scriptPeerOf, scriptPeers } from "./script-peers.ts";

/** The peers that need no compiler. */
export const readyMadeNames: readonly string[] = [
  "bun-serve",
  ...Object.keys(daemons),
  ...Object.keys(scriptPeers).filter((name) => name !== "bun-serve"),
];
/** Everything that can be measured beside Maru. */
export const peerNames: readonly string[] = ["coalescing", "chapter", ...readyMadeNames];
/** What `all` stands for. */
export const allNames: readonly string[] = ["maru:0", "maru:1", "maru:2", ...peerNames];

/** Throws when there is no candidate of that name. */
export function candidateOf(name: string, programs: Programs): NamedCandidate {
  if (name === "coalescing" || name === "chapter") return referenceOf(name, programs[name]);
  return readyMadeOf(name) ?? maruOf(name);
}

/** Of `readyMadeNames`; undefined for any other name. */
export const readyMadeOf = (name: string): NamedCandidate | undefined =>
  daemonOf(name) ?? scriptPeerOf(name);

function maruOf(name: string): NamedCandidate {
  const maru = readMaru(name);
  if (maru === undefined) throw new RangeError(`no candidate is called "${name}"`);
  return {
    name,
    dialect: "maru",
    absent: () => undefined,
    version: () => `this tree, on Bun ${Bun.version}`,
    start: (settings) => startGenerous({ ...maru, ...settings }),
  };
}

function referenceOf(name: string, program: string): NamedCandidate {
  return {
    name,
    dialect: "frames",
    absent: () => undefined,
    version: () => `this tree, ${compilerVersion()}`,
    start: () => startServer({ command: [program, "0"], cwd: rootDir }),
  };
}

type Say = (line: string) => void;
const sayOnStderr: Say = (line) => void process.stderr.write(`${line}\n`);

/** Those that are installed, in the order of `names`; a line for each that is not. */
export function chooseCandidates(
  names: readonly string[],
  programs: Programs,
  say = sayOnStderr,
): NamedCandidate[] {
  const wanted = names.flatMap((name) => (name === "all" ? allNames : [name]));
  return [...new Set(wanted)].flatMap((name) => {
    const candidate = candidateOf(name, programs);
    const hint = candidate.absent();
    if (hint !== undefined) say(`${name}: skipped, because it is not here: ${hint}`);
    return hint === undefined ? [candidate] : [];
  });
}

/** Those whose protocol takes texts of so many bytes. */
export function carriersOf<Some extends Candidate>(
  candidates: readonly Some[],
  textBytes: number,
  say = sayOnStderr,
): Some[] {
  return candidates.filter(({ name, textBytesMax = Number.POSITIVE_INFINITY }) => {
    const fits = textBytes <= textBytesMax;
    if (!fits) say(`${name}: skipped with ${textBytes}-byte texts: at most ${textBytesMax} fit`);
    return fits;
  });
}

/** For the record of a run. */
export function versionsOf(candidates: readonly NamedCandidate[]): Record<string, string> {
  return Object.fromEntries(candidates.map(({ name, version }) => [name, version()]));
}
