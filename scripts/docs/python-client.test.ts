// Runs the listing of docs/protocol.md as it stands, against a scripted server and the real one.
// Only the port and the nick are changed, as its reader would do.

import { afterEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join, resolve } from "node:path";
import { encodeFrame } from "@maru/protocol";
import { type ChatServerMessage, chatProtocol } from "@maru/protocol/chat";
import { goldenOf, goldenReplies } from "@maru/protocol/golden";
import { FrameServer, type PeerMessage, processTestMs, runServerProcess } from "@maru/testkit";
import type { Subprocess } from "bun";

setDefaultTimeout(processTestMs);

const root = resolve(import.meta.dir, "../..");
const listing = await Bun.file(join(root, "docs/python-client.py")).text();
const python = Bun.which("python3");

const running: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const started of running.splice(0).reverse()) await started.stop();
});

/** Lines of a stream, one at a time, as they come. */
class Lines {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = "";

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** The next line that begins like this; others are passed over. */
  async nextOf(beginning: string): Promise<string> {
    for (;;) {
      const line = await this.next();
      if (line.startsWith(beginning)) return line;
    }
  }

  /** The prompt, which is no line: written when one is waited for. */
  async prompt(): Promise<void> {
    while (!this.#text.endsWith("> ")) await this.#more();
  }

  async next(): Promise<string> {
    while (!this.#text.includes("\n")) await this.#more();
    const end = this.#text.indexOf("\n");
    const line = this.#text.slice(0, end);
    this.#text = this.#text.slice(end + 1);
    return line.replace(/^(> )+/, "");
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#chunks.next();
    if (done) throw new Error(`the output ended after ${JSON.stringify(this.#text)}`);
    this.#text += this.#decoder.decode(value, { stream: true });
  }
}

interface PythonClient {
  readonly process: Subprocess<"pipe", "pipe", "inherit" | "pipe">;
  readonly lines: Lines;
  /** As a person does it: Ctrl-C, the line, Enter. */
  say(line: string): void;
}

function startPython(port: number, nick: string, stderr: "inherit" | "pipe" = "inherit") {
  const program = listing.replace("7667", String(port)).replace('"snake"', JSON.stringify(nick));
  const child = Bun.spawn([python ?? "python3", "-c", program], {
    stdin: "pipe",
    stdout: "pipe",
    stderr,
  });
  running.push({ stop: () => child.kill("SIGKILL") });
  return {
    process: child,
    lines: new Lines(child.stdout),
    say(line) {
      child.stdin.write(`${line}\n`);
      child.stdin.flush();
      child.kill("SIGINT");
    },
  } satisfies PythonClient & { process: unknown };
}

/** A server that says what the test wants, a byte at a time. */
class ScriptedServer {
  readonly #server = new FrameServer({
    heard: (command) => void chatProtocol.client.parse(command),
  });
  readonly #peer = this.#server.accept();

