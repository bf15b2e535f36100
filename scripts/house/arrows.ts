// The dependency arrows of the house: which folder may import what, and why. First match rules.
// Owns the table and its judgement of one import; the files are found and reported elsewhere.

import { posix } from "node:path";
import type { Import } from "./imports.ts";
import { isTest, ownerOf, type SourceFile } from "./source-files.ts";

export interface Arrow {
  /** Files whose path begins so. */
  readonly from: string;
  /** Specifiers; `*` at the end stands for anything. */
  readonly may: readonly string[];
  /** Specifiers of which types alone may be taken. */
  readonly mayTypes?: readonly string[];
  readonly why: string;
}

const protocol = ["@maru/protocol", "@maru/protocol/chat"];

export const arrows: readonly Arrow[] = [
  {
    from: "packages/protocol/",
    may: ["zod"],
    why: "protocol runs anywhere, a browser included: it imports zod alone",
  },
  {
    from: "packages/core/src/transport/",
    may: ["@maru/protocol", "node:*", "bun"],
    why: "core/transport is the one place that names Bun's sockets",
  },
  {
    from: "packages/core/",
    may: ["@maru/protocol", "node:*"],
    why: "core imports protocol, not its chat, and names no Bun socket outside transport/",
  },
  {
    from: "packages/chat/src/log-sqlite/",
    may: [...protocol, "bun:sqlite", "node:*"],
    why: "log-sqlite is an adapter: protocol, the log port and bun:sqlite",
  },
  {
    from: "packages/chat/src/log-nats/",
    may: [...protocol, "@nats-io/*", "node:*"],
    why: "log-nats is an adapter: protocol, the log port and the NATS client",
  },
  {
    from: "packages/chat/test/log-sqlite/",
    may: ["bun:sqlite"],
    why: "tests of log-sqlite look into its files",
  },
  {
    from: "packages/chat/",
    may: protocol,
    mayTypes: ["@maru/core"],
    why: "the pure part of chat imports protocol, and of core the types of its service port",
  },
  {
    from: "packages/sdk/",
    may: [...protocol, "node:*"],
    why: "the SDK imports protocol and what Bun and Node both have",
  },
  {
    from: "packages/testkit/",
    may: [...protocol, "node:*", "bun"],
    why: "testkit imports protocol; it meets the others' ports structurally and plays their peers",
  },
];

/**
 * The rooms of the client: which folder may import which others. Data flows one way, from the key to
 * the frame; only run/ and main.ts put things together.
 */
export const clientArrows: Readonly<Record<string, readonly string[]>> = {
  text: [],
  line: [],
  io: [],
  model: [],
  key: [],
  editor: ["text"],
  keep: ["model"],
  notify: ["model", "text"],
  command: ["model", "text"],
  update: ["model", "command"],
  screen: ["model", "editor", "key"],
  config: ["model", "screen", "key", "text"],
  "view/line": ["model", "text"],
  "view/screen": ["screen", "model", "editor", "key", "text", "command"],
  "screen-update": [
    "screen",
    "view/screen",
    "update",
    "command",
    "model",
    "editor",
    "key",
    "notify",
    "text",
  ],
  terminal: ["screen", "key", "text", "config"],
  prompt: ["command", "cli", "io"],
  cli: ["config", "key", "text", "view/screen", "run"],
};

const clientFile = /^apps\/client\/src\/((?:view\/)?[a-z-]+)\//;

function brokenClientPath(path: string, target: string): string | null {
  const [, from = ""] = clientFile.exec(path) ?? [];
  const [, to = from] = clientFile.exec(target) ?? [];
  const may = clientArrows[from];
  if (may === undefined || from === to || may.includes(to) || isTest(path)) return null;
  return `in the client, ${from}/ may import ${may.length === 0 ? "no other folder" : may.join(", ")}`;
}

/** What a package's own tests may import besides. */
const testsMay = [...protocol, "@maru/testkit", "bun:test", "bun", "node:*", "fast-check", "zod"];

const covers = (list: readonly string[], specifier: string): boolean =>
  list.some((entry) =>
    entry.endsWith("*") ? specifier.startsWith(entry.slice(0, -1)) : specifier === entry,
  );

/** Why this import breaks an arrow, or null. */
export function brokenArrow(file: SourceFile, { specifier, isType }: Import): string | null {
  if (specifier.startsWith(".")) return brokenPath(file.path, specifier);
  const arrow = arrows.find(({ from }) => file.path.startsWith(from));
  const isDrawing = specifier.startsWith("@opentui/");
  if (isDrawing && file.path.startsWith("apps/client/src/") && !isInTerminal(file.path)) {
    return "terminal/ is the one place of the client that names the library that draws";
  }
  // Apps, examples, the bench and the proofs compose: anything that a package exports.
  if (arrow === undefined || covers(arrow.may, specifier)) return null;
  if (isType && covers(arrow.mayTypes ?? [], specifier)) return null;
  if (isTest(file.path) && covers([...testsMay, ...(arrow.mayTypes ?? [])], specifier)) return null;
  return arrow.why;
}

const isInTerminal = (path: string): boolean => path.startsWith("apps/client/src/terminal/");

const adapter = /^packages\/chat\/src\/(log-[a-z]+)\//;

function brokenPath(path: string, specifier: string): string | null {
  const target = posix.join(posix.dirname(path), specifier);
  if (ownerOf(target) !== ownerOf(path)) {
    return "another package is imported by its name, and only what it exports";
  }
  const brokenClient = brokenClientPath(path, target);
  if (brokenClient !== null) return brokenClient;
  const [, into] = adapter.exec(target) ?? [];
  const [, out] = adapter.exec(path) ?? [];
  if (into !== undefined && into !== out && !isTest(path)) {
    return "inside chat nothing imports an adapter of the log: it is handed in";
  }
  return null;
}

/** `@maru/core/src/x.ts` → `@maru/core` and `./src/x.ts`, as an exports table names it. */
export function splitSpecifier(specifier: string): { name: string; entry: string } {
  const parts = specifier.split("/");
  const depth = specifier.startsWith("@") ? 2 : 1;
  const rest = parts.slice(depth).join("/");
  return { name: parts.slice(0, depth).join("/"), entry: rest === "" ? "." : `./${rest}` };
}
