// The whole client on terminals that count otherwise than it does: every cell is where it belongs,
// from the first frame on once the terminal is known, and the settings have the last word.

import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import { join } from "node:path";
import type { ServerProcess } from "@maru/testkit";
import { processTestMs } from "@maru/testkit";
import type { TerminalEmulator } from "@maru/tui/testing";
import { avoiding, cellWidth, drawnText, symbolClasses } from "@maru/tui/text";
import { endProcesses, startServer } from "../processes.ts";
import { endPeers, Peer } from "./peer.ts";
import { endScreens, newHome, ScreenClient } from "./screen-client.ts";

setDefaultTimeout(processTestMs);

const samples = symbolClasses.map(({ sample }) => sample);
let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(0, "--send-rate", "0");
  const bob = await Peer.in("den", server.port);
  for (const [at, sample] of samples.entries()) await bob.client.send("den", `${at}<${sample}>`);
});
// One nick, one client.
afterEach(endScreens);
afterAll(async () => {
  await endPeers();
  await endProcesses();
});

/** A terminal that gives these classes so many cells, and all else as many as we do. */
function terminal(otherwise: Readonly<Record<string, number>>) {
  const known = symbolClasses.filter(({ name }) => name in otherwise);
  const classes = known.map(({ name, signs }) => ({ name, holds: new RegExp(`[${signs}]`, "u") }));
  return (letter: string): number => {
    const found = classes.find(({ holds }) => holds.test(letter));
    return found === undefined ? cellWidth(letter) : (otherwise[found.name] ?? 0);
  };
}

/** As they were found to be, in November 2026. */
const terminals = {
  "tmux 3.3a": {
    ...{ "unicode-15": 0, "unicode-15.1": 0, "unicode-16": 0, "unicode-17": 0 },
    ...{ trigrams: 1, "dark numbers": 2, annotations: 0 },
    ...{ "skin tones": 4, "emoji selectors": 1 },
  },
  "GNU screen 4.9": {
    ...{ "unicode-15": 1, "unicode-15.1": 1, "unicode-16": 1, "unicode-17": 1 },
    ...{ trigrams: 1, "dark numbers": 2, annotations: 0 },
    ...{ "skin tones": 4, "joined emoji": 4, "emoji selectors": 1 },
  },
  "one that parts flags": { flags: 4, "flags of regions": 8 },
  "one that counts as we do": {},
};

/** Samples whose row does not show `drawn` of them, with what is there. */
function wrong({ cells }: TerminalEmulator, drawn: (text: string) => string): string[] {
  return samples.flatMap((sample, at) => {
    const row = cells.find((each) => each.join("").includes(`${at}<`)) ?? [];
    const from = row.findIndex(
      (cell, column) => cell === "<" && row[column - 1] === String(at).at(-1),
    );
    const seen = row.slice(from + 1, row.indexOf(">", from)).join("");
    const isPlaced = row[from + 1 + cellWidth(sample)] === ">";
    return isPlaced && seen === drawn(sample) ? [] : [`${sample}: ${JSON.stringify(seen)}`];
  });
}

const last = `${samples.length - 1}<`;
const isSeen = (drawn: (text: string) => string) => (screen: TerminalEmulator) =>
  screen.text.includes(last) && wrong(screen, drawn).length === 0;
const asked = samples.length + 2;

for (const [name, otherwise] of Object.entries(terminals)) {
  test(`on ${name}, every letter is drawn so that it takes the cells that are kept for it`, async () => {
    const avoided = avoiding(Object.keys(otherwise));
    const home = newHome();
    const options = { home, height: 40, cellsOf: terminal(otherwise) };
    const client = await ScreenClient.start(server.address, options);
    await client.until(isSeen((text) => drawnText(text, avoided)));
    expect(client.screen.questions).toBe(asked);
    expect(client.screen.overflows).toBe(0);
    expect(client.typed).toBe("");
    client.kill();
    await client.exited;
    const stored = JSON.parse(readFileSync(join(home, "state", "maru", "terminals.json"), "utf8"));
    expect(stored.terminals).toEqual([["xterm-256color", avoided.names]]);
  });
}

test('with symbols = "plain" nothing is asked, and nothing drawn that terminals disagree on', async () => {
  const all = avoiding(symbolClasses.map(({ name }) => name));
  const client = await ScreenClient.start(server.address, {
    home: newHome('symbols = "plain"'),
    height: 40,
  });
  await client.until(isSeen((text) => drawnText(text, all)));
  expect(client.screen.questions).toBe(0);
});

test('with symbols = "all" nothing is asked, and all is drawn as it is', async () => {
  const client = await ScreenClient.start(server.address, {
    home: newHome('symbols = "all"'),
    height: 40,
  });
  await client.until(isSeen((text) => text));
  expect(client.screen.questions).toBe(0);
});

test("a terminal that does not answer is remembered, and not asked again", async () => {
  const home = newHome();
  const first = await ScreenClient.start(server.address, { home, height: 40 });
  expect(first.screen.questions).toBe(asked);
  await remembered(join(home, "state", "maru"));
  first.kill();
  await first.exited;
  const second = await ScreenClient.start(server.address, { home, height: 40 });
  await second.until(isSeen((text) => text));
  expect(second.screen.questions).toBe(0);
});

/** Resolves when it stands there that a terminal does not answer. */
async function remembered(directory: string): Promise<void> {
  const changes = watch(directory)[Symbol.asyncIterator]();
  for (;;) {
    if (isSilentKnown(join(directory, "terminals.json"))) return;
    await changes.next();
  }
}

function isSilentKnown(file: string): boolean {
  try {
    return JSON.parse(readFileSync(file, "utf8")).terminals[0][1] === null;
  } catch {
    return false;
  }
}
