// send and tail in pipes that last: servers that are not up yet, restarts of a tail, input as programs
// write it, and what the people in the room see of it.

import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  setDefaultTimeout,
  test,
} from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChatClient, type ChatClientEvent, connectChat } from "@maru/sdk/chat";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { endProcesses, runClient, startClient, startServer } from "./processes.ts";

setDefaultTimeout(processTestMs);

const scratch = mkdtempSync(join(tmpdir(), "maru-pipes-"));
let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
});
afterAll(async () => {
  await endProcesses();
  rmSync(scratch, { recursive: true });
});

const clients: ChatClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close({ deadlineMs: 0 })));
});

async function visitor(nick: string): Promise<ChatClient> {
  const client = await connectChat({ url: `maru://${server.address}`, nick });
  clients.push(client);
  return client;
}

const newName = () => crypto.randomUUID().slice(0, 8);
const newFile = () => join(scratch, newName());
const send = (room: string, input: string | Uint8Array, ...flags: string[]) =>
  runClient(server.address, ["send", "--room", room, ...flags], input);
const tail = (room: string, ...flags: string[]) =>
  runClient(server.address, ["tail", "--room", room, ...flags]);

describe("input as programs write it", () => {
  const input = Buffer.concat([
    Buffer.from("\u001b[32mok\u001b[0m one\r\nbad "),
    Buffer.of(0xff),
    Buffer.from(" two\u0007\n"),
  ]);

  test("both ways out are named where it can't be sent", async () => {
    for (const bad of ["fine\n\u001b[31mred\n", new Uint8Array([0x66, 0x0a, 0xff, 0x0a])]) {
      const { code, err } = await send(newName(), bad);
      expect([code, err]).toEqual([5, expect.stringContaining("line 2: ")]);
      expect(err).toContain("--strip-ansi");
      expect(err).toContain("--replace");
    }
    const argument = await send(newName(), "", "\u001b[31mred");
    expect([argument.code, argument.err]).toEqual([5, expect.stringContaining("--strip-ansi")]);
  });

  test("and with them it is sent, and the stream goes on", async () => {
    const room = newName();
    const sent = await send(room, input, "--strip-ansi", "--strip-cr", "--replace");
    expect([sent.code, sent.err]).toEqual([0, ""]);
    expect((await send(room, "", "--strip-ansi", "\u001b[31mred\u001b[0m")).code).toBe(0);
    expect((await tail(room, "--since", "0", "-n", "3")).text).toBe(
      "ok one\nbad \ufffd two\ufffd\nred\n",
    );
  });
});

describe("people in the room", () => {
  /** All that a listener hears until a message says `last`. */
  async function heardUntil(client: ChatClient, last: string): Promise<ChatClientEvent[]> {
    const heard: ChatClientEvent[] = [];
    for await (const event of client.events()) {
      heard.push(event);
      if (event.type === "message" && event.text === last) break;
    }
    return heard;
  }

  test("see what many sends say, and no coming or going", async () => {
    const room = newName();
    const watcher = await visitor(newName());
    await watcher.join(room);
    for (const alert of ["one", "two"]) expect((await send(room, "", alert)).code).toBe(0);
    expect((await send(room, "three\nlast\n", "--nick", newName())).code).toBe(0);
    const heard = await heardUntil(watcher, "last");
    const said = heard.flatMap((event) => (event.type === "message" ? [event.text] : []));
    expect(said).toEqual(["one", "two", "three", "last"]);
    const comings = heard.flatMap((event) =>
      event.type === "presence" ? [...(event.joined ?? []), ...(event.left ?? [])] : [],
    );
    // Oneself alone.
    expect(comings.filter((nick) => nick !== watcher.me)).toEqual([]);
  });

  test("one of them is spoken to with @nick, and heard with it", async () => {
    const [nick, bot] = [newName(), newName()];
    const watcher = await visitor(nick);
    expect((await send(`@${nick}`, "psst\n", "--nick", bot)).code).toBe(0);
    const [message] = (await heardUntil(watcher, "psst")).slice(-1);
    expect(message).toMatchObject({ room: `@${[nick, bot].sort().join("+")}`, from: bot });
    const heard = await tail(`@${nick}`, "--nick", bot, "--since", "0", "-n", "1");
    expect(heard.text).toBe("psst\n");
    const address = `maru://${server.address}/@${nick}`;
    const there = await runClient("", ["send", "--server", address, "--nick", bot, "again"]);
    expect([there.code, there.err]).toEqual([0, ""]);
    for (const room of ["@", "@a b", "@a+b+c"]) expect((await send(room, "x\n")).code).toBe(2);
  });

  test("a conversation of others refuses, with the code for it", async () => {
    const { code, err } = await send("@bob+eve", "x\n", "--nick", newName());
    expect([code, err]).toEqual([4, expect.stringContaining("0 of 1 messages")]);
  });

  test("a server that holds no more rooms refuses, with the code for it", async () => {
    const small = await startServer(0, "--rooms-max", "1");
    const first = startClient(small.address, "tail", "--room", "one");
    await first.said("joined one");
    const refused = await runClient(small.address, ["send", "--room", "two", "x"]);
    expect([refused.code, refused.err]).toEqual([4, expect.stringContaining("rooms")]);
    expect((await runClient(small.address, ["send", "--room", "one", "x"])).code).toBe(0);
    await small.stop();
  });
});