  constructor() {
    running.push(this.#server);
  }

  get port(): number {
    return this.#server.port;
  }

  /** The next command, checked against the protocol. */
  async command(): Promise<PeerMessage> {
    return (await this.#peer).next();
  }

  async send(message: ChatServerMessage): Promise<void> {
    const frame = encodeFrame(chatProtocol.server.encode(message));
    const { socket } = await this.#peer;
    for (const byte of frame) void socket.send(Uint8Array.of(byte));
  }
}

describe("the client in thirty lines", () => {
  test("has at most thirty lines and imports socket and json alone", () => {
    expect(listing.trimEnd().split("\n").length).toBeLessThanOrEqual(30);
    expect(listing.match(/^\s*(import|from)\b.*$/gm)).toEqual(["import json, socket"]);
    expect(listing).not.toContain("__import__");
    for (const line of listing.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  test.skipIf(python === null)("greets, joins, says lines, prints messages and pings", async () => {
    const server = new ScriptedServer();
    const client = startPython(server.port, "snake");
    expect(await server.command()).toMatchObject({ type: "hello", versions: [1], nick: "snake" });
    const welcome = JSON.parse(goldenOf(goldenReplies, "welcome").payload);
    server.send({ ...welcome, heartbeatMs: 300 });
    expect(await server.command()).toMatchObject({ type: "join", id: 2, room: "lobby" });

    // Three pings within one heartbeat, with nothing else to wake it.
    const started = performance.now();
    for (let count = 0; count < 3; count += 1) {
      const ping = await server.command();
      expect(ping.type).toBe("ping");
      server.send({ type: "pong", re: ping.id as number });
    }
    expect(performance.now() - started).toBeLessThan(3_000);

    const said = { type: "message", room: "lobby", seq: 1, from: "민수", text: "안녕 👋" } as const;
    server.send({ ...said, at: 1_767_225_600_000 });
    expect(await client.lines.nextOf("민수")).toBe("민수: 안녕 👋");
    server.send({ ...said, room: "@snake+민수", text: "psst", at: 1_767_225_600_000 });
    expect(await client.lines.next()).toContain("'room': '@snake+민수'");

    client.say("hello, 여러분");
    let sent = await server.command();
    while (sent.type === "ping") sent = await server.command();
    expect(sent).toMatchObject({ type: "send", room: "lobby", text: "hello, 여러분" });

    const reason = "The server is stopping.";
    server.send({ type: "close", code: "shutdown", reason, reconnect: "backoff" });
    expect(await client.lines.nextOf("{'type': 'close'")).toContain(reason);
  });

  test.skipIf(python === null).each(["the end of input", "Ctrl-C"])(
    "%s at its prompt leaves, without a word",
    async (way) => {
      const server = new ScriptedServer();
      const { process: client, lines } = startPython(server.port, "snake", "pipe");
      await server.command();
      await server.command();
      // What it prints says that it listens, and so that Ctrl-C is its own.
      server.send(JSON.parse(goldenOf(goldenReplies, "welcome").payload));
      await lines.nextOf("{'type': 'welcome'");
      client.kill("SIGINT");
      await lines.prompt();
      if (way === "Ctrl-C") client.kill("SIGINT");
      else client.stdin.end();
      expect(await client.exited).toBe(0);
      expect(await new Response(client.stderr as ReadableStream).text()).toBe("");
    },
  );

  test.skipIf(python === null)("pings in a room that is never quiet", async () => {
    const server = new ScriptedServer();
    startPython(server.port, "snake");
    await server.command();
    const welcome = JSON.parse(goldenOf(goldenReplies, "welcome").payload);
    // A heartbeat so long that no timeout can be what makes it speak.
    server.send({ ...welcome, heartbeatMs: 3_000_000 });
    await server.command();
    const said = { type: "message", room: "lobby", from: "bob", text: "busy" } as const;
    const base = 1_767_225_600_000;
    for (const [seq, at] of [base, base + 1, base + 1_000_001].entries()) {
      server.send({ ...said, seq: seq + 1, at });
    }
    expect((await server.command()).type).toBe("ping");
    expect((await server.command()).type).toBe("ping");
    server.send({ type: "presence", room: "lobby", memberCount: 3 });
    expect((await server.command()).type).toBe("ping");
  });

  test.skipIf(python === null)(
    "chats with another of its kind by way of the real server",
    async () => {
      const flags = ["--port", "0", "--workers", "0", "--durability", "memory"];
      const heartbeat = ["--heartbeat-ms", "300", "--heartbeat-grace-ms", "600"];
      const main = "apps/server/src/main.ts";
      const command = [process.execPath, main, ...flags, ...heartbeat];
      const server = await runServerProcess({ command, cwd: root });
      running.push(server);
      const { port } = server;

      const alice = startPython(port, "alice");
      await alice.lines.nextOf("{'type': 'joined'");
      alice.say("first");
      expect(await alice.lines.nextOf("alice:")).toBe("alice: first");
      const bob = startPython(port, "bob");
      await bob.lines.nextOf("{'type': 'joined'");
      bob.say("second");
      expect(await alice.lines.nextOf("bob:")).toBe("bob: second");
      expect(await bob.lines.nextOf("bob:")).toBe("bob: second");
      alice.say("세 번째 👋");
      expect(await bob.lines.nextOf("alice:")).toBe("alice: 세 번째 👋");
      expect(await alice.lines.nextOf("alice:")).toBe("alice: 세 번째 👋");

      alice.say("");
      expect(await alice.process.exited).toBe(0);
    },
  );
});
