// The server as its users run it: a process of its own on a free port, and raw clients of it.
// Whatever a test leaves running is ended after it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  FramePeer,
  type FramePeerOptions,
  runServerProcess,
  type ServerProcess,
} from "@maru/testkit";

export const root = join(import.meta.dir, "../../..");
export const main = join(import.meta.dir, "../src/main.ts");

const running: ServerProcess[] = [];
const peers: FramePeer[] = [];
const directories: string[] = [];
/**
 * Ends what the tests of a file have started, and removes their data. Each file hooks it in itself: a hook in a module that
 * several files import is the first one's alone.
 */
export async function endServers(): Promise<void> {
  for (const peer of peers.splice(0)) peer.socket.reset();
  await Promise.all(running.splice(0).map((server) => server.stop("SIGKILL")));
  // Under `bun test` nothing tells of the process's end.
  for (const path of directories.splice(0)) rmSync(path, { recursive: true, force: true });
}

/** A server's data, unless its flags name another; gone after the test. */
export function dataDir(): string {
  const path = mkdtempSync(join(tmpdir(), "maru-server-"));
  directories.push(path);
  return path;
}

/** Starts the server on a free port; `args` are its flags. */
export function start(...args: string[]): Promise<ServerProcess> {
  const data = args.includes("--data") ? [] : ["--data", dataDir()];
  return startCommand([process.execPath, main, "--port", "0", ...data, ...args]);
}

export async function startCommand(
  command: string[],
  env: Record<string, string> = {},
  isJob = false,
): Promise<ServerProcess> {
  const server = await runServerProcess({ command, cwd: root, env, isJob });
  running.push(server);
  return server;
}

/**
 * Runs the server to its end: for what makes it end at once. `runServerProcess` would wait for the port
 * that such a server never says.
 */
export async function runToEnd(args: string[], env: Record<string, string> = {}) {
  const child = Bun.spawn([process.execPath, main, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, code };
}

export async function connect(
  { port }: ServerProcess,
  options: Partial<FramePeerOptions> = {},
): Promise<FramePeer> {
  const peer = await FramePeer.connect({ port, ...options });
  peers.push(peer);
  return peer;
}

export const hello = (nick: string) => ({
  type: "hello",
  id: 1,
  versions: [1],
  client: "test",
  nick,
});

/** A client that has been welcomed. */
export async function greet(
  server: ServerProcess,
  nick: string,
  options: Partial<FramePeerOptions> = {},
): Promise<FramePeer> {
  const peer = await connect(server, options);
  await peer.send(hello(nick));
  await peer.next("welcome");
  return peer;
}

/** The log's records so far: one JSON object a line. */
export function recordsOf(server: ServerProcess): Record<string, unknown>[] {
  const lines = server.output().stderr.trim().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}
