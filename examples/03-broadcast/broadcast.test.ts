import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import {
  Changes,
  FramePeer,
  processTestMs,
  runServerProcess,
  type ServerProcess,
} from "@maru/testkit";

setDefaultTimeout(processTestMs);

const path = (file: string) => new URL(file, import.meta.url).pathname;
const server: ServerProcess = await runServerProcess({
  command: [process.execPath, path("./server.ts"), "--port", "0"],
});
afterAll(async () => {
  expect(await server.stop("SIGTERM")).toBe(0);
});

async function enter(name: string, room: string): Promise<FramePeer> {
  const peer = await FramePeer.connect({ port: server.port });
  expect(await peer.ask({ type: "hello", id: 1, name })).toMatchObject({ type: "welcome" });
  expect(await peer.ask({ type: "join", id: 2, room })).toMatchObject({ type: "joined" });
  return peer;
}

test("each other member hears what is said once and in order, the sender and other rooms nothing", async () => {
  const [mina, jun, far] = [
    await enter("mina", "a"),
    await enter("jun", "a"),
    await enter("f", "b"),
  ];
  for (let id = 3; id < 103; id += 1) {
    expect(await mina.ask({ type: "say", id, room: "a", text: `line ${id}` })).toMatchObject({
      type: "heard",
      by: 1,
    });
  }
  const heard = await jun.take(100, "said");
  expect(heard.map(({ text }) => text)).toEqual(
    Array.from({ length: 100 }, (_, index) => `line ${index + 3}`),
  );
  await far.ask({ type: "ping", id: 9 });
  expect([...mina.ofType("said"), ...far.ofType("said")]).toEqual([]);
  jun.socket.end();
  expect(await mina.next("left")).toMatchObject({ name: "jun", room: "a" });
});

test("who is in no room can't speak there, and control characters are refused", async () => {
  const peer = await enter("ann", "c");
  expect(await peer.ask({ type: "say", id: 3, room: "d", text: "x" })).toMatchObject({
    code: "not_joined",
  });
  expect(await peer.ask({ type: "say", id: 4, room: "c", text: "\u001b[2J" })).toMatchObject({
    code: "invalid_message",
    field: "text",
  });
  expect(await peer.ask({ type: "join", id: 5, room: "c" })).toMatchObject({
    code: "already_joined",
  });
});

test("two terminals talk", async () => {
  const open = (name: string) => {
    const child = Bun.spawn(
      [process.execPath, path("./client.ts"), name, "hall", "--port", String(server.port)],
      { stdin: "pipe", stdout: "pipe", stderr: "inherit" },
    );
    const changes = new Changes();
    let written = "";
    const reading = (async () => {
      for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
        written += chunk;
        changes.tell();
      }
    })();
    const said = (text: string) =>
      changes.found(
        () => (written.includes(text) ? text : null),
        () => written,
        10_000,
      );
    const type = (text: string) => {
      child.stdin.write(text);
      child.stdin.flush();
    };
    const end = async () => {
      child.stdin.end();
      await reading;
      return await child.exited;
    };
    return { said, type, end };
  };
  const mina = open("mina");
  await mina.said("in hall with no one else\n");
  const jun = open("jun");
  await jun.said("in hall with mina\n");
  await mina.said("jun came\n");
  jun.type("안녕\nhello\n");
  await mina.said("jun: 안녕\njun: hello\n");
  expect(await jun.end()).toBe(0);
  await mina.said("jun left\n");
  expect(await mina.end()).toBe(0);
});
