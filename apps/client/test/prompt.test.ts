// The chat on a real pseudo-terminal: the prompt, and what is being typed, survive what arrives.

import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { endProcesses, runClient, startServer } from "./processes.ts";
import { Pty } from "./pty.ts";

setDefaultTimeout(processTestMs);

afterAll(endProcesses);

let server: ServerProcess;
const open: Pty[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
afterEach(() => {
  for (const pty of open.splice(0)) pty.kill();
});

async function enter(columns: number, nick: string): Promise<{ pty: Pty; room: string }> {
  const room = `r${crypto.randomUUID().slice(0, 6)}`;
  const pty = new Pty(columns, `maru://${server.address}/${room}`, "--nick", nick);
  open.push(pty);
  await pty.until((lines) => lines.some((line) => line.includes(`you are in ${room}`)));
  return { pty, room };
}

const say = (room: string, text: string) =>
  runClient(server.address, ["send", "--room", room, "--nick", "bob", text]);

test("what is being typed in Korean survives an incoming line", async () => {
  const { pty, room } = await enter(60, "ann");
  pty.type("안녕하세요, 여러분");
  await pty.until((lines) => lines.at(-1) === `${room}> 안녕하세요, 여러분`);
  await say(room, "hello");
  await pty.until((lines) => lines.some((line) => line.includes("bob: hello")));
  await pty.until((lines) => lines.at(-1) === `${room}> 안녕하세요, 여러분`);
  expect(pty.cursor.column).toBe(Bun.stringWidth(`${room}> 안녕하세요, 여러분`));
  pty.type("!\r");
  await pty.until((lines) => lines.some((line) => line.endsWith("ann: 안녕하세요, 여러분!")));
  await pty.until((lines) => lines.at(-1) === `${room}>`);
  expect(pty.lines.filter((line) => line.includes("여러분"))).toHaveLength(1);
});

test("a typed text that wraps over several rows survives too", async () => {
  const { pty, room } = await enter(30, "ann");
  const long = "마루에 앉아서 긴 이야기를 나누는 사람들의 오후";
  pty.type(long);
  const typed = (lines: readonly string[]) =>
    lines.slice(-3).join("").replaceAll(/\s/g, "").endsWith(long.replaceAll(/\s/g, ""));
  await pty.until(typed);
  await say(room, "one");
  await pty.until(typed);
  expect(pty.lines.join("").replaceAll(/\s/g, "").split("마루에앉아서")).toHaveLength(2);
});

test("a long paste in a narrow pane leaves no blank rows when others talk", async () => {
  const { pty, room } = await enter(24, "ann");
  pty.type("x".repeat(150));
  const typed = (lines: readonly string[]) =>
    lines
      .slice(-8)
      .join("")
      .endsWith(`${room}> ${"x".repeat(150)}`);
  await pty.until(typed);
  for (const text of ["one", "two"]) {
    await say(room, text);
    await pty.until((lines) => lines.some((line) => line.endsWith(`bob: ${text}`)));
    await pty.until(typed);
  }
  expect(pty.lines.filter((line) => line === "")).toEqual([]);
});

test("lines that are pasted together are said one by one, each shown once", async () => {
  const { pty, room } = await enter(24, "ann");
  pty.type("하나\r이십 칸을 넘는 조금 더 긴 줄\r셋\r");
  await pty.until((lines) => lines.some((line) => line.endsWith("ann: 셋")));
  await pty.until((lines) => lines.at(-1) === `${room}>`);
  const words = pty.lines.join("").replaceAll(/\d\d:\d\d|\s/g, "");
  expect(words.split("ann:").slice(1)).toEqual(["하나", "이십칸을넘는조금더긴줄", `셋${room}>`]);
});

test("backspace takes a whole syllable away", async () => {
  const { pty, room } = await enter(60, "ann");
  pty.type("가나다");
  await pty.until((lines) => lines.at(-1) === `${room}> 가나다`);
  pty.type("\u007f");
  await pty.until((lines) => lines.at(-1) === `${room}> 가나`);
});

test("Ctrl-C clears what is typed, then offers to quit, then does", async () => {
  const { pty, room } = await enter(60, "ann");
  pty.type("half a thought");
  await pty.until((lines) => lines.at(-1) === `${room}> half a thought`);
  pty.type("\u0003");
  await pty.until((lines) => lines.at(-1) === `${room}>`);
  pty.type("\u0003");
  await pty.until((lines) => lines.at(-1) === `${room}> /quit`);
  expect(pty.lines.at(-2)).toBe("-- Ctrl-C again, or Enter, to leave");
  pty.type("n");
  await pty.until((lines) => lines.at(-1) === `${room}> n`);
  pty.type("\u0003");
  await pty.until((lines) => lines.at(-1) === `${room}>`);
  pty.type("\u0003");
  await pty.until((lines) => lines.at(-1) === `${room}> /quit`);
  pty.type("\u0003");
  expect(await pty.exited).toBe(130);
});

test("commands work by their names in any case, and /quit ends well", async () => {
  const { pty } = await enter(100, "ann");
  pty.type("/TOPIC tea at four\r");
  await pty.until((lines) => lines.some((line) => line.includes("ann set the topic: tea at four")));
  pty.type("/help join\r");
  await pty.until((lines) => lines.some((line) => line.includes("/join ROOM")));
  pty.type("/quit\r");
  expect(await pty.exited).toBe(0);
});

test("a line that was refused does not make the end a failure, and what is behind /quit is dropped", async () => {
  const { pty } = await enter(100, "ann");
  pty.type(`${"x".repeat(9000)}\r`);
  await pty.until((lines) => lines.some((line) => line.includes("not sent: ")));
  pty.type("/quit\rnot meant for anybody\r");
  expect(await pty.exited).toBe(0);
  expect(pty.raw).not.toContain("ann: not meant");
});

test("says that the connection is lost, keeps what is said, and is back with the server", async () => {
  const own = await startServer();
  const pty = new Pty(100, `maru://${own.address}/den`, "--nick", "ann");
  open.push(pty);
  await pty.until((lines) => lines.some((line) => line.includes("you are in den")));
  await own.stop();
  await pty.until((lines) => lines.at(-1) === "den (offline)>");
  pty.type("still here\r");
  await pty.until((lines) =>
    lines.some((line) => line.includes("waits for the connection: still here")),
  );
  const again = await startServer(own.port);
  await pty.until((lines) => lines.some((line) => line.includes("back online")));
  await pty.until((lines) => lines.some((line) => line.includes("the server was restarted")));
  await pty.until((lines) => lines.some((line) => line.endsWith("ann: still here")));
  pty.type("/quit\r");
  expect(await pty.exited).toBe(0);
  await again.stop();
});

test("only the line editor's own sequences reach the terminal", async () => {
  const { pty, room } = await enter(80, "ann");
  await say(room, "a\u202eb\u2066c");
  await pty.until((lines) => lines.some((line) => line.includes("bob: a�b�c")));
  expect(pty.raw).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
});
