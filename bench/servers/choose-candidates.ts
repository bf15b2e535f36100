// Which of the candidates on a command line can be measured here, and a line for each that cannot.
// Starts nothing, installs nothing.

import { type Candidate, candidateOf, type NamedCandidate, peerNames } from "./candidate.ts";
import type { Programs } from "./programs.ts";

/** What `all` stands for. */
export const allNames: readonly string[] = ["maru:0", "maru:1", "maru:2", ...peerNames];

type Say = (line: string) => void;
const sayOnStderr: Say = (line) => void process.stderr.write(`${line}\n`);

/** Those that are installed, in the order of `names`. */
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
