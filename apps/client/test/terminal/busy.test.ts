// What is typed is read at once, also while the client is busy or has not begun: a terminal in between
// (GNU screen) drops what is not taken from it.

import { afterAll, afterEach, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processTestMs } from "@maru/testkit";
import { EchoPty } from "./echo-pty.ts";

setDefaultTimeout(processTestMs);

const directory = mkdtempSync(join(tmpdir(), "maru-busy-"));
let pty: EchoPty;
let pipes = 0;
afterEach(() => pty?.close());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The program does nothing any more until what is returned is called. */
async function blocked(): Promise<() => void> {
  pipes += 1;
  const pipe = join(directory, String(pipes));
  Bun.spawnSync(["mkfifo", pipe]);
  pty.order({ do: "block", text: pipe });
  await pty.until(() => pty.told.some(({ type }) => type === "blocked"));
  return () => writeFileSync(pipe, "");
}

const korean = Array.from({ length: 10_000 }, (_, at) => `${at} 가나다라마바사아`).join("\r");
const pasted = (text: string) => `\x1b[200~${text}\x1b[201~`;
const pasteOf = ({ told }: EchoPty) => {
  const paste = told.find((input) => input.type === "paste");
  return paste?.type === "paste" ? paste : null;
};

test("a paste of 300 KB is taken from the terminal while the program is busy, and is whole", async () => {
  pty = await EchoPty.start();
  expect(Buffer.byteLength(korean)).toBeGreaterThan(280_000);
  const goOn = await blocked();
  // Many times what the system holds: this comes to an end only if it is read.
  await pty.typeMuch(pasted(korean));
  expect(pasteOf(pty)).toBeNull();
  goOn();
  await pty.typeWhole("");
  expect(pasteOf(pty)).toEqual({ type: "paste", text: korean, isCut: false });
  expect(pty.told.some(({ type }) => type === "full")).toBe(false);
});

test("what comes without the marks of a paste is heard key by key, in order, nothing lost", async () => {
  pty = await EchoPty.start();
  const text = korean.slice(0, 40_000).replaceAll("\r", "");
  const goOn = await blocked();
  await pty.typeMuch(text);
  goOn();
  await pty.typeWhole("");
  expect(pty.typed).toBe(text);
});

test("beyond the bound the terminal waits, nothing is lost, and the person is told", async () => {
  pty = await EchoPty.start({ environment: { ECHO_BYTES_MAX: "1024" } });
  await pty.typeWhole(pasted(korean));
  expect(pasteOf(pty)).toEqual({ type: "paste", text: korean, isCut: false });
  expect(pty.told.some(({ type }) => type === "full")).toBe(true);
});

test("one byte reaches a bound of one, and not a bound of two", async () => {
  pty = await EchoPty.start({ environment: { ECHO_BYTES_MAX: "1" } });
  pty.type("a");
  await pty.until(() => pty.told.some(({ type }) => type === "full"));
  pty.close();
  pty = await EchoPty.start({ environment: { ECHO_BYTES_MAX: "2" } });
  pty.type("a");
  await pty.until(() => pty.typed === "a");
  expect(pty.told.some(({ type }) => type === "full")).toBe(false);
});

for (const [what, path] of [
  ["no thread reads", ""],
  ["the terminal can't be opened once more", "/nothing/there"],
]) {
  test(`where ${what}, the program does`, async () => {
    pty = await EchoPty.start({ environment: { ECHO_PATH: path ?? "" } });
    await pty.typeWhole(`${pasted(korean)}한글\r`);
    expect(pasteOf(pty)?.text).toBe(korean);
    expect(pty.keys.slice(0, 3)).toEqual(["한", "글", "enter"]);
  });
}

test("the chat in lines reads at once, too: lines that came while it was busy are all there", async () => {
  pipes += 1;
  const pipe = join(directory, String(pipes));
  Bun.spawnSync(["mkfifo", pipe]);
  const lines = Array.from({ length: 3_000 }, (_, at) => `${at} 가나다라마바사`);
  let seen = "";
  let changed = () => {};
  let drained = false;
  const decoder = new TextDecoder();
  const program = Bun.spawn([process.execPath, `${import.meta.dir}/line-program.ts`, pipe], {
    env: { ...Bun.env, TERM: "xterm-256color" },
    terminal: {
      cols: 60,
      rows: 10,
      data: (_terminal, data) => {
        seen += decoder.decode(data, { stream: true });
        changed();
      },
      drain: () => {
        drained = true;
        changed();
      },
    },
  });
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise<void>((resolve) => (changed = resolve));
  };
  await until(() => seen.includes("busy"));
  program.terminal?.write(`${lines.join("\r")}\rend\r`);
  await until(() => drained);
  writeFileSync(pipe, "");
  expect(await program.exited).toBe(0);
  await until(() => seen.includes('"end"'));
  const said = [...seen.matchAll(/"([^"]*)"/g)].map(([, line]) => line);
  expect(said).toEqual([...lines, "end"]);
});

test("what is typed before the program has begun is heard, its Enter as an Enter", async () => {
  pty = await EchoPty.start({ typedBefore: "안녕\r" });
  await pty.typeWhole("");
  expect(pty.keys).toEqual(["안", "녕", "enter", "f12"]);
});