describe("--wait", () => {
  test("send and tail wait for a server that is not up yet, and say so once", async () => {
    const { port, address, stop } = await startServer();
    await stop();
    const waiting = [
      startClient(address, "tail", "--room", "den", "--since", "0", "-n", "1", "--wait"),
      startClient(address, "send", "--room", "den", "--wait", "here"),
    ];
    await Promise.all(waiting.map((each) => each.said("waiting for the server")));
    const later = await startServer(port);
    const [listened, sent] = await Promise.all(waiting.map((each) => each.finished()));
    expect([sent?.code, listened?.code, String(listened?.out)]).toEqual([0, 0, "here\n"]);
    for (const { err } of [listened, sent].flatMap((each) => each ?? [])) {
      expect(err.match(/waiting for the server/g)).toHaveLength(1);
    }
    await later.stop();
  });

  test("is told nothing of with -q, and a signal ends it", async () => {
    const { address, stop } = await startServer();
    await stop();
    const quiet = startClient(address, "tail", "--room", "den", "--wait", "-q");
    const told = startClient(address, "tail", "--room", "den", "--wait");
    await told.said("waiting for the server");
    for (const each of [quiet, told]) each.process.kill("SIGTERM");
    expect([(await quiet.finished()).code, (await told.finished()).code]).toEqual([143, 143]);
    expect((await quiet.finished()).err).toBe("");
  });

  test("is for no server that refuses", async () => {
    const { code, err } = await send("@eve+zoe", "x\n", "--wait", "--nick", "mina");
    expect([code, err]).toEqual([4, expect.stringContaining("not yours")]);
  });
});

describe("--keep-place", () => {
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join("");

  test("a tail goes on where it was ended, without a gap or a repeat", async () => {
    const [room, file] = [newName(), newFile()];
    let printed = "";
    for (let run = 0; run < 3; run += 1) {
      const running = startClient(server.address, "tail", "--room", room, "--keep-place", file);
      await running.said(`joined ${room}`);
      await send(room, lines(run * 20, run * 20 + 10));
      await running.printed(`line ${run * 20 + 9}\n`);
      running.process.kill(run === 1 ? "SIGINT" : "SIGTERM");
      printed += (await running.finished()).out;
      // Said while no tail runs.
      await send(room, lines(run * 20 + 10, run * 20 + 20));
    }
    const rest = await tail(room, "--keep-place", file, "-n", "10");
    expect([rest.code, printed + rest.text]).toEqual([0, lines(0, 60)]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      ...{ room, seq: 60, epoch: expect.any(String) },
    });
    expect(readdirSync(scratch).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  test("kill -9 loses nothing; at worst the last lines come once more", async () => {
    const [room, file] = [newName(), newFile()];
    expect((await send(room, lines(0, 1))).code).toBe(0);
    expect((await tail(room, "--keep-place", file, "--since", "0", "-n", "1")).code).toBe(0);
    const sending = send(room, lines(1, 3000));
    let printed = "";
    for (let kill = 0; kill < 4; kill += 1) {
      const running = startClient(server.address, "tail", "--room", room, "--keep-place", file);
      await running.printed("line ");
      running.process.kill("SIGKILL");
      printed += (await running.finished()).out;
      // Cut off within a line: the next run prints it whole.
      printed = printed.slice(0, printed.lastIndexOf("\n") + 1);
    }
    expect((await sending).code).toBe(0);
    const running = startClient(server.address, "tail", "--room", room, "--keep-place", file);
    await running.printed("line 2999\n");
    running.process.kill("SIGTERM");
    printed += (await running.finished()).out;
    const numbers = printed
      .trimEnd()
      .split("\n")
      .map((line) => Number(line.slice(5)));
    let next = 1;
    for (const number of numbers) {
      expect(number).toBeLessThanOrEqual(next);
      next = Math.max(next, number + 1);
    }
    expect(next).toBe(3000);
  });

  test("a room that was begun anew is told, and printed from its beginning", async () => {
    const file = newFile();
    const first = await startServer();
    const run = (address: string, ...flags: string[]) =>
      runClient(address, ["tail", "--room", "den", "--keep-place", file, "-n", "1", ...flags]);
    for (const text of ["old 1", "old 2"])
      await runClient(first.address, ["send", "--room", "den", text]);
    expect((await run(first.address, "--since", "1")).text).toBe("old 2\n");
    await first.stop();
    const second = await startServer(first.port);
    await runClient(second.address, ["send", "--room", "den", "new 1"]);
    const { code, text, err } = await run(second.address);
    expect([code, text]).toEqual([6, "new 1\n"]);
    expect(err).toContain("its epoch is another");
    await second.stop();
  });

  test("what is no place, or another room's, or can't be kept, is told and ends it", async () => {
    const file = newFile();
    for (const text of ["", "{}", "x"]) {
      writeFileSync(file, text);
      const { code, err } = await tail("den", "--keep-place", file, "-n", "1");
      expect([code, err]).toEqual([2, expect.stringContaining("delete it to begin anew")]);
      expect(readFileSync(file, "utf8")).toBe(text);
    }
    writeFileSync(file, JSON.stringify({ room: "attic", epoch: "e", seq: 1 }));
    const other = await tail("den", "--keep-place", file, "-n", "1");
    expect([other.code, other.err]).toEqual([2, expect.stringContaining("attic")]);
    const nowhere = join(scratch, "no", "place");
    const unkept = await tail("den", "--keep-place", nowhere, "-n", "1");
    expect([unkept.code, unkept.err]).toEqual([7, expect.stringContaining("no such file")]);
    expect(existsSync(nowhere)).toBe(false);
  });
});
