// docs/screen: pictures and a recording of the client's real screen. They are made by a process of its
// own, once: making them takes a server and a terminal, and pages are rendered in one go.

import { join } from "node:path";
import { documentPaths } from "../screen/document-paths.ts";
import type { Page } from "./page.ts";

/** It takes half a second. */
const patienceMs = 60_000;

let made: Readonly<Record<string, string>> | null = null;

function makeOnce(): Readonly<Record<string, string>> {
  if (made !== null) return made;
  const script = join(import.meta.dir, "../screen/picture.ts");
  const run = Bun.spawnSync([process.execPath, script, "--json"], {
    stderr: "pipe",
    timeout: patienceMs,
  });
  if (!run.success) throw new Error(`no picture of the client: ${run.stderr.toString()}`);
  made = JSON.parse(run.stdout.toString()) as Record<string, string>;
  return made;
}

export const screenPages: readonly Page[] = Object.values(documentPaths).map((path) => ({
  path,
  render: () => makeOnce()[path] ?? "",
}));
