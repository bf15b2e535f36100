// Whichever way the whole client ends, the terminal is as it was, and the exit code tells why.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { ownSequenceProblem } from "@maru/tui/terminal";
import { endProcesses, startServer } from "../processes.ts";
import { endScreens, newHome, ScreenClient, type ScreenOptions } from "./screen-client.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
});
afterAll(async () => {
  await endScreens();
  await endProcesses();
});

let count = 0;
/** ECHO and ICANON of the terminal's local flags: off while the client has it. */
const echoAndLines = 0b1010;

/** A client of its own nick, with the terminal in raw mode. */
async function start(options: ScreenOptions = {}): Promise<ScreenClient> {
  count += 1;
  const client = await ScreenClient.start(server.address, { nick: `ann${count}`, ...options });
  expect(client.terminal.localFlags & echoAndLines).toBe(0);
  return client;
}

/** Awaits the end and judges the terminal; returns what was written behind the screen's end. */
async function ended(client: ScreenClient, code: number): Promise<string> {
  expect(await client.exited).toBe(code);
  await client.wrote("\x1b[23;0t\x1b[?25h");
  const { screen } = client;
  expect(client.problem).toBeNull();
  // Of all the modes, only the cursor is on; titles and keyboards are as they were.
  expect([...screen.modes]).toEqual([25]);
  expect([screen.titleDepth, screen.keyboardDepth, screen.otherKeys]).toEqual([0, 0, 0]);
  const [, behind = ""] = client.raw.split("\x1b[23;0t\x1b[?25h");
  expect(behind).not.toContain("\x1b");
  expect(client.terminal.localFlags & echoAndLines).toBe(echoAndLines);
  return behind.replaceAll("\r\n", "\n");
}

test("/quit", async () => {
  const client = await start();
  client.type("/quit\r");
  expect(await ended(client, 0)).toBe("");
  expect(ownSequenceProblem(client.raw)).toBeNull();
});

test("Ctrl-C on an empty line, and again", async () => {
  const client = await start();
  client.type("something\x03");
  await client.until(() => client.typed === "" && /\bonline\b/.test(client.screen.text));
  client.type("\x03");
  await client.shows("Ctrl-C again");
  client.type("\x03");
  expect(await ended(client, 0)).toBe("");
});

test("Ctrl-D on an empty line", async () => {
  const client = await start({ flags: ["--mouse"] });
  expect(client.screen.modes).toContain(1000);
  client.type("\x04");
  expect(await ended(client, 0)).toBe("");
});

for (const [signal, code] of [
  ["SIGTERM", 143],
  ["SIGHUP", 143],
  ["SIGINT", 130],
  ["SIGQUIT", 143],
] as const) {
  test(signal, async () => {
    const client = await start();
    client.type("a draft");
    await client.until(() => client.typed === "a draft");
    client.kill(signal);
    expect(await ended(client, code)).toBe("");
    const again = await ScreenClient.start(server.address, {
      home: client.home,
      nick: `ann${count}`,
    });
    expect(again.typed).toBe("a draft");
  });
}

test("a bug: it is told behind the screen, and what was typed is kept", async () => {
  // A module that is loaded first makes the process throw as a bug of its own would.
  const bug = 'process.once("SIGUSR2", () => { throw new Error("a bug of the test"); });';
  const home = newHome();
  const preload = `${home}/bug.ts`;
  await Bun.write(preload, bug);
  const client = await start({ home, environment: { BUN_OPTIONS: `--preload=${preload}` } });
  client.type("typed before");
  await client.until(() => client.typed === "typed before");
  client.kill("SIGUSR2");
  expect(await ended(client, 1)).toContain("a bug of the test");
  const again = await ScreenClient.start(server.address, { home, nick: `ann${count}` });
  expect(again.typed).toBe("typed before");
});

test("a nick that is taken: the reason is on the terminal, exit code 4", async () => {
  await start({ nick: "taken" });
  const client = new ScreenClient(server.address, { nick: "taken" });
  const behind = await ended(client, 4);
  expect(behind).toContain("in use");
});

test("a terminal that goes away ends the client, with what was typed kept", async () => {
  const client = await start();
  client.type("before the window closed");
  await client.until(() => client.typed === "before the window closed");
  client.hangUp();
  await client.exited;
  const again = await ScreenClient.start(server.address, {
    home: client.home,
    nick: `ann${count}`,
  });
  expect(again.typed).toBe("before the window closed");
});
