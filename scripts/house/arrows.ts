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
  /** What their tests may import besides. */
  readonly testsMay?: readonly string[];
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
    from: "packages/core/src/socket/",
    may: ["@maru/protocol", "node:*", "bun"],
    why: "core/socket is the one place that names Bun's sockets",
  },
  {
    from: "packages/core/",
    may: ["@maru/protocol", "node:*"],
    why: "core imports protocol, not its chat, and names no Bun socket outside socket/",
  },
  {
    from: "packages/chat/src/log-sqlite/",
    may: [...protocol, "@maru/settings", "bun:sqlite", "node:*"],
    mayTypes: ["zod"],
    why: "log-sqlite is an adapter: protocol, settings, the log port and bun:sqlite",
  },
  {
    from: "packages/chat/test/log-sqlite/",
    may: ["bun:sqlite"],
    why: "tests of log-sqlite look into its files",
  },
  {
    from: "packages/chat/",
    may: [...protocol, "@maru/settings"],
    mayTypes: ["@maru/core", "zod"],
    testsMay: ["@maru/core/testing"],
    why: "the pure part of chat imports protocol, declares settings, and of core takes the types of its service port",
  },
  {
    from: "packages/sdk/src/chat/",
    may: protocol,
    why: "the SDK's chat stands on its link, and names no runtime",
  },
  {
    from: "packages/sdk/src/transport/tcp.ts",
    may: ["@maru/protocol", "node:net"],
    why: "the SDK's transports are the one place that names a runtime's sockets",
  },
  {
    from: "packages/sdk/src/",
    may: ["@maru/protocol", "#tcp"],
    why: "the SDK runs in browsers, too, and outside chat/ it knows no chat",
  },
  {
    from: "packages/sdk/",
    may: [...protocol, "node:*"],
    why: "the SDK imports protocol and what Bun and Node both have",
  },
  {
    from: "packages/tui/",
    may: ["@maru/protocol", "@opentui/*", "zod", "node:*", "bun", "bun:ffi"],
    why: "tui is a terminal kit: it knows no chat",
  },
  {
    from: "packages/chat-model/",
    may: [...protocol, "@maru/sdk/chat", "@maru/settings/did-you-mean", "@maru/tui/text"],
    why: "the chat's model knows no screen, no file and no process",
  },
  {
    from: "packages/settings/",
    may: ["zod", "fastest-levenshtein", "node:fs", "node:path"],
    why: "settings knows no chat and no app: zod, a file's bytes, and how near two names are",
  },
  {
    from: "packages/command-line/",
    may: ["commander"],
    why: "command-line knows no chat, no setting and no app: what it prints goes out through its user",
  },
  {
    from: "packages/testkit/",
    may: [...protocol, "node:*", "bun"],
    why: "testkit imports protocol; it meets the others' ports structurally and plays their peers",
  },
];

/**
 * The rooms inside a package or an app: which folder may import which others. Data flows one way, from
 * the key to the frame; only modes/ and main.ts put things together.
 */
export const rooms: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "packages/core/src": {
    base: [],
    link: ["base"],
    connection: ["base"],
    shard: ["base", "link", "connection"],
    service: ["base", "link"],
    socket: ["connection", "shard"],
    threads: ["base", "link", "connection", "shard", "service", "socket"],
    testing: ["base", "service"],
  },
  "packages/chat/src": {
    entry: ["room-log.ts"],
    search: ["entry"],
    hub: ["entry", "room-log.ts", "settings.ts"],
    command: ["hub", "entry", "search", "room-log.ts"],
    "log-memory": ["entry", "search", "room-log.ts"],
    "log-sqlite": ["entry", "search", "room-log.ts"],
  },
  "packages/sdk/src": {
    base: [],
    transport: ["base"],
    link: ["base", "transport"],
    command: ["base"],
    event: ["base"],
    testing: ["base", "transport"],
    chat: [
      ...["base", "transport", "link", "command", "event"],
      ...["engine.ts", "settings.ts", "start-engine.ts"],
    ],
  },
  "packages/tui/src": {
    text: [],
    files: [],
    io: [],
    key: ["text"],
    editor: ["text"],
    frame: ["text", "editor"],
    theme: ["frame"],
    input: ["key", "text", "frame"],
    lines: ["io", "input"],
    widget: ["text", "key", "editor", "frame"],
    terminal: ["frame", "editor", "input", "text", "theme", "key"],
    testing: ["files", "frame", "input", "key", "terminal", "text", "theme"],
  },
  "packages/chat-model/src": {
    line: [],
    time: [],
    model: [],
    command: ["model"],
    update: ["model", "command"],
    completion: ["model", "command", "time"],
    list: ["model", "time", "update"],
    notify: ["model"],
    perform: ["line", "model", "completion"],
  },
  "apps/client/src": {
    settings: ["screen/keys", "screen/model"],
    store: [],
    notify: [],
    "screen/keys": [],
    "screen/model": ["screen/keys"],
    layout: ["screen/model", "screen/keys"],
    "screen/view": ["layout", "screen/model", "screen/keys"],
    "screen/update": ["layout", "screen/model", "screen/keys"],
    "modes/lines/view": ["layout"],
    cli: ["settings", "layout", "modes", "screen/keys"],
  },
};

function brokenRoom(path: string, target: string): string | null {
  for (const [base, table] of Object.entries(rooms)) {
    const from = roomOf(path, base, table);
    if (from === null || isTest(path)) continue;
    const to = roomOf(target, base, table) ?? target.slice(base.length + 1).split("/")[0] ?? "";
    const may = table[from] ?? [];
    if (from === to || may.some((room) => to === room || to.startsWith(`${room}/`))) return null;
    const list = may.length === 0 ? "no other folder" : may.join(", ");
    return `in ${base}, ${from}/ may import ${list}`;
  }
  return null;
}

/** The longest room of the table that the path lies in. */
function roomOf(
  path: string,
  base: string,
  table: Readonly<Record<string, unknown>>,
): string | null {
  const inside = Object.keys(table).filter((room) => path.startsWith(`${base}/${room}/`));
  return inside.sort((one, other) => other.length - one.length)[0] ?? null;
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
  if (isDrawing && !mayDraw.some((folder) => file.path.startsWith(folder)) && !isTest(file.path)) {
    return "tui/terminal is the one place that names the library that draws";
  }
  // Apps, examples, the bench, the proofs and the scripts compose: anything that a package exports.
  if (arrow === undefined || covers(arrow.may, specifier)) return null;
  if (isType && covers(arrow.mayTypes ?? [], specifier)) return null;
  const inTests = [...testsMay, ...(arrow.mayTypes ?? []), ...(arrow.testsMay ?? [])];
  if (isTest(file.path) && covers(inTests, specifier)) return null;
  return arrow.why;
}

const mayDraw = [
  "packages/tui/src/terminal/",
  "packages/tui/src/theme/",
  "packages/tui/src/testing/",
  "packages/tui/src/input/key-of-sequence.ts",
];

const adapter = /^packages\/chat\/src\/(log-[a-z]+)\//;

function brokenPath(path: string, specifier: string): string | null {
  const target = posix.join(posix.dirname(path), specifier);
  if (ownerOf(target) !== ownerOf(path)) {
    return "another package is imported by its name, and only what it exports";
  }
  const broken = target.endsWith(".json") ? null : brokenRoom(path, target);
  if (broken !== null) return broken;
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
