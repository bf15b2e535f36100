// One start of one case: with an empty directory of its own, or with one that has been in use.

import { measureStart, type Start } from "../../harness/measure-starts.ts";
import { createScratchDir } from "../../harness/scratch-dir.ts";
import type { MaruSettings } from "../../servers/generous-maru.ts";

export interface StartCase {
  readonly settings: MaruSettings;
  /** Its data directory; undefined: a fresh one for each start. */
  readonly data: string | undefined;
}

export async function measureCase({ settings, data }: StartCase): Promise<Start> {
  if (data !== undefined) return measureStart({ ...settings, data });
  const fresh = createScratchDir();
  return measureStart({ ...settings, data: fresh.path }).finally(fresh.remove);
}
