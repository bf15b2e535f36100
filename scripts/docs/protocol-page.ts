// docs/protocol.md: the full reference of the wire, out of the schemas, the tables of codes and the
// golden fixtures. Puts the parts in order; the words stand in protocol-prose.ts.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultLimits } from "@maru/core";
import { CloseEvent, ErrorReply, type MessageSchema, retryMsMin } from "@maru/protocol";
import {
  chatCloses,
  chatErrors,
  chatProtocol,
  chatVersion,
  eventsByType,
  Limits,
  mentionsMax,
  nameGraphemesMax,
  textBytesMax,
  topicBytesMax,
  typingIntervalMs,
  typingShownMs,
} from "@maru/protocol/chat";
import {
  type Golden,
  goldenCommands,
  goldenEvents,
  goldenFrames,
  goldenOf,
  goldenReplies,
} from "@maru/protocol/golden";
import { settings } from "@maru/server/settings";
import { code, codeBlock, generatedNote, page, table } from "./markdown.ts";
import * as prose from "./protocol-prose.ts";
import { fieldsOf, type JsonSchema } from "./schema-fields.ts";

const numbers: prose.ProseNumbers = {
  retryMs: retryMsMin,
  version: chatVersion,
  headerBytes: chatProtocol.framing.headerBytesMax,
  frameBytes: defaultLimits.frameBytes,
  helloFrameBytes: defaultLimits.helloFrameBytes,
  greetingSeconds: defaultLimits.helloMs / 1000,
  textBytes: textBytesMax,
  topicBytes: topicBytesMax,
  nameGraphemes: nameGraphemesMax,
  mentions: mentionsMax,
  typingIntervalSeconds: typingIntervalMs / 1000,
  typingShownSeconds: typingShownMs / 1000,
};

const { client: commands, server } = chatProtocol.schemas;
const typeOf = (schema: MessageSchema): string => schema.shape.type.value;
const replyTypes = new Set(chatProtocol.replies.values());
const replies = server.filter((schema) => replyTypes.has(typeOf(schema)));
const events = server.filter((schema) => typeOf(schema) in eventsByType);

export function renderProtocolPage(root: string): string {
  return page([
    generatedNote,
    prose.introduction(numbers),
    prose.frames(numbers),
    ...frameExample(),
    prose.conversation(numbers),
    prose.entries(numbers),
    "## Commands and their replies",
    commandTable(),
    "## Commands",
    ...commands.flatMap((schema) => messageBlocks(schema, goldenCommands)),
    "## Replies",
    ...[...replies, ErrorReply].flatMap((schema) => messageBlocks(schema, goldenReplies)),
    "## Events",
    ...[...events, CloseEvent].flatMap((schema) => messageBlocks(schema, goldenEvents)),
    ...codeTables(),
    ...limits(),
    prose.namesAndText(numbers),
    prose.clientIntroduction,
    codeBlock("python", readFileSync(join(root, "docs/python-client.py"), "utf8")),
  ]);
}

function frameExample(): string[] {
  const [name, hex] = goldenFrames[0] as readonly [string, string];
  const bytes = hex.match(/../g) ?? [];
  const header = bytes.slice(0, numbers.headerBytes).join(" ");
  const payload = Buffer.from(hex, "hex").toString("utf8", numbers.headerBytes);
  return [
    `For example, ${name}: ${bytes.length} bytes, of which the payload is ${bytes.length - numbers.headerBytes}.`,
    codeBlock("text", `${header} ${payload}`),
  ];
}

function commandTable(): string {
  const rows = commands.map((schema) => {
    const type = typeOf(schema);
    const { description = "" } = jsonSchemaOf(schema);
    const reply = chatProtocol.replies.get(type) as string;
    return [linkTo("command", type), linkTo("reply", reply), description];
  });
  return table(
    ["command", "reply", "what it does"],
    [...rows, ["any", linkTo("reply", "error"), "Answers a command that failed."]],
  );
}

type Kind = "command" | "reply" | "event";

function kindOf(list: readonly Golden[]): Kind {
  if (list === goldenCommands) return "command";
  return list === goldenReplies ? "reply" : "event";
}

/** Headings carry the kind: `topic` is a command and an event. */
const heading = (kind: Kind, type: string) => `${kind} ${code(type)}`;
const linkTo = (kind: Kind, type: string) => `[${code(type)}](#${kind}-${type})`;

function messageBlocks(schema: MessageSchema, list: readonly Golden[]): string[] {
  const type = typeOf(schema);
  const json = jsonSchemaOf(schema);
  const rows = fieldsOf(json).map(({ name, type: kind, required, about }) => [
    code(name),
    kind,
    required ? "yes" : "no",
    about,
  ]);
  return [
    `### ${heading(kindOf(list), type)}`,
    json.description ?? "",
    table(["field", "type", "required", "meaning"], rows),
    codeBlock("json", goldenOf(list, type).payload),
  ];
}

function codeTables(): string[] {
  const errors = Object.entries(chatErrors).map(([name, { retryable, about }]) => [
    code(name),
    retryable ? "yes" : "no",
    about,
  ]);
  const closes = Object.entries(chatCloses).map(([name, { reconnect, about }]) => [
    code(name),
    code(reconnect),
    about,
  ]);
  return [
    "## Reply errors",
    "The command failed, the connection lives. Codes are stable; sentences are for people.",
    table(["code", "retryable", "meaning"], errors),
    "## Closes",
    "The connection ends. `now`: come back at once. `backoff`: come back after a pause that grows with each failure. `never`: it would fail again.",
    table(["code", "reconnect", "meaning"], closes),
  ];
}

/** What `welcome` tells, with the defaults that the server's configuration gives. */
function limits(): string[] {
  const defaults = new Map<string, string>([["textBytes", String(textBytesMax)]]);
  for (const setting of settings) defaults.set(setting.key, setting.default ?? "");
  const rows = fieldsOf(Limits.toJSONSchema() as JsonSchema).map(({ name, about }) => [
    code(`limits.${name}`),
    defaults.get(name) ?? "",
    about,
  ]);
  return [
    "## Limits",
    "`welcome` tells the bounds that concern a client; a server may set others than these.",
    table(["limit", "default", "meaning"], rows),
    prose.ranges(numbers),
  ];
}

function jsonSchemaOf(schema: MessageSchema): JsonSchema {
  return schema.toJSONSchema() as JsonSchema;
}
