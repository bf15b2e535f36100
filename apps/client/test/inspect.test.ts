// `inspect` as people and scripts run it: frames both ways, commands by hand, and every way to its end.

import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { encodeFrame } from "@maru/protocol";
import { FrameServer, processTestMs, type ServerProcess } from "@maru/testkit";
import { endProcesses, runClient, startClient, startServer } from "./processes.ts";
import { Pty } from "./pty.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer();
});
let pty: Pty | null = null;
afterEach(() => {
  pty?.kill();
  pty = null;
});
afterAll(endProcesses);

const inspect = (input: string | Uint8Array, ...flags: string[]) =>
  runClient(server.address, ["inspect", ...flags], input);

interface Frame {
  readonly direction: string;
  readonly offset: number;
  readonly length: number;
  readonly header: string;
  readonly answers?: { readonly type: string };
  readonly message: Readonly<Record<string, unknown>>;
}

test("shows the greeting and what a script asks, with each answer, and ends with the input", async () => {
  const { code, text, err } = await inspect(
    '{"type":"join","room":"lobby"}\n{"type":"ping","id":9}\n',
  );
  expect([code, err]).toEqual([0, ""]);
  expect(text).toContain("s  hello, id 1\n    4 + ");
  expect(text).toMatch(/← .* welcome, answers hello \(id 1\) after [\d.]+ ms\n/);
  expect(text).toMatch(/← .* joined, answers join \(id 2\) after /);
  expect(text).toMatch(/← .* presence, an event\n/);
  expect(text).toMatch(/← .* pong, answers ping \(id 9\) after /);
});

test("--json tells each frame as an object, whose offsets are those of the stream", async () => {
  const { code, text } = await inspect('{"type":"ping"}\n', "--json", "--nick", "jay");
  expect(code).toBe(0);
  const frames = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Frame);
  expect(frames.map(({ message }) => message.type).sort()).toEqual([
    "hello",
    "ping",
    "pong",
    "welcome",
  ]);
  for (const direction of ["out", "in"]) {
    let offset = 0;
    for (const frame of frames.filter((each) => each.direction === direction)) {
      expect(frame.offset).toBe(offset);
      expect(Number.parseInt(frame.header.replaceAll(" ", ""), 16)).toBe(frame.length);
      offset += 4 + frame.length;
    }
  }
  const welcome = frames.find(({ message }) => message.type === "welcome");
  expect([welcome?.answers?.type, welcome?.message.nick]).toEqual(["hello", "jay"]);
});

test("a mistake in a script ends the sending there, and has its exit code", async () => {
  const { code, text, err } = await inspect('{"type":"ping"}\nping\n{"type":"rooms"}\n');
  expect(code).toBe(5);
  expect(err).toContain("line 2 was not sent: it is no JSON object");
  expect(text).toContain(" pong, answers ping");
  expect(text).not.toContain('"rooms"');
});

test("a server that refuses, ends or is not there has its own exit code", async () => {
  const holder = startClient(server.address, "inspect", "--nick", "held");
  await holder.printed("welcome");
  expect((await inspect("", "--nick", "held")).code).toBe(4);
  // Its first message must be a greeting.
  const uninvited = await inspect('{"type":"ping"}\n', "--no-greeting");
  expect([uninvited.code, uninvited.text.includes("hello_required")]).toEqual([1, true]);
  const absent = await runClient("127.0.0.1:1", ["inspect"]);
  expect([absent.code, absent.err]).toEqual([3, expect.stringContaining("can't be reached")]);
});

test("a signal ends it", async () => {
  const client = startClient(server.address, "inspect");
  await client.printed("welcome");
  client.process.kill("SIGINT");
  expect((await client.finished()).code).toBe(130);
});

test("works against any protocol of frames, and what is hostile in one is shown harmless", async () => {
  const other = new FrameServer({
    heard: (_message, peer) => {
      const done = { type: "\u001b[2Jdone", re: 1, text: "\u202e\u0007" };
      void peer.sendBytes(encodeFrame(JSON.stringify(done)));
      void peer.sendBytes(encodeFrame(Uint8Array.of(0xff, 0x1b)));
    },
  });
  try {
    const client = startClient(other.address, "inspect", "--no-greeting");
    client.process.stdin.write('{"type":"enter","board":"a"}\n');
    await client.process.stdin.flush();
    await client.printed("no JSON object");
    await client.process.stdin.end();
    const { code, out, err } = await client.finished();
    expect([code, err]).toEqual([0, ""]);
    expect(out.toString()).toContain('{"type":"enter","id":1,"board":"a"}');
    expect(out.toString()).toContain("␛[2Jdone, answers enter (id 1)");
    expect(out.toString()).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  } finally {
    other.stop();
  }
});

test("bytes that are no frames are told as such", async () => {
  const web = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: { open: (socket) => void socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"), data() {} },
  });
  const { code, err } = await runClient(`127.0.0.1:${web.port}`, ["inspect"]);
  web.stop(true);
  expect(code).toBe(3);
  expect(err).toContain(
    "no frame: its length is out of bounds; the last bytes began with 48 54 54 50",
  );
});

test("on a terminal it is talked to by hand, folds to the width, and Ctrl-D ends it", async () => {
  pty = new Pty(48, "inspect", server.address, "--nick", "hand");
  await pty.until((lines) => lines.some((line) => line.includes("welcome, answers hello")));
  pty.type("nonsense\r");
  await pty.until((lines) => lines.some((line) => line.includes("line 1 was not sent")));
  pty.type('{"type":"ping"}\r');
  await pty.until((lines) => lines.some((line) => line.includes("pong, answers ping (id 2)")));
  pty.type("\u0004");
  expect(await pty.exited).toBe(0);
});
