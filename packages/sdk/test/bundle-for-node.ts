// Runs a script in a real Node, bundled for it by Bun.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Subprocess } from "bun";

/** Null: there is none on this machine. */
export const node = Bun.which("node");
if (node === null) process.stderr.write("skipped: there is no node on this machine\n");

export type NodeProcess = Subprocess<"ignore", "pipe", "pipe">;

/** Starts the script, an absolute path, and hands it to `use`; what was bundled is gone afterwards. */
export async function withNode(
  script: string,
  args: readonly string[],
  use: (running: NodeProcess) => Promise<void>,
): Promise<void> {
  const outdir = await mkdtemp(join(tmpdir(), "maru-sdk-"));
  try {
    const naming = "script.mjs";
    await Bun.build({ entrypoints: [script], outdir, target: "node", naming });
    const command = [node ?? "", join(outdir, naming), ...args];
    await use(Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "pipe" }));
  } finally {
    await rm(outdir, { recursive: true });
  }
}
