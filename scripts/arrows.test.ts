// Holds the code to the dependency arrows of the house, as scripts/house/arrows.ts has them.

import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { arrows, brokenArrow, splitSpecifier } from "./house/arrows.ts";
import { importsOf } from "./house/imports.ts";
import { houseFolders, isTest, listFiles, ownerOf, type SourceFile } from "./house/source-files.ts";

interface Manifest {
  readonly imports?: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dir, "..");
/** Without this one, whose offences are texts. */
const files = listFiles(root, houseFolders, ".ts").filter(
  ({ path }) => path !== "scripts/arrows.test.ts",
);
const manifestFiles = listFiles(root, houseFolders, "package.json");
const manifests = new Map<string, Manifest>(
  manifestFiles.map(({ path, text }) => [ownerOf(path), JSON.parse(text)]),
);
const rootManifest: Manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

function brokenArrows(list: readonly SourceFile[]): string[] {
  return list.flatMap((file) =>
    importsOf(file.text).flatMap((imported) => {
      const why = brokenArrow(file, imported);
      return why === null ? [] : [`${file.path} imports "${imported.specifier}": ${why}`];
    }),
  );
}

describe("the dependency arrows", () => {
  test("are kept by every file", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(brokenArrows(files)).toEqual([]);
  });

  test("lead only to what a package exports and its user declares", () => {
    const byName = new Map([...manifests.values()].map((manifest) => [manifest.name, manifest]));
    const wrong = files.flatMap(({ path, text }) =>
      importsOf(text).flatMap(({ specifier }) => {
        if (/^(\.|node:|bun(:|$))/.test(specifier)) return [];
        const own = manifests.get(ownerOf(path));
        if (specifier in (own?.imports ?? {})) return [];
        const { name, entry } = splitSpecifier(specifier);
        const declared = { ...own?.dependencies, ...own?.devDependencies };
        const hoisted = rootManifest.devDependencies ?? {};
        if (!(name in declared) && !(name in hoisted)) return [`${path}: ${name} is not declared`];
        const exported = byName.get(name)?.exports;
        if (exported === undefined || entry in exported) return [];
        return [`${path}: ${name} does not export ${entry}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("are drawn for every package", () => {
    const drawn = arrows.map(({ from }) => ownerOf(from));
    const packages = [...manifests.keys()].filter((owner) => owner.startsWith("packages/"));
    expect(packages.filter((owner) => !drawn.includes(owner))).toEqual([]);
  });
});

describe("an arrow is broken by", () => {
  const offences: [string, string, string][] = [
    [
      "a view of the client that reaches into the update",
      "apps/client/src/screen/view/a.ts",
      'import { a } from "../update/a.ts";',
    ],
    [
      "a pure part of the client that names the library that draws",
      "apps/client/src/screen/model/a.ts",
      'import { RGBA } from "@opentui/core";',
    ],
    ["protocol that imports a builtin", "packages/protocol/src/a.ts", 'import "node:fs";'],
    [
      "a script that reaches into a package by path",
      "scripts/docs/a.ts",
      'import { x } from "../../packages/core/src/x.ts";',
    ],
    [
      "core that imports the chat's messages",
      "packages/core/src/a.ts",
      'import type { Nick } from "@maru/protocol/chat";',
    ],
    [
      "core that names a Bun socket",
      "packages/core/src/shard/a.ts",
      'import type { Socket } from "bun";',
    ],
    [
      "a lower room of core that imports a higher one",
      "packages/core/src/link/a.ts",
      'import type { Shard } from "../shard/shard.ts";',
    ],
    [
      "a room of core that imports its roof",
      "packages/core/src/service/a.ts",
      'import { startServer } from "../server.ts";',
    ],
    [
      "a part of the hub's state that imports a command",
      "packages/chat/src/hub/a.ts",
      'import { send } from "../command/send.ts";',
    ],
    ["core that imports zod", "packages/core/src/a.ts", 'import * as z from "zod";'],
    [
      "chat that runs core",
      "packages/chat/src/hub/a.ts",
      'import { startServer } from "@maru/core";',
    ],
    [
      "chat's pure part that opens a database",
      "packages/chat/src/hub/a.ts",
      'import { Database } from "bun:sqlite";',
    ],
    [
      "chat's pure part that imports an adapter",
      "packages/chat/src/hub/a.ts",
      'import { Log } from "../log-sqlite/log.ts";',
    ],
    [
      "one adapter that imports another",
      "packages/chat/src/log-memory/a.ts",
      'import "../log-sqlite/log.ts";',
    ],
    ["the SDK that imports core", "packages/sdk/src/a.ts", 'export * from "@maru/core";'],
    ["the SDK that imports Bun", "packages/sdk/src/a.ts", 'import type { Socket } from "bun";'],
    ["the SDK that imports Node", "packages/sdk/src/a.ts", 'import { connect } from "node:net";'],
    [
      "the SDK's link that knows the chat",
      "packages/sdk/src/link/a.ts",
      'import "../chat/mod.ts";',
    ],
    ["the SDK that knows the chat", "packages/sdk/src/a.ts", 'import "@maru/protocol/chat";'],
    [
      "testkit that imports a package it tests",
      "packages/testkit/src/a.ts",
      'import { Hub } from "@maru/chat";',
    ],
    ["a late import", "packages/protocol/src/a.ts", 'const fs = await import("node:fs");'],
    [
      "a path into another package",
      "apps/server/src/a.ts",
      'import { x } from "../../../packages/core/src/x.ts";',
    ],
    [
      "a path into another app",
      "apps/client/src/a.ts",
      'import { x } from "../../server/src/x.ts";',
    ],
    [
      "an import over several lines",
      "packages/core/src/a.ts",
      'import {\n  one,\n  two,\n} from "zod";',
    ],
  ];
  for (const [name, path, text] of offences) {
    test(name, () => expect(brokenArrows([{ path, text }])).toHaveLength(1));
  }
});

describe("an arrow is kept by", () => {
  const fine: [string, string, string][] = [
    [
      "core that imports protocol",
      "packages/core/src/a.ts",
      'import { systemClose } from "@maru/protocol";',
    ],
    [
      "socket that names a Bun socket",
      "packages/core/src/socket/a.ts",
      'import type { Socket } from "bun";',
    ],
    [
      "chat that takes core's types",
      "packages/chat/src/a.ts",
      'import type { ServicePort } from "@maru/core";',
    ],
    [
      "log-sqlite that opens a database",
      "packages/chat/src/log-sqlite/a.ts",
      'import { Database } from "bun:sqlite";',
    ],
    [
      "an adapter that imports its port",
      "packages/chat/src/log-sqlite/a.ts",
      'import type { RoomLog } from "../room-log.ts";',
    ],
    [
      "a test that imports the testkit",
      "packages/core/src/a.test.ts",
      'import { clock } from "@maru/testkit";',
    ],
    [
      "a test of chat that hands an adapter in",
      "packages/chat/test/a.ts",
      'import { log } from "../src/log-memory/memory-log.ts";',
    ],
    [
      "an app that composes",
      "apps/server/src/a.ts",
      'import { startServer } from "@maru/core";\nimport "bun:sqlite";',
    ],
    [
      "a word in a comment",
      "packages/protocol/src/a.ts",
      '// import "node:fs" would be wrong here',
    ],
  ];
  for (const [name, path, text] of fine) {
    test(name, () => expect(brokenArrows([{ path, text }])).toEqual([]));
  }

  test("an import that is found in each of its forms", () => {
    const text = [
      'import one from "1";',
      'import type { two } from "2";',
      'import * as three from "3";',
      'import "4";',
      'export { five } from "5";',
      'export * from "6";',
      'const seven = await import("7");',
      'type Eight = import("8").Eight;',
      'const from = "nothing";',
    ].join("\n");
    const found = importsOf(text).map(
      ({ specifier, isType }) => `${specifier}${isType ? "t" : ""}`,
    );
    expect(found).toEqual(["1", "2t", "3", "4", "5", "6", "7", "8"]);
  });
});

describe("the packages", () => {
  const sources = files.filter(({ path }) => !isTest(path));

  test("name Bun's sockets only in core's socket/; testkit plays a peer with them", () => {
    const sockets = /\bBun\.(listen|connect|udpSocket|serve)\b|from "bun"/;
    const naming = sources
      .filter(({ path, text }) => path.startsWith("packages/") && sockets.test(text))
      .map(({ path }) => path)
      .filter((path) => !/^packages\/(core\/src\/socket|testkit)\//.test(path));
    expect(naming).toEqual([]);
  });

  test("of the protocol use no API of Bun or Node", () => {
    const api = /\b(Bun|process|Buffer|__dirname|require|setImmediate)\b[.(]|import\.meta\.dir/;
    const using = sources
      .filter(({ path }) => path.startsWith("packages/protocol/src/"))
      .flatMap(({ path, text }) => text.split("\n").map((line) => `${path}: ${line.trim()}`))
      .filter((line) => api.test(line) && !/: (\/\/|\/?\*)/.test(line));
    expect(using).toEqual([]);
  });

  test("of the protocol are bundled for a browser, with nothing of Bun or Node in it", async () => {
    const built = await Bun.build({
      entrypoints: ["mod.ts", "chat/mod.ts"].map((entry) =>
        join(root, "packages/protocol/src", entry),
      ),
      target: "browser",
    });
    expect(built.logs).toEqual([]);
    expect(built.outputs.length).toBe(2);
    for (const output of built.outputs) {
      const code = await output.text();
      expect(code.length).toBeGreaterThan(1000);
      expect(/["'](node|bun):|\b(Bun|Buffer|process)\.[a-z]/.exec(code)?.[0]).toBeUndefined();
    }
  });

  test("of core have no word of chat in them", () => {
    const word = /(?<![A-Za-z])(rooms?|nicks?|chats?)(?![a-z])|(Rooms?|Nicks?|Chats?)(?![a-z])/;
    const figureOfSpeech = /\bma(kes?|de|king) room\b/gi;
    const lines = sources
      .filter(({ path }) => path.startsWith("packages/core/src/"))
      .flatMap(({ path, text }) => text.split("\n").map((line) => `${path}: ${line.trim()}`));
    // What a service is written with has rooms, as every engine of its kind; the engine under it none.
    const ofServices = /^packages\/core\/src\/(serve\/|mod\.ts: export .*"\.\/serve\/)/;
    const roomOfServices = /\b(as|Joined)?(Room|room)(s|Record|-record)?\b/g;
    const heard = (line: string) =>
      line.replace(ofServices.test(line) ? roomOfServices : figureOfSpeech, "");
    const saying = lines.filter((line) => word.test(heard(line)));
    expect(saying).toEqual([]);
    for (const sample of ["roomName", "joinRoom", "// the chat's", "nick:"]) {
      expect(word.test(sample)).toBe(true);
    }
    for (const sample of ["chatty", "mushroom", "nickel"]) expect(word.test(sample)).toBe(false);
  });
});
