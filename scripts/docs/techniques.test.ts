// What docs/techniques.md has its reader type is typed here, into a shell beside a server that explains;
// what the page shows of the output is what the server then says. Times differ, and nothing else may.

import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { processTestMs, runServerProcess, type ServerProcess } from "@maru/testkit";

setDefaultTimeout(processTestMs);

const root = resolve(import.meta.dir, "../..");
const page = readFileSync(join(root, "docs/techniques.md"), "utf8");
const main = join(root, "apps/server/src/main.ts");
const bash = Bun.which("bash");

const blocksOf = (text: string, language: string) =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, named]) => named === language)
    .map(([, , code = ""]) => code);

/** A section by the number of its heading. */
const sectionOf = (number: number) =>
  page.split(/^(?=## )/m).find((section) => section.startsWith(`## ${number}. `)) ?? "";

/** A line without its clock and its durations. */
const timeless = (line: string) =>
  line.replace(/^ *[\d,.]+ (?:µs|s ) {2}/, "").replace(/[\d,]+ µs/g, "some µs");

const toldOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => /^ *[\d,.]+ (?:µs|s ) {2}/.test(line))
    .map(timeless);

const scratch = mkdtempSync(join(tmpdir(), "maru-techniques-"));
let server: ServerProcess | null = null;
afterAll(async () => {
  await server?.stop("SIGKILL");
  rmSync(scratch, { recursive: true });
});

async function startExplained(): Promise<ServerProcess> {
  const flags = ["--port", "0", "--workers", "0", "--log-level", "error", "--explain"];
  return runServerProcess({ command: [process.execPath, main, ...flags] });
}

test.skipIf(bash === null)("a shell is told of as the page shows", async () => {
  server = await startExplained();
  const { port } = server;
  const shell = Bun.spawn([bash as string], { stdin: "pipe", stdout: "ignore", cwd: scratch });
  const type = (code: string) => {
    shell.stdin.write(code.replaceAll("7667", String(port)));
    shell.stdin.flush();
  };
  // Its last line is the command that follows the greeting.
  const [opening = ""] = blocksOf(page, "bash");
  const lines = opening.trimEnd().split("\n");
  type(`${lines.slice(0, -1).join("\n")}\n`);
  await server.said("welcome, the answer to ann's command 1");
  type(`${lines.at(-1)}\n`);
  await server.said("joined, the answer to ann's command 2");
  // The second piece waits for what the server says of the first one, not for time.
  type(`mkfifo gate\n${blocksOf(sectionOf(2), "bash")[0]?.replace("sleep 0.5", "cat gate")}`);
  await server.said("9 bytes of one that is not whole yet");
  const opened = Bun.spawn(["sh", "-c", ": > gate"], { cwd: scratch });
  await server.said("pong, the answer to ann's command 3");
  type(blocksOf(sectionOf(3), "bash")[0] as string);
  await server.said("all taken: sent + sent + sent + message + message + message");
  await opened.exited;
  shell.kill();
  await Promise.all([shell.exited, server.stop()]);
  const told = new Set(toldOf(server.output().stderr));
  const shown = [1, 2, 3, 6].flatMap((number) => blocksOf(sectionOf(number), "").flatMap(toldOf));
  expect(shown.length).toBeGreaterThan(15);
  expect(shown.filter((line) => !told.has(line))).toEqual([]);
});
