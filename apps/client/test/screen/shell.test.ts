// The whole client beside other programs: the person's own editor, a shell's jobs, and the command
// that is run when a message calls.

import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import { endProcesses, startServer } from "../processes.ts";
import { endPeers, Peer } from "./peer.ts";
import { clientCommand, endScreens, newHome, ScreenClient } from "./screen-client.ts";

setDefaultTimeout(processTestMs);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
});
afterAll(async () => {
  await endScreens();
  await endPeers();
  await endProcesses();
});

/** A program in a home, for the client to run. */
function script(home: string, name: string, body: string): string {
  const path = join(home, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const altE = "\x1be";

test("the own editor gets what is typed, and the line gets what it wrote", async () => {
  const home = newHome();
  const editor = script(
    home,
    "editor",
    `[ "$1" = --wait ] && stty -a > ${home}/modes && sed 's/초안/고침/' "$2" > ${home}/new && cp ${home}/new "$2"; printf 'line two 👍\\n' >> "$2"`,
  );
  const client = await ScreenClient.start(server.address, {
    ...{ home, nick: "ann1", environment: { EDITOR: `${editor} --wait` } },
  });
  const bob = await Peer.in("den", server.port);
  client.type("초안 of it");
  await client.until(() => client.typed === "초안 of it");
  client.type(altE);
  await client.shows("line two");
  client.type("\r");
  await bob.until((heard) => heard.length > 0);
  expect(bob.heard[0]?.trimEnd()).toMatch(/^고침 of it\n? ?line two 👍$/);
  // While it ran, the terminal was the editor's, as a shell would have given it.
  expect(readFileSync(join(home, "modes"), "utf8")).toMatch(/ icanon(.|\n)* echo /);
});

test("an editor that fails or is not there leaves what is typed", async () => {
  const home = newHome();
  const editor = script(home, "editor", 'echo lost > "$1"; exit 3');
  const client = await ScreenClient.start(server.address, {
    ...{ home, nick: "ann2", environment: { VISUAL: editor } },
  });
  client.type("precious");
  await client.until(() => client.typed === "precious");
  client.type(altE);
  await client.until(({ text }) => text.includes("ended with 3") && client.typed === "precious");
  const other = await ScreenClient.start(server.address, {
    nick: "ann3",
    environment: { VISUAL: join(home, "missing") },
  });
  other.type("precious");
  await other.until(() => other.typed === "precious");
  const from = other.raw.length;
  other.type(altE);
  await other.wrote("\x1b[?1049h", from);
  await other.until(({ text }) => text.includes("missing") && other.typed === "precious");
  other.type("!");
  await other.until(() => other.typed === "precious!");
});

test("Ctrl-Z gives the shell its terminal back, and fg draws the screen anew", async () => {
  const home = newHome();
  const client = new ScreenClient(server.address, {
    ...{ home, environment: { PS1: "shell> ", HISTFILE: "/dev/null" } },
    command: ["bash", "--norc", "--noprofile", "--noediting", "-i"],
  });
  await client.shows("shell>");
  client.type(`${clientCommand(server.address, { nick: "ann4" }).join(" ")}\n`);
  await client.online();
  client.type("typed before");
  await client.until(() => client.typed === "typed before");
  client.type("\x1a");
  await client.shows("Stopped");
  expect([...client.screen.modes]).toEqual([25]);
  client.type("echo in the $((40 + 2)) shell\n");
  await client.shows("in the 42 shell");
  client.type("fg\n");
  await client.until(({ modes }) => modes.has(1049) && client.typed === "typed before");
  await client.online();
  client.type("!");
  await client.until(() => client.typed === "typed before!");
  client.type("\x15/quit\r");
  await client.until(({ modes, text }) => !modes.has(1049) && /shell>\s*$/.test(text));
  client.type("echo code $?\n");
  await client.shows("code 0");
  client.type("exit\n");
  await client.exited;
});

test("Ctrl-Z and fg three times, with the own editor between; the editor keeps its terminal", async () => {
  const home = newHome();
  const editor = script(
    home,
    "editor",
    `echo editing; read answer; stty -a > ${home}/modes; echo "$answer" > "$1"`,
  );
  const client = new ScreenClient(server.address, {
    ...{ home, environment: { PS1: "shell> ", HISTFILE: "/dev/null", EDITOR: editor } },
    command: ["bash", "--norc", "--noprofile", "--noediting", "-i"],
  });
  await client.shows("shell>");
  client.type(`${clientCommand(server.address, { nick: "ann6" }).join(" ")}\n`);
  await client.online();
  for (const letter of "abc") {
    client.type(letter);
    await client.until(() => client.typed.endsWith(letter));
    const from = client.raw.length;
    // Wishes to stop are not heard right after the last one.
    const wish = setInterval(() => client.type("\x1a"), 100);
    await client.wrote("Stopped", from).finally(() => clearInterval(wish));
    await client.until(({ modes, text }) => !modes.has(1049) && /shell>\s*$/.test(text));
    client.type("fg\n");
    await client.until(({ modes }) => modes.has(1049) && client.typed.endsWith(letter));
    await client.online();
  }
  expect(client.typed).toBe("abc");
  client.type(altE);
  await client.shows("editing");
  const from = client.raw.length;
  const wish = setInterval(() => client.type("\x1a"), 100);
  await client.wrote("Stopped", from).finally(() => clearInterval(wish));
  await client.until(({ text }) => /shell>\s*$/.test(text));
  const atFg = client.raw.length;
  client.type("fg\n");
  await client.wrote("--nick ann6", atFg);
  client.type("answered\n");
  await client.until(({ modes }) => modes.has(1049) && client.typed === "answered");
  expect(readFileSync(join(home, "modes"), "utf8")).toMatch(/ icanon(.|\n)* echo /);
});

test("who looks away is called for a mention, by bell and by a command; who looks is not", async () => {
  const home = newHome();
  const told = join(home, "told");
  const notifier = script(
    home,
    "notify",
    `printf '%s\\0' "$MARU_KIND" "$MARU_ROOM" "$MARU_FROM" "$MARU_TEXT" "$#" > ${told}.new && mv ${told}.new ${told}`,
  );
  writeFileSync(
    join(home, "config", "maru", "client.toml"),
    `[notify]\nhow = ["bell", "command"]\ncommand = ["${notifier}", "$(touch ${home}/hacked)"]\n`,
  );
  const client = await ScreenClient.start(server.address, { home, nick: "ann5" });
  const eve = await Peer.in("den", server.port, "eve");
  const bells = () => client.screen.said.filter(({ kind }) => kind === "bell").length;
  // A key behind it: once that is seen, the focus was heard of.
  client.type("\x1b[Ix");
  await client.until(() => client.typed === "x");
  await eve.client.send("den", "@ann5 you are looking");
  await client.shows("you are looking");
  expect(bells()).toBe(0);
  client.type("\x1b[Oy");
  await client.until(() => client.typed === "xy");
  await eve.client.send("den", "nobody is meant");
  await client.shows("nobody is meant");
  expect(bells()).toBe(0);
  const text = `@ann5 $(touch ${home}/hacked) \`touch ${home}/hacked\`; 'a' "b" \u202eㅎ -n`;
  await eve.client.send("den", text);
  await client.wrote("\x07");
  const isTold = () => existsSync(told);
  // Another event each time round: the command is another process's, and tells us nothing.
  for (let at = 0; !isTold(); at += 1) {
    await eve.client.send("den", `waiting ${at}`);
    await client.shows(`waiting ${at}`);
  }
  const [kind, room, from, said, args] = readFileSync(told, "utf8").split("\0");
  expect([kind, room, from, args]).toEqual(["mention", "den", "eve", "1"]);
  expect(said).toBe(text.replace("\u202e", "\ufffd"));
  expect(existsSync(join(home, "hacked"))).toBe(false);
  expect(bells()).toBe(1);
});
